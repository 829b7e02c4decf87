package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.network.NetworkTopology;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Planning by a meter that only calculates. */
class MeasuredPlannerTest {
  private static final PlannerInput INPUT =
      new PlannerInput(
          "Dataset", List.of(new Channel("MRI")), Labels.of("a", "b"), 400, "SimpleITKIO");

  /** A network that says nothing of its size, and takes 100 bytes a voxel and 1 MB. */
  private static final NetworkTopology SILENT =
      (inputs, outputs, deep) -> ai.djl.nn.Blocks.identityBlock();

  private static final MemoryMeter METER =
      (candidate, data) -> 1_000_000 + 100 * candidate.patch().voxels() * candidate.batchSize();

  private static Fingerprint fingerprint(Extent extent, Spacing spacing) {
    return new Fingerprint(
        List.of(extent), List.of(spacing), List.of(IntensityStatistics.builder().build()), 1);
  }

  private static Plan plan(Planner planner, long bytes, Extent extent) {
    return planner
        .fitToMemory(bytes, METER)
        .plan(fingerprint(extent, Spacing.millimetres(1.2, 1, 1)), INPUT);
  }

  private static Planner silent() {
    return Planners.standard().withTopology(pooling -> SILENT);
  }

  @Property(tries = 40)
  void fitsAndFillsTheMemory(
      @ForAll @LongRange(min = 2_000_000, max = 20_000_000_000L) long bytes,
      @ForAll @IntRange(min = 20, max = 300) int z,
      @ForAll @IntRange(min = 20, max = 300) int x) {
    Planner endless = silent().toBuilder().batch(use -> Integer.MAX_VALUE).build();
    for (Configuration c : plan(endless, bytes, Extent.of(z, x, x)).configurations()) {
      assertThat(METER.bytes(c, INPUT)).isLessThanOrEqualTo(bytes);
      Configuration larger = c.toBuilder().batchSize(c.batchSize() + 1).build();
      assertThat(METER.bytes(larger, INPUT)).isGreaterThan(bytes);
    }
  }

  @Property(tries = 40)
  void moreMemoryNeverGivesASmallerPatch(
      @ForAll @LongRange(min = 2_000_000, max = 4_000_000_000L) long bytes,
      @ForAll @LongRange(min = 0, max = 1_000_000_000) long more) {
    Extent extent = Extent.of(150, 200, 220);
    for (String name : List.of("2d", "3d_fullres")) {
      Configuration less = plan(silent(), bytes, extent).configuration(name);
      Configuration large = plan(silent(), bytes + more, extent).configuration(name);
      assertThat(large.patch().voxels()).isGreaterThanOrEqualTo(less.patch().voxels());
      if (large.patch().equals(less.patch())) {
        assertThat(large.batchSize()).isGreaterThanOrEqualTo(less.batchSize());
      }
    }
  }

  @Test
  void asksForNothingTwiceAndForNothingMuchTooLarge() {
    List<List<Object>> asked = new ArrayList<>();
    List<Long> measured = new ArrayList<>();
    long limit = 500_000_000;
    silent()
        .fitToMemory(
            limit,
            (candidate, data) -> {
              asked.add(List.of(candidate.name(), candidate.patch(), candidate.batchSize()));
              long bytes = METER.bytes(candidate, data);
              measured.add(bytes);
              return bytes;
            })
        .plan(fingerprint(Extent.of(200, 300, 300), Spacing.millimetres(1, 1, 1)), INPUT);
    assertThat(asked).doesNotHaveDuplicates();
    assertThat(measured).allMatch(bytes -> bytes < 1.5 * limit);
  }

  @Test
  void aBatchThatComesFirstMakesThePatchSmaller() {
    Extent extent = Extent.of(200, 300, 300);
    Planner batchFirst = silent().toBuilder().priority(PriorityRules.batchFirst(8)).build();
    Configuration patch = plan(silent(), 1_000_000_000, extent).configuration("3d_fullres");
    Configuration batch = plan(batchFirst, 1_000_000_000, extent).configuration("3d_fullres");
    assertThat(batch.patch().voxels()).isLessThan(patch.patch().voxels());
    assertThat(batch.batchSize()).isGreaterThanOrEqualTo(8);
  }

  @Test
  void theLibrarysNetworksAreMeasuredToo() {
    Configuration full =
        plan(Planners.residualEncoderM(), 2_000_000_000, Extent.of(200, 300, 300))
            .configuration("3d_fullres");
    assertThat(METER.bytes(full, INPUT)).isLessThanOrEqualTo(2_000_000_000);
    assertThat(plan(Planners.standard(), 2_000_000_000, Extent.of(200, 300, 300)).explain())
        .contains("samples take", "of 1.86 GiB");
  }

  @Test
  void lessThanTheSmallestPatchTakesIsRefusedWithWhatItTakes() {
    assertThatThrownBy(() -> plan(silent(), 1_000_001, Extent.of(100, 100, 100)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("fitToMemory")
        .hasMessageContaining("1000001 bytes")
        .hasMessageContaining("Give it that many bytes");
    assertThatThrownBy(
            () ->
                silent()
                    .fitToMemory(1L << 40, (candidate, data) -> MemoryMeter.DOES_NOT_FIT)
                    .plan(fingerprint(Extent.of(9, 9, 9), Spacing.millimetres(1, 1, 1)), INPUT))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("more than there is");
    assertThatThrownBy(() -> silent().fitToMemory(0, METER))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
