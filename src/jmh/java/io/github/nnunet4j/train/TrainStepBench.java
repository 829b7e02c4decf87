package io.github.nnunet4j.train;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resamplings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/**
 * Seconds of one training step, processor seconds and the peak memory of the process: the
 * counterpart of the peer task {@code train-step}, items {@code hippocampus} and {@code unet64}, on
 * the same networks, extents and labels. Making the targets of all scales from the label maps is
 * inside.
 */
public final class TrainStepBench {
  private static final Labels LABELS = Labels.of("anterior", "posterior");
  private static final Rates RATES = new Rates(0.01, OptionalDouble.empty());

  private TrainStepBench() {}

  /**
   * Prints one line of JSON.
   *
   * @param arguments hippocampus or unet64, engine threads, steps, warm-up steps
   * @throws IOException if the process cannot read its own peak memory
   */
  public static void main(String[] arguments) throws IOException {
    String item = arguments[0];
    int threads = Integer.parseInt(arguments[1]);
    int steps = Integer.parseInt(arguments[2]);
    int warmUp = Integer.parseInt(arguments[3]);
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
    TrainingData data = data(item);
    TrainerConfig config = TrainerConfig.defaultsFor(data.configuration(), LABELS).build();
    Batch batch = new Batch(samples(data, config), Collections.nCopies(config.batchSize(), "x"));
    List<Double> seconds = new ArrayList<>();
    double processor = 0;
    double loss = 0;
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(1, LABELS.heads(), data.configuration().patch(), true);
    try (RunningNetwork network =
        RunningNetwork.start(data.configuration().topology(), heads, Device.cpu(), 1)) {
      TrainStep step = new TrainStep(network, data, config);
      for (int i = -warmUp; i < steps; i++) {
        long begin = System.nanoTime();
        double before = processorSeconds();
        loss = step.train(batch, RATES, i, "step " + i).loss();
        if (i >= 0) {
          seconds.add((System.nanoTime() - begin) / 1e9);
          processor += processorSeconds() - before;
        }
      }
    }
    Collections.sort(seconds);
    System.out.printf(
        Locale.ROOT,
        "{\"item\": \"%s\", \"threads\": %d, \"value\": %.4f, \"runs\": %s, \"cpu_s\": %.3f,"
            + " \"loss\": %.5f, \"peak_rss_mb\": %d}%n",
        item,
        threads,
        seconds.get(steps / 2),
        seconds,
        processor / steps,
        loss,
        peakMegabytes());
  }

  private static double processorSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  private static long peakMegabytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }

  private static TrainingData data(String item) {
    boolean small = item.equals("hippocampus");
    List<Integer> features =
        small ? List.of(32, 64, 128, 256) : List.of(32, 64, 128, 256, 320, 320);
    Extent patch = small ? Extent.of(40, 56, 40) : Extent.of(64, 64, 64);
    Configuration configuration =
        Configuration.builder(item)
            .patch(patch)
            .batchSize(small ? 7 : 2)
            .recipe(recipe())
            .topology(network(features))
            .build();
    return new TrainingData(configuration, LABELS, List.of(none(patch)), List.of());
  }

  private static NetworkTopology network(List<Integer> features) {
    List<List<Integer>> kernels = Collections.nCopies(features.size(), List.of(3, 3, 3));
    List<List<Integer>> strides =
        new ArrayList<>(Collections.nCopies(features.size(), List.of(2, 2, 2)));
    strides.set(0, List.of(1, 1, 1));
    return Topologies.plainUNet(features, kernels, strides).blocks(2, 2).build();
  }

  private static Recipe recipe() {
    IntensityStatistics statistics = IntensityStatistics.builder().standardDeviation(1).build();
    return Recipe.builder()
        .targetSpacing(Spacing.millimetres(1, 1, 1))
        .channels(
            List.of(new Recipe.ChannelRecipe(IntensityNormalizations.zScore(), false, statistics)))
        .imageResampling(Resamplings.images())
        .labelResampling(LabelResamplings.labels())
        .probabilityResampling(Resamplings.probabilities())
        .build();
  }

  private static TrainingCase none(Extent patch) {
    return TrainingCases.inMemory("none", sample(patch, 0), List.of());
  }

  private static List<Sample> samples(TrainingData data, TrainerConfig config) {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < config.batchSize(); i++) {
      samples.add(sample(data.configuration().patch(), i));
    }
    return samples;
  }

  /** Random normal voxels and the two ellipsoids of the peer scripts. */
  private static Sample sample(Extent patch, int seed) {
    int nz = patch.get(0);
    int ny = patch.get(1);
    int nx = patch.get(2);
    Grid grid = Grid.of(nz, ny, nx);
    SplittableRandom random = new SplittableRandom(seed);
    float[] image = new float[(int) grid.voxels()];
    short[] labels = new short[image.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
      labels[i] = label(i / (ny * nx), i / nx % ny, i % nx, patch);
    }
    return new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels));
  }

  /** One ellipsoid in each of the two upper cells of a 2 x 2 grid in the (y, x) plane. */
  private static short label(int z, int y, int x, Extent patch) {
    double nz = patch.get(0);
    double ny = patch.get(1);
    double nx = patch.get(2);
    int cell = (int) (2 * x / nx);
    if (2 * y >= ny) {
      return 0;
    }
    double dz = (2 * z - (nz - 1)) / nz;
    double dy = (4 * y - ny) / ny;
    double dx = (4 * x - (2 * cell + 1) * nx) / nx;
    return (short) (dz * dz + dy * dy + dx * dx <= 0.81 ? cell + 1 : 0);
  }
}
