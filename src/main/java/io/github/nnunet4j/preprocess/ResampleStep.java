package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.util.function.Supplier;

/**
 * Brings image and labels onto the network grid with the recipe's resamplings.
 *
 * @param grid which grid that is
 */
public record ResampleStep(GridRule grid) implements PreprocessingStep {
  @Override
  public StepState apply(StepState state) {
    Volume image = state.image();
    Recipe recipe = state.recipe();
    Grid target = TargetGrid.of(state, grid);
    String step = StepChecks.place(state.id(), "resampling of the image");
    Volume resampled =
        StepChecks.guard(
            step, () -> recipe.imageResampling().apply(image, target, state.threads()));
    StepChecks.contract(step, image.channels(), resampled.channels());
    Grid reached = target.withExtent(resampled.grid().extent());
    StepState.Job job = state.job();
    Supplier<LabelMap> before = state.lazyLabels();
    return state.with(
        resampled.withGrid(reached), () -> labels(job, before.get(), target, reached));
  }

  private static LabelMap labels(StepState.Job job, LabelMap source, Grid target, Grid reached) {
    String step = StepChecks.place(job.id(), "resampling of the labels");
    LabelResampling how = job.recipe().labelResampling();
    LabelMap map = StepChecks.guard(step, () -> how.apply(source, target, job.threads()));
    StepChecks.contract(step, reached.extent(), map.grid().extent());
    return map.withGrid(reached);
  }
}
