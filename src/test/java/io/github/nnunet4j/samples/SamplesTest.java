package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.loss.Targets;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.train.OptimizerSchedule;
import io.github.nnunet4j.train.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class SamplesTest {
  @Test
  void quickstartRunsOnTheEmbeddedCases(@TempDir Path folder) throws IOException {
    double dice =
        Quickstart.run(Path.of("samples/data/Dataset004_Hippocampus"), folder.resolve("run"), 1, 4);
    assertThat(dice).isBetween(0.0, 1.0);
    assertThat(folder.resolve("run/overlay.png")).exists();
    assertThat(folder.resolve("run/fold_0/progress.png")).exists();
  }

  @Test
  @Tag("slow")
  void quickstartLearnsTheHippocampus(@TempDir Path folder) throws IOException {
    assertThat(
            Quickstart.run(
                Path.of("samples/data/Dataset004_Hippocampus"), folder.resolve("run"), 5, 42))
        .isGreaterThan(0.70);
  }

  @Test
  void ownLossIsZeroForAPerfectAnswer() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray logits = manager.create(new float[] {50, -50, -50, 50}, new Shape(1, 2, 1, 2));
      var target =
          Targets.of(manager, Labels.of("a"), List.of(new short[] {0, 1}), Extent.of(1, 2));
      assertThat(OwnLoss.brier().evaluate(logits, target).getFloat()).isLessThan(1e-6f);
      assertThat(OwnLoss.mixed().evaluate(logits.neg(), target).getFloat()).isGreaterThan(0.4f);
    }
  }

  @Test
  void ownAugmentationDarkens() {
    Grid grid = Grid.of(2, 2, 2);
    Sample bright =
        new Sample(
            Volume.wrap(grid, new float[] {1, 1, 1, 1, 1, 1, 1, 1}),
            LabelMap.wrap(grid, new short[8]));
    Sample dark = OwnAugmentation.darken().apply(bright, new SplittableRandom(1));
    assertThat(dark.image().at(0, 0, 0, 0)).isBetween(0.8f, 1f);
    assertThat(OwnAugmentation.chain(Extent.of(16, 16, 16)).toString()).isNotBlank();
  }

  @Test
  void ownScheduleRisesAndFalls() {
    OptimizerSchedule schedule = OwnSchedule.triangles(0.001, 0.01, 10);
    assertThat(schedule.at(new Progress(0, 100)).learningRate()).isEqualTo(0.001);
    assertThat(schedule.at(new Progress(5, 100)).learningRate()).isCloseTo(0.01, within(1e-12));
    assertThat(schedule.at(new Progress(10, 100)).learningRate()).isEqualTo(0.001);
  }

  @Test
  void ownIntensityNormalizationRoundTripsInAPlan() throws IOException {
    Volume channel = Volume.wrap(Grid.of(1, 1, 3), new float[] {-5, 200, 900});
    IntensityNormalization.Context context =
        new IntensityNormalization.Context(Optional.empty(), IntensityStatistics.builder().build());
    assertThat(OwnIntensityNormalization.CLIP_400.apply(channel, context).toArray(0))
        .containsExactly(0, 0.5f, 1);
    Path file = Path.of("src/test/resources/golden/planning/v2_plans.json");
    Plan plan =
        PlanCodec.standard()
            .decode(
                new com.fasterxml.jackson.databind.ObjectMapper()
                    .readTree(file.toFile())
                    .get("cases")
                    .get(0)
                    .get("plans")
                    .toString());
    Plan own = OwnIntensityNormalization.in(plan);
    PlanCodec codec = OwnIntensityNormalization.CODEC;
    assertThat(codec.decode(codec.encode(own))).isEqualTo(own);
  }

  @Test
  void ownLayersAndNetworksRun() {
    List<Integer> three = List.of(3, 3, 3);
    UNet net =
        Topologies.plainUNet(
                List.of(4, 8), List.of(three, three), List.of(List.of(1, 1, 1), List.of(2, 2, 2)))
            .normalization(new OwnNormalization(1e-5))
            .nonlinearity(new OwnNonlinearity())
            .build();
    Extent patch = Extent.of(8, 8, 8);
    RunningNetwork.Heads heads = new RunningNetwork.Heads(1, 2, patch, false);
    try (RunningNetwork running = RunningNetwork.start(net, heads, Device.cpu(), 1);
        NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.randomNormal(new Shape(1, 1, 8, 8, 8));
      assertThat(running.predict(x).getShape()).isEqualTo(new Shape(1, 2, 8, 8, 8));
      assertThat(running.parameters().keySet()).contains("encoder.stages.0.0.convs.0.norm.weight");
    }
    OwnTopology own = new OwnTopology(4, 2);
    assertThat(own.featureMapValues(patch, 1, 2)).isEqualTo(512 * 10);
    try (RunningNetwork running = RunningNetwork.start(own, heads, Device.cpu(), 1);
        NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.randomNormal(new Shape(1, 1, 8, 8, 8));
      assertThat(running.predict(x).getShape()).isEqualTo(new Shape(1, 2, 8, 8, 8));
    }
  }
}
