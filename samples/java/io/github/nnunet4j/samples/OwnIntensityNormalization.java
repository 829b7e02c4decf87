package io.github.nnunet4j.samples;

import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization;

/** An intensity normalization of one's own, and how a plan with it is saved and read. */
public final class OwnIntensityNormalization {
  /** Clips at 400 and scales to 0..1; kept in a constant so that the codec knows it again. */
  public static final IntensityNormalization CLIP_400 =
      (channel, context) -> channel.map(v -> Math.max(0, Math.min(v, 400)) / 400);

  /** The word is a check, not a key into anything: both sides must hand over the same constant. */
  public static final PlanCodec CODEC =
      PlanCodec.standard()
          .withIntensityNormalization(StrategyCodec.constant("clip-400/1", CLIP_400));

  private OwnIntensityNormalization() {}

  /** The plan with the first channel of every configuration normalized this way. */
  public static Plan in(Plan plan) {
    Plan changed = plan;
    for (String name : plan.names()) {
      changed = changed.with(name, c -> c.recipe(r -> r.normalization(0, CLIP_400)));
    }
    return changed;
  }
}
