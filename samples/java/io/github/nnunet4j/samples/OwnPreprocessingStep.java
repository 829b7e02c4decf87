package io.github.nnunet4j.samples;

import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.PreprocessingStep;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import java.util.List;

/**
 * A step of one's own in the preprocessing, here the logarithm of the intensities before they are
 * resampled and normalized; and how a plan with it is saved and read.
 */
public final class OwnPreprocessingStep {
  /** The name tells prepared cases apart: change it whenever the step does something else. */
  public static final PreprocessingStep LOGARITHM =
      PreprocessingSteps.channels(
          "log/1", channel -> channel.map(v -> (float) Math.log1p(Math.max(0, v))));

  /** Who reads the plan hands over the same constant, or is told that it is missing. */
  public static final PlanCodec CODEC =
      PlanCodec.standard().withPreprocessingStep(StrategyCodec.constant("log/1", LOGARITHM));

  private OwnPreprocessingStep() {}

  /**
   * The plan with the order of every configuration changed to logarithm, resample, normalize.
   *
   * @param plan any plan
   * @return the changed plan; prediction follows it as training does
   */
  public static Plan in(Plan plan) {
    List<PreprocessingStep> steps =
        List.of(LOGARITHM, PreprocessingSteps.resample(), PreprocessingSteps.normalize());
    Plan changed = plan;
    for (String name : plan.names()) {
      changed = changed.with(name, c -> c.recipe(r -> r.steps(steps)));
    }
    return changed;
  }
}
