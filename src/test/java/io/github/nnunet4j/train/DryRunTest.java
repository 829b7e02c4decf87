package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.MemoryMeter;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.PlannerInput;
import io.github.nnunet4j.plan.Planners;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class DryRunTest {
  private static final PlannerInput DATA =
      new PlannerInput(
          "Dataset", List.of(new Channel("MRI")), Labels.of("a", "b"), 400, "SimpleITKIO");
  private static final long MIB = 1 << 20;

  /** A network of the user's that knows nothing of planning. */
  private record Stack(int rank, int features) implements NetworkTopology {
    @Override
    public Block build(int inputs, int outputs, boolean deepSupervision) {
      return new SequentialBlock()
          .add(convolution(features))
          .add(x -> new ai.djl.ndarray.NDList(x.singletonOrThrow().tanh()))
          .add(convolution(outputs));
    }

    private Block convolution(int filters) {
      return rank == 2
          ? Conv2d.builder()
              .setKernelShape(new Shape(3, 3))
              .optPadding(new Shape(1, 1))
              .setFilters(filters)
              .build()
          : Conv3d.builder()
              .setKernelShape(new Shape(3, 3, 3))
              .optPadding(new Shape(1, 1, 1))
              .setFilters(filters)
              .build();
    }
  }

  private static Configuration configuration(int features, int batch, Extent patch) {
    return TinyTraining.configuration(new Stack(3, features)).toBuilder()
        .batchSize(batch)
        .patch(patch)
        .build();
  }

  @Test
  void aStepTakesWhatItsArraysTake() {
    DryRun run = DryRun.on(Device.cpu());
    Extent patch = Extent.of(64, 64, 64);
    run.bytes(configuration(4, 1, patch), DATA); // the engine starts
    long eight = run.bytes(configuration(8, 2, patch), DATA);
    long sixteen = run.bytes(configuration(16, 2, patch), DATA);
    long four = run.bytes(configuration(16, 4, patch), DATA);
    // before and behind tanh, and the gradient of one of them
    long map = 2 * 8 * 4L * patch.voxels();
    assertThat(eight).isGreaterThan(2 * map);
    // a convolution may unfold its input into 27 maps for its backward pass
    assertThat(sixteen - eight).isBetween(map, 60 * map);
    assertThat(four).isGreaterThan(sixteen + map);
  }

  @Test
  void arraysBeyondTheEnginesSizeDoNotFit() {
    assertThat(
            DryRun.on(Device.cpu()).bytes(configuration(4, 1000, Extent.of(512, 512, 512)), DATA))
        .isEqualTo(MemoryMeter.DOES_NOT_FIT);
  }

  @Test
  void wantOfMemoryDoesNotFitAndOtherFailuresAreThrown() {
    Configuration small = configuration(4, 1, Extent.of(8, 8, 8));
    MemoryGauge full =
        work -> {
          throw Failures.outOfMemory("step", new OutOfMemoryError("heap"));
        };
    assertThat(new DryRun(Device.cpu(), UnaryOperator.identity(), full).bytes(small, DATA))
        .isEqualTo(MemoryMeter.DOES_NOT_FIT);
    NetworkTopology broken =
        (inputs, outputs, deep) -> {
          throw new IllegalStateException("broken on purpose");
        };
    assertThatThrownBy(
            () -> DryRun.on(Device.cpu()).bytes(small.toBuilder().topology(broken).build(), DATA))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("dry run of tiny")
        .hasMessageContaining("broken on purpose");
  }

  @Test
  void theTrainingOfTheUserIsRun() {
    List<String> asked = new ArrayList<>();
    DryRun run =
        DryRun.on(Device.cpu())
            .withTraining(
                t -> {
                  asked.add(t.configuration().name());
                  return t.optimizer(Optimizers.adamW(3e-5));
                });
    assertThat(run.bytes(configuration(4, 1, Extent.of(16, 16, 16)), DATA)).isNotNegative();
    assertThat(asked).containsExactly("tiny");
    assertThat(run.toString()).contains("cpu");
  }

  @Test
  void plansForMemoryMeasureTheNetworkOfTheUser() {
    DryRun run = DryRun.on(Device.cpu());
    Planner planner = Planners.standard().withTopology(p -> new Stack(p.patch().rank(), 16));
    Fingerprint fingerprint =
        new Fingerprint(
            List.of(Extent.of(80, 80, 80)),
            List.of(Spacing.millimetres(1, 1, 1)),
            List.of(IntensityStatistics.builder().standardDeviation(1).build()),
            1);
    run.bytes(configuration(4, 1, Extent.of(8, 8, 8)), DATA);
    long voxels = 0;
    for (long bytes : new long[] {192 * MIB, 448 * MIB}) {
      Plan plan = planner.fitToMemory(bytes, run).plan(fingerprint, DATA);
      Configuration full = plan.configuration("3d_fullres");
      long sample = full.patch().voxels() * full.batchSize();
      assertThat(sample).isGreaterThan(voxels);
      // what else the process did between the two measurements counts as well
      assertThat(run.bytes(full, DATA)).isLessThan(bytes + bytes / 10 + 128 * MIB);
      voxels = sample;
    }
  }
}
