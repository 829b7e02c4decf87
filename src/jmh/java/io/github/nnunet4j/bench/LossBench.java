package io.github.nnunet4j.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.loss.Target;
import io.github.nnunet4j.loss.Targets;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Milliseconds of losses, forward and backward, on a batch of 2, 3 classes and 128x128x128 voxels,
 * of making the target from label maps, and the memory that a step adds at its peak. One-hot
 * channels are made anew in every run, as the reference does.
 */
public final class LossBench {
  private static final int RUNS = 9;
  private static final int WARM = 2;
  private static final Extent PATCH = Extent.of(128, 128, 128);
  private static final Labels LABELS = Labels.of("anterior", "posterior");

  private LossBench() {}

  /** The losses by the names that the Python counterpart has for them. */
  private static Map<String, LossFunction> losses() {
    Map<String, LossFunction> all = new LinkedHashMap<>();
    all.put("dice_ce", Losses.defaultFor(LABELS, true));
    all.put("dice", Losses.dice().withBatchDice(true));
    all.put("dice_squared", Losses.squaredDice(true, false, 1e-5));
    all.put("gdl", Losses.generalizedDice(true, false, 1e-5));
    all.put("mcc", Losses.matthewsCorrelation(true, true, 0));
    all.put("tversky", Losses.tversky(0.3, 0.7));
    all.put("ce", Losses.crossEntropy());
    all.put(
        "ce_weighted_smoothed",
        Losses.crossEntropy().withClassWeights(List.of(0.2, 0.5, 2.0)).withLabelSmoothing(0.1));
    all.put("topk", Losses.topK(0.1));
    all.put("focal", Losses.focal(2).withAlpha(0.5, 0).withSmooth(1e-5));
    all.put("bce", Losses.bce());
    all.put("cldice", Losses.centerlineDice(3));
    all.put("boundary", Losses.boundary());
    all.put("hausdorff", Losses.hausdorff());
    return all;
  }

  /**
   * Prints one line per loss: target, forward, backward, median over the runs in milliseconds, the
   * processor time of both, mean over the runs, and the peak memory of the process in MiB. For the
   * memory, run one loss per process.
   *
   * @param args names of losses, all if none
   * @throws IOException never but where the kernel's account of the process cannot be read
   */
  public static void main(String[] args) throws IOException {
    List<String> wanted = args.length == 0 ? List.copyOf(losses().keySet()) : List.of(args);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(values(), new Shape(2, 3, 128, 128, 128));
      List<short[]> samples = List.of(labels(1), labels(2));
      for (String name : wanted) {
        measure(name, manager, logits, samples);
      }
    }
  }

  private static void measure(String name, NDManager manager, NDArray logits, List<short[]> samples)
      throws IOException {
    double[][] times = new double[4][RUNS];
    LossFunction loss = losses().get(name);
    if (loss == null) {
      throw new IllegalArgumentException(name + " is none of " + losses().keySet());
    }
    long before = Measured.status("VmRSS");
    for (int run = -WARM; run < RUNS; run++) {
      double[] parts = once(manager, loss, logits, samples);
      for (int part = 0; part < 4 && run >= 0; part++) {
        times[part][run] = parts[part];
      }
    }
    double mean = Arrays.stream(times[3]).average().orElse(0);
    for (double[] part : times) {
      Arrays.sort(part);
    }
    System.out.printf(
        Locale.ROOT,
        "%-22s target %.1f forward %.1f backward %.1f cpu %.1f peak %d before %d%n",
        name,
        times[0][RUNS / 2],
        times[1][RUNS / 2],
        times[2][RUNS / 2],
        mean,
        Measured.status("VmHWM") / 1024,
        before / 1024);
  }

  private static double[] once(
      NDManager manager, LossFunction loss, NDArray voxels, List<short[]> samples) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = voxels.stopGradient(); // of the same memory; its gradient goes with the step
      logits.attach(step);
      logits.setRequiresGradient(true);
      long start = System.nanoTime();
      Target target = Targets.of(step, LABELS, samples, PATCH);
      double cpu = Measured.cpuSeconds();
      long made = System.nanoTime();
      NDArray value = loss.evaluate(logits, target);
      value.attach(step);
      value.getFloat();
      long forward = System.nanoTime();
      collector.backward(value);
      long backward = System.nanoTime();
      cpu = Measured.cpuSeconds() - cpu;
      NDArray gradient = logits.getGradient();
      gradient.attach(step);
      return new double[] {
        (made - start) / 1e6, (forward - made) / 1e6, (backward - forward) / 1e6, 1e3 * cpu
      };
    }
  }

  private static float[] values() {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[Math.toIntExact(6 * PATCH.voxels())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-3, 3);
    }
    return values;
  }

  private static short[] labels(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    short[] labels = new short[Math.toIntExact(PATCH.voxels())];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) random.nextInt(3);
    }
    return labels;
  }
}
