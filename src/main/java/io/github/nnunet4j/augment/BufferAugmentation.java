package io.github.nnunet4j.augment;

import java.util.random.RandomGenerator;

/**
 * An augmentation that works in place on a {@link SampleBuffer}. Within a chain it costs no copy of
 * the sample; called directly it still leaves its argument untouched.
 */
public interface BufferAugmentation extends Augmentation {
  @Override
  void applyTo(SampleBuffer buffer, RandomGenerator random);

  @Override
  default Sample apply(Sample sample, RandomGenerator random) {
    SampleBuffer buffer = SampleBuffer.of(sample);
    applyTo(buffer, random);
    return buffer.sample();
  }
}
