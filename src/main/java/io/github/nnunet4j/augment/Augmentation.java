package io.github.nnunet4j.augment;

import java.util.random.RandomGenerator;

/** A random change of a sample. All randomness comes from the argument; the sample is untouched. */
@FunctionalInterface
public interface Augmentation {
  /**
   * The changed sample.
   *
   * @param sample untouched
   * @param random the only source of randomness
   * @return a sample; may share voxels with the argument where nothing changed
   */
  Sample apply(Sample sample, RandomGenerator random);
}
