package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlannerInput;
import io.github.nnunet4j.plan.Planners;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlannersOfYourOwnTest {
  private static final PlannerInput DATA =
      new PlannerInput(
          "Dataset002_Own", List.of(new Channel("MRI")), Labels.of("a"), 300, "SimpleITKIO");

  private static Fingerprint fingerprint(Extent extent, Spacing spacing, double mean) {
    IntensityStatistics statistics =
        IntensityStatistics.builder().mean(mean).standardDeviation(1).build();
    return new Fingerprint(
        Collections.nCopies(300, extent),
        Collections.nCopies(300, spacing),
        List.of(statistics),
        1);
  }

  private static Fingerprint fine() {
    return fingerprint(Extent.of(200, 320, 320), Spacing.millimetres(1.4, 0.7, 0.7), 5);
  }

  private static Configuration full(Plan plan) {
    return plan.configuration("3d_fullres");
  }

  @Test
  void spacingsOfOnesOwnTakeTheirOwnData() {
    Plan usual = Planners.standard().plan(fine(), DATA);
    Plan two = PlannersOfYourOwn.twoMillimetres().plan(fine(), DATA);
    Plan one = PlannersOfYourOwn.notFinerThanOneMillimetre().plan(fine(), DATA);
    assertThat(full(two).recipe().targetSpacing()).isEqualTo(Spacing.millimetres(2, 2, 2));
    assertThat(full(one).recipe().targetSpacing()).isEqualTo(Spacing.millimetres(1.4, 1, 1));
    assertThat(List.of(full(usual), full(two), full(one)))
        .extracting(Configuration::dataIdentifier)
        .doesNotHaveDuplicates();
    assertThat(one.explain()).contains("a rule of the user's", "axis 1 gets 1 in place of 0.7");
  }

  @Test
  void aBatchThatComesFirstIsPaidByThePatch() {
    Configuration usual = full(Planners.standard().plan(fine(), DATA));
    Configuration batch = full(PlannersOfYourOwn.batchBeforePatch(16).plan(fine(), DATA));
    assertThat(batch.batchSize()).isEqualTo(16);
    assertThat(batch.patch().voxels()).isLessThan(usual.patch().voxels() / 4);
  }

  @Test
  void aSharedPlanIsThatOfTheOtherDataSet() {
    Plan source =
        Planners.standard()
            .plan(fingerprint(Extent.of(90, 90, 90), Spacing.millimetres(3, 3, 3), 77), DATA);
    Plan shared = PlannersOfYourOwn.shared(source, fine(), DATA);
    assertThat(full(shared).topology()).isEqualTo(full(source).topology());
    assertThat(full(shared).patch()).isEqualTo(full(source).patch());
    assertThat(shared.intensities()).isEqualTo(source.intensities());
    assertThat(full(shared).dataIdentifier()).isEqualTo("nnUNetPlans_shared_3d_fullres");
  }

  @Test
  void plansOfOneRecipeShareTheirPreparedData() {
    List<Configuration> both =
        PlannersOfYourOwn.sharingPreparedData().stream()
            .map(planner -> full(planner.plan(fine(), DATA)))
            .toList();
    assertThat(both.get(0).recipe()).isEqualTo(both.get(1).recipe());
    assertThat(both.get(0).dataIdentifier()).isEqualTo(both.get(1).dataIdentifier());
    assertThat(both.get(1).patch().voxels()).isGreaterThan(both.get(0).patch().voxels());
  }
}
