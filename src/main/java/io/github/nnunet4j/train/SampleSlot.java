package io.github.nnunet4j.train;

/**
 * The place of a sample in the course of training.
 *
 * @param epoch from 0
 * @param iteration within the epoch, from 0
 * @param index within the batch, from 0
 * @param batchSize samples per batch
 */
public record SampleSlot(int epoch, int iteration, int index, int batchSize) {
  /**
   * The seed of this sample's randomness: a hash of the place and of the training's seed, so that
   * samples are independent of each other and of the order in which they are made.
   *
   * @param seed of the training
   * @return a well mixed number
   */
  public long seed(long seed) {
    long hash = mix(seed + 0x9e3779b97f4a7c15L);
    hash = mix(hash + epoch * 0xd1342543de82ef95L + 1);
    hash = mix(hash + iteration * 0x9e6c63d0676a9a99L + 2);
    return mix(hash + index * 0xc2b2ae3d27d4eb4fL + 3);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
