package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.loss.Targets;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
      OwnLoss robust = new OwnLoss(1.5);
      assertThat(robust.evaluate(logits, target).getFloat()).isLessThan(1e-6f);
      assertThat(robust.evaluate(logits.neg(), target).getFloat()).isCloseTo(1, within(1e-4f));
      assertThat(OwnLoss.mixed().at(0).evaluate(logits, target).getFloat())
          .isCloseTo(-1, within(1e-4f));
      assertThat(OwnLoss.mixed().at(1).evaluate(logits, target).getFloat()).isLessThan(1e-4f);
    }
  }

  @Test
  void ownLayersAndNetworksRun() {
    List<Integer> three = List.of(3, 3, 3);
    UNet net =
        Topologies.plainUNet(
                List.of(4, 8), List.of(three, three), List.of(List.of(1, 1, 1), List.of(2, 2, 2)))
            .normalization(new OwnNormalization(1e-5))
            .nonlinearity(new OwnNonlinearity())
            .style(style -> style.withInitialization(new OwnInitialization(1)))
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
    try (RunningNetwork running = RunningNetwork.start(own, heads, Device.cpu(), 1);
        NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.randomNormal(new Shape(1, 1, 8, 8, 8));
      assertThat(running.predict(x).getShape()).isEqualTo(new Shape(1, 2, 8, 8, 8));
    }
  }
}
