package io.github.nnunet4j.preprocess;

/**
 * One step between the cropped image and the network grid; a pure function that several threads
 * call at once. A {@link Recipe} lists its steps in order, {@linkplain PreprocessingSteps built-in}
 * ones and your own; training and prediction take the same list.
 *
 * <p>A step may change intensities, labels and the grid. The number of channels stays, image and
 * labels keep one extent, and where the grid changes its outer edges stay where they are, so that
 * predictions find back to the image. A lambda needs a name, by {@link
 * PreprocessingSteps#named(String, PreprocessingStep)}, so that prepared cases know it again.
 *
 * <pre>{@code
 * PreprocessingStep smooth =
 *     PreprocessingSteps.named("smooth/1", state -> state.mapChannels(Smoothing::apply));
 * }</pre>
 */
@FunctionalInterface
public interface PreprocessingStep {
  /**
   * Does the step.
   *
   * @param state the case as the steps before have left it; untouched
   * @return the case behind this step
   */
  StepState apply(StepState state);

  /**
   * Whether this step, if it is the first, takes images with NaN or infinite values. Others never
   * see such an image: it is refused before.
   *
   * @return false unless a step says otherwise
   */
  default boolean acceptsNotFinite() {
    return false;
  }
}
