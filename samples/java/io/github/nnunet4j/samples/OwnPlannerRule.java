package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.NormalizationRule;
import io.github.nnunet4j.plan.NormalizationRules;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.plan.SpacingRule;
import io.github.nnunet4j.plan.SpacingRules;
import io.github.nnunet4j.plan.TopologyRule;
import io.github.nnunet4j.plan.TopologyRules;
import java.util.Arrays;
import java.util.Collections;

/**
 * Planner rules of one's own: voxels are cubes, as fine as the finest axis of nnU-Net's choice;
 * magnetic resonance images are normalized by landmarks; volumes get a network of one's own.
 */
public final class OwnPlannerRule {
  private OwnPlannerRule() {}

  /** Asks the built-in rule first; a plain lambda. */
  public static SpacingRule cubes() {
    return fingerprint -> {
      double[] usual = SpacingRules.median().target(fingerprint).toArray();
      double edge = Arrays.stream(usual).min().orElseThrow();
      return Spacing.millimetres(edge, edge, edge);
    };
  }

  /** Channels whose name says that they are MR images; all others as nnU-Net does it. */
  public static NormalizationRule landmarks() {
    return channel ->
        channel.name().contains("MR")
            ? new OwnIntensityNormalization()
            : NormalizationRules.byChannelName().choose(channel);
  }

  /** Volumes get a network of one's own where every axis is pooled, all else that of nnU-Net. */
  public static TopologyRule linkNets() {
    return pooling -> {
      int least = Collections.min(pooling.divisor());
      return pooling.patch().rank() == 3 && least > 1
          ? new OwnTopology(16, Integer.numberOfTrailingZeros(least))
          : TopologyRules.plain().fit(pooling);
    };
  }

  /** The default planner with them; its plans, and the data prepared by them, have another name. */
  public static Planner planner() {
    return Planners.standard().toBuilder()
        .spacing(cubes())
        .normalization(landmarks())
        .topology(linkNets())
        .word("CubePlanner")
        .plansName("cubePlans")
        .build();
  }

  /** Writes and reads its plans. */
  public static PlanCodec codec() {
    return OwnIntensityNormalization.CODEC.withTopology(OwnTopology.CODEC);
  }
}
