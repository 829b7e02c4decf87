package io.github.nnunet4j.augment;

import java.util.random.RandomGenerator;

/**
 * An augmentation in two halves: draw the parameters, then change the sample by them. The second
 * half is free of chance, so that it can be tested with fixed parameters.
 *
 * @param <P> everything that is drawn; immutable
 */
public interface ParametricAugmentation<P> extends BufferAugmentation {
  /**
   * Draws the parameters for one sample.
   *
   * @param channels number of image channels of the sample
   * @param random the only source of randomness
   * @return the parameters
   */
  P draw(int channels, RandomGenerator random);

  /**
   * Changes a sample in place.
   *
   * @param buffer the sample
   * @param parameters as drawn, or chosen by the caller
   */
  void changeIn(SampleBuffer buffer, P parameters);

  /**
   * The sample changed by given parameters.
   *
   * @param sample untouched
   * @param parameters as drawn, or chosen by the caller
   * @return the changed sample
   */
  default Sample change(Sample sample, P parameters) {
    SampleBuffer buffer = SampleBuffer.of(sample);
    changeIn(buffer, parameters);
    return buffer.sample();
  }

  @Override
  default void applyTo(SampleBuffer buffer, RandomGenerator random) {
    changeIn(buffer, draw(buffer.channels(), random));
  }
}
