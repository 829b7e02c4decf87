package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;

/** What the guide page on preprocessing hands over in place of what was planned. */
public final class PreprocessingOfYourOwn {
  private PreprocessingOfYourOwn() {}

  /** Images of eight bits, from 0 to 1; the codec of the library knows the word. */
  public static Plan bytes(Plan plan) {
    return everywhere(plan, IntensityNormalizations.divideBy(255));
  }

  /**
   * A window of CT, as radiologists set it: 0 below, 1 above.
   *
   * @param centre in Hounsfield units
   * @param width in Hounsfield units
   */
  public record CtWindow(float centre, float width) implements IntensityNormalization {
    @Override
    public Volume apply(Volume channel, Context context) {
      float low = centre - width / 2;
      return channel.map(value -> Math.min(1, Math.max(0, (value - low) / width)));
    }
  }

  /** What a radiologist looks at soft tissue with. */
  public static final CtWindow SOFT_TISSUE = new CtWindow(40, 400);

  /** Who loads a model with it hands the same word over. */
  public static final PlanCodec CODEC =
      PlanCodec.standard()
          .withIntensityNormalization(StrategyCodec.constant("soft-tissue/1", SOFT_TISSUE));

  /** Soft tissue in every configuration. */
  public static Plan softTissue(Plan plan) {
    return everywhere(plan, SOFT_TISSUE);
  }

  /** One normalization for the first channel of all configurations. */
  public static Plan everywhere(Plan plan, IntensityNormalization normalization) {
    Plan changed = plan;
    for (String name : plan.names()) {
      changed = changed.with(name, c -> c.recipe(r -> r.normalization(0, normalization)));
    }
    return changed;
  }
}
