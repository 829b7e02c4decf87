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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Milliseconds of the default loss, forward and backward, on a batch of 2, 3 classes and
 * 128x128x128 voxels, and of making its target from label maps. One-hot channels are made anew in
 * every run, as the reference does.
 */
public final class LossBench {
  private static final int RUNS = 15;
  private static final Extent PATCH = Extent.of(128, 128, 128);
  private static final Labels LABELS = Labels.of("anterior", "posterior");

  private LossBench() {}

  /**
   * Prints one line per part: target, forward, backward, median over the runs.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    double[][] times = new double[3][RUNS];
    LossFunction loss = Losses.defaultFor(LABELS, true);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(values(), new Shape(2, 3, 128, 128, 128));
      logits.setRequiresGradient(true);
      List<short[]> samples = List.of(labels(1), labels(2));
      for (int run = -3; run < RUNS; run++) {
        double[] parts = once(manager, loss, logits, samples);
        for (int part = 0; part < 3 && run >= 0; part++) {
          times[part][run] = parts[part];
        }
      }
    }
    String[] names = {"target", "forward", "backward"};
    for (int part = 0; part < 3; part++) {
      Arrays.sort(times[part]);
      System.out.printf(Locale.ROOT, "%-8s %.1f ms%n", names[part], times[part][RUNS / 2]);
    }
  }

  private static double[] once(
      NDManager manager, LossFunction loss, NDArray logits, List<short[]> samples) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      long start = System.nanoTime();
      Target target = Targets.of(step, LABELS, samples, PATCH);
      long made = System.nanoTime();
      NDArray value = loss.evaluate(logits, target);
      value.attach(step);
      value.getFloat();
      long forward = System.nanoTime();
      collector.backward(value);
      long backward = System.nanoTime();
      NDArray gradient = logits.getGradient();
      gradient.attach(step);
      gradient.muli(0);
      return new double[] {
        (made - start) / 1e6, (forward - made) / 1e6, (backward - forward) / 1e6
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
