package io.github.nnunet4j.train;

import ai.djl.engine.Engine;
import ai.djl.ndarray.internal.NDArrayEx;
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
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resamplings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Two bright balls on noise, and a network small enough to learn them within seconds. */
final class TinyTraining {
  static final Labels LABELS = Labels.of("bright", "brighter");
  static final Extent PATCH = Extent.of(12, 16, 8);

  private TinyTraining() {}

  static TrainingCase ball(int number) {
    Grid grid = Grid.of(14 + number % 3, 18, 10);
    SplittableRandom random = new SplittableRandom(number);
    float[] image = new float[(int) grid.voxels()];
    short[] labels = new short[image.length];
    List<List<int[]>> voxels = List.of(new ArrayList<>(), new ArrayList<>());
    int at = 0;
    for (int z = 0; z < grid.extent().get(0); z++) {
      for (int y = 0; y < 18; y++) {
        for (int x = 0; x < 10; x++, at++) {
          int label = inside(z, y, x, 5) ? 1 : inside(z, y, x, 13) ? 2 : 0;
          labels[at] = (short) label;
          image[at] = (float) (random.nextGaussian(0, 0.5) + 2 * label);
          if (label > 0) {
            voxels.get(label - 1).add(new int[] {z, y, x});
          }
        }
      }
    }
    List<ClassVoxels> classes = List.of(classVoxels(1, voxels), classVoxels(2, voxels));
    return TrainingCases.inMemory(
        "ball_" + number,
        new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels)),
        classes);
  }

  private static boolean inside(int z, int y, int x, int centre) {
    return (z - 7) * (z - 7) + (y - centre) * (y - centre) + (x - 5) * (x - 5) <= 10;
  }

  private static ClassVoxels classVoxels(int label, List<List<int[]>> voxels) {
    List<int[]> own = voxels.get(label - 1);
    return new ClassVoxels(List.of(label), own.size(), (voxel, axis) -> own.get(voxel)[axis]);
  }

  static Configuration configuration(NetworkTopology topology) {
    IntensityStatistics statistics = IntensityStatistics.builder().standardDeviation(1).build();
    Recipe recipe =
        Recipe.builder()
            .targetSpacing(Spacing.millimetres(1, 1, 1))
            .channels(
                List.of(
                    new Recipe.ChannelRecipe(IntensityNormalizations.zScore(), false, statistics)))
            .imageResampling(Resamplings.images())
            .labelResampling(LabelResamplings.labels())
            .probabilityResampling(Resamplings.probabilities())
            .build();
    return Configuration.builder("tiny")
        .patch(PATCH)
        .batchSize(2)
        .recipe(recipe)
        .topology(topology)
        .build();
  }

  static UNet network() {
    List<Integer> three = List.of(3, 3, 3);
    return Topologies.plainUNet(
            List.of(4, 6, 8),
            List.of(three, three, three),
            List.of(List.of(1, 1, 1), List.of(2, 2, 2), List.of(2, 2, 2)))
        .blocks(1, 1)
        .build();
  }

  static NetworkTopology networkWithDropout() {
    return network().toBuilder()
        .nonlinearity(
            x -> {
              NDArrayEx engine = x.getNDArrayInternal();
              return engine.dropout(x, 0.1f, true).singletonOrThrow();
            })
        .build();
  }

  static TrainingData data() {
    return data(network());
  }

  static TrainingData data(NetworkTopology topology) {
    return new TrainingData(
        configuration(topology),
        LABELS,
        List.of(ball(1), ball(2), ball(3)),
        List.of(ball(4), ball(5)));
  }

  /** One engine thread: a network this small only waits for a second one. */
  static TrainerConfig.Builder config(TrainingData data) {
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    return TrainerConfig.defaultsFor(data.configuration(), data.labels())
        .epochs(3)
        .iterations(4)
        .validationIterations(2)
        .seed(5);
  }
}
