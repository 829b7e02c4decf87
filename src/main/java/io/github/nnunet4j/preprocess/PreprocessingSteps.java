package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Volume;
import java.util.List;
import java.util.function.UnaryOperator;

/** The built-in steps of preprocessing and the orders in which nnU-Net takes them. */
public final class PreprocessingSteps {
  private static final List<PreprocessingStep> V2 =
      List.of(new NormalizeStep(), new ResampleStep(GridRules.planned()));

  private PreprocessingSteps() {}

  /**
   * Normalizes each channel as the recipe says.
   *
   * @return the step
   */
  public static NormalizeStep normalize() {
    return new NormalizeStep();
  }

  /**
   * Resamples to the recipe's target spacing.
   *
   * @return the step
   */
  public static ResampleStep resample() {
    return resample(GridRules.planned());
  }

  /**
   * Resamples to the grid that a rule gives.
   *
   * @param grid the rule
   * @return the step
   */
  public static ResampleStep resample(GridRule grid) {
    return new ResampleStep(grid);
  }

  /**
   * Puts 0 where the image is not a number.
   *
   * @return the step
   */
  public static ReplaceNaNStep replaceNaN() {
    return new ReplaceNaNStep();
  }

  /**
   * A step of your own with a name, by which prepared cases and plans know it.
   *
   * @param name such as {@code "smooth/1"}; change it whenever the step does something else
   * @param step does the work, such as a lambda
   * @return the step
   */
  public static NamedStep named(String name, PreprocessingStep step) {
    return new NamedStep(name, step);
  }

  /**
   * A step of your own that changes each channel by itself.
   *
   * @param name such as {@code "smooth/1"}; change it whenever the step does something else
   * @param change gives a channel on the same grid
   * @return the step
   */
  public static NamedStep channels(String name, UnaryOperator<Volume> change) {
    return named(name, state -> state.mapChannels(change));
  }

  /**
   * The order of nnU-Net v2: normalize, then resample to the target spacing.
   *
   * @return the steps of a recipe that says nothing else
   */
  public static List<PreprocessingStep> v2() {
    return V2;
  }

  /**
   * The order of nnU-Net v1 for volumes ({@code GenericPreprocessor}): replace NaN, resample, then
   * normalize on the network grid.
   *
   * @return the steps
   */
  public static List<PreprocessingStep> v1() {
    return v1(GridRules.planned());
  }

  /**
   * The order of nnU-Net v1 for volumes with another network grid: {@link GridRules#original} is
   * {@code PreprocessorFor3D_NoResampling}, {@link GridRules#keepFirstAxis} is {@code
   * PreprocessorFor3D_LeaveOriginalZSpacing}.
   *
   * @param grid which grid the case is resampled to
   * @return the steps
   */
  public static List<PreprocessingStep> v1(GridRule grid) {
    return List.of(replaceNaN(), resample(grid), normalize());
  }

  /**
   * The order of nnU-Net v1 for slices ({@code PreprocessorFor2D}): resample in plane, then
   * normalize; NaN is not replaced.
   *
   * @return the steps
   */
  public static List<PreprocessingStep> v1Slices() {
    return v1Slices(GridRules.keepFirstAxis());
  }

  /**
   * The order of nnU-Net v1 for slices with another network grid: {@link GridRules#shortEdge} is
   * {@code PreprocessorFor2D_edgeLength512}.
   *
   * @param grid which grid the case is resampled to
   * @return the steps
   */
  public static List<PreprocessingStep> v1Slices(GridRule grid) {
    return List.of(resample(grid), normalize());
  }
}
