package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.PlannerInput;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every planner promises, whatever its rules: the same plan for the same fingerprint, networks
 * that fit their patches, and plans that a file gives back. No engine is started. Extend it for
 * rules of your own:
 *
 * <pre>{@code
 * class MyPlannerTest extends PlannerLaws {
 *   protected Planner planner() {
 *     return Planners.standard().withSpacing(new MySpacing());
 *   }
 * }
 * }</pre>
 */
public abstract class PlannerLaws {
  /** A new planner under test; each call makes an equal one. */
  protected abstract Planner planner();

  /** What writes and reads its plans; one that knows the strategies of your own in them. */
  protected PlanCodec codec() {
    return PlanCodec.standard();
  }

  /** The names of the channels. */
  protected List<Channel> channels() {
    return List.of(new Channel("MRI"));
  }

  /** Isotropic, with thick slices, small, and two-dimensional cases. */
  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(Extent.of(128, 256, 256), Spacing.millimetres(1, 1, 1)),
        Arguments.of(Extent.of(20, 320, 300), Spacing.millimetres(5, 0.7, 0.7)),
        Arguments.of(Extent.of(36, 50, 35), Spacing.millimetres(1, 1, 1)),
        Arguments.of(Extent.of(1, 512, 640), Spacing.millimetres(999, 1, 1)));
  }

  private Fingerprint fingerprint(Extent extent, Spacing spacing) {
    IntensityStatistics statistics =
        IntensityStatistics.builder()
            .mean(100)
            .median(90)
            .standardDeviation(30)
            .minimum(0)
            .maximum(255)
            .percentile00_5(5)
            .percentile99_5(250)
            .build();
    return new Fingerprint(
        Collections.nCopies(12, extent),
        Collections.nCopies(12, spacing),
        Collections.nCopies(channels().size(), statistics),
        1);
  }

  private Plan plan(Planner planner, Extent extent, Spacing spacing) {
    return planner.plan(fingerprint(extent, spacing), input());
  }

  private PlannerInput input() {
    return new PlannerInput("Laws", channels(), Labels.of("a", "b"), 12, "SimpleITKIO");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheSamePlanForTheSameFingerprint(Extent extent, Spacing spacing) {
    Planner asked = planner();
    Plan first = plan(asked, extent, spacing);
    plan(asked, Extent.of(40, 60, 50), Spacing.millimetres(2, 2, 2));
    assertThat(plan(asked, extent, spacing)).as("asked again").isEqualTo(first);
    assertThat(plan(planner(), extent, spacing)).as("a new one").isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesEveryNetworkAPatchThatItDivides(Extent extent, Spacing spacing) {
    for (Configuration one : plan(planner(), extent, spacing).configurations()) {
      List<Integer> divisor = one.topology().divisor();
      for (int axis = 0; axis < divisor.size(); axis++) {
        assertThat(one.patch().get(axis) % divisor.get(axis))
            .as("patch %s of %s by %s", one.patch(), one.name(), divisor)
            .isZero();
      }
      assertThat(one.batchSize()).as("batch of %s", one.name()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesPlansThatAreReadAgain(Extent extent, Spacing spacing) {
    Plan plan = plan(planner(), extent, spacing);
    assertThat(codec().decode(codec().encode(plan))).isEqualTo(plan);
  }
}
