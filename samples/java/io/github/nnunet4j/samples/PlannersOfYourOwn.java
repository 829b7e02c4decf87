package io.github.nnunet4j.samples;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.BatchRules;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.PlannerInput;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.plan.PriorityRules;
import io.github.nnunet4j.plan.RevisionRules;
import io.github.nnunet4j.plan.SpacingRules;
import java.util.List;

/**
 * Planners that differ from nnU-Net's by a rule or two: a target spacing of one's own, the batch
 * before the patch, the plan of another data set.
 */
public final class PlannersOfYourOwn {
  private PlannersOfYourOwn() {}

  /** Cubes of 2 mm, whatever the cases are: ExperimentPlanner3D_v21_customTargetSpacing_2x2x2. */
  public static Planner twoMillimetres() {
    return Planners.standard()
        .withSpacing(SpacingRules.fixed(Spacing.millimetres(2, 2, 2)))
        .toBuilder()
        .plansName("nnUNetPlans_2x2x2")
        .build();
  }

  /** nnU-Net's choice, but nothing finer than 1 mm: a lambda that asks another rule first. */
  public static Planner notFinerThanOneMillimetre() {
    return Planners.standard()
        .withSpacing(
            fingerprint -> {
              Spacing usual = SpacingRules.median().target(fingerprint);
              return Spacing.millimetres(3, axis -> Math.max(1, usual.get(axis)));
            })
        .toBuilder()
        .plansName("nnUNetPlans_1mm")
        .build();
  }

  /**
   * As many samples as asked for, and the largest patch of which so many fit: for losses that see
   * little in a batch of two.
   */
  public static Planner batchBeforePatch(int batch) {
    return Planners.standard().toBuilder()
        .priority(PriorityRules.batchFirst(batch))
        .batch(BatchRules.fixed(batch))
        .plansName("nnUNetPlans_bs" + batch)
        .build();
  }

  /**
   * The plan of one data set for another with the same channels: spacing, patches, networks and
   * intensity statistics are those with which its weights were trained.
   */
  public static Plan shared(Plan pretrained, Fingerprint own, PlannerInput data) {
    return Planners.standard().toBuilder()
        .plansName(pretrained.plansName() + "_shared")
        .revision(RevisionRules.takenFrom(pretrained, (plans, name) -> plans + "_" + name))
        .build()
        .plan(own, data);
  }

  /** Several planners whose data are the same share what was prepared: one name for both. */
  public static List<Planner> sharingPreparedData() {
    Planner large =
        Planners.standard().withMemoryTarget(24).toBuilder()
            .plansName("nnUNetPlans_24GB")
            .identifiers((plans, name) -> "nnUNetPlans_" + name)
            .build();
    return List.of(Planners.standard(), large);
  }
}
