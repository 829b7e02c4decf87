package io.github.nnunet4j.train;

import java.util.random.RandomGenerator;

/** Decides which samples of a batch must contain foreground. */
@FunctionalInterface
public interface Oversampling {
  /**
   * Whether a sample is centred on a foreground voxel.
   *
   * @param index of the sample in the batch, from 0
   * @param batchSize samples per batch
   * @param random the only source of randomness
   * @return true to force foreground
   */
  boolean forced(int index, int batchSize, RandomGenerator random);
}
