package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.Set;
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

  /**
   * The same change, made to a buffer. A chain calls this one, so that augmentations which work in
   * place need not copy the sample that the one before has just made; see {@link
   * BufferAugmentation}. Whoever implements only {@link #apply} need not care.
   *
   * @param buffer holds the sample before and after
   * @param random the only source of randomness
   */
  default void applyTo(SampleBuffer buffer, RandomGenerator random) {
    buffer.set(apply(buffer.sample(), random));
  }

  /**
   * The extent that a sample must have so that the result has the given extent. A rotation asks for
   * a larger patch than it returns; most augmentations keep the extent.
   *
   * @param output the wanted extent of the result (z, y, x)
   * @return the extent to cut from the image, of three axes
   */
  default Extent inputExtent(Extent output) {
    return output;
  }

  /**
   * The axes along which this may mirror. Prediction may average over the same mirror images, and
   * over no others, as the network has not seen them. Who mirrors says so here; a chain has the
   * axes of its parts.
   *
   * @return 0 = z, 1 = y, 2 = x; none by default
   */
  default Set<Integer> mirroredAxes() {
    return Set.of();
  }

  /**
   * This change followed by another.
   *
   * @param next works on the result of this one
   * @return both in that order, with the same source of randomness
   */
  default Augmentation then(Augmentation next) {
    return Augmentations.chain(this, next);
  }

  /**
   * This change for a part of the samples.
   *
   * @param probability 0 (never) to 1 (always)
   * @return draws a number below 1 and acts if it is below the probability
   */
  default Augmentation withProbability(double probability) {
    return new WithProbability(this, probability);
  }

  /**
   * This change several times over, each time with new draws.
   *
   * @param times how often; 0 is the identity
   * @return the augmentation
   */
  default Augmentation repeat(int times) {
    return new Repeat(this, times);
  }

  /**
   * The same augmentation under a name, by which the folder of a run tells it from other lambdas of
   * its class.
   *
   * @param name what it prints; take another one when the behaviour changes
   * @return the augmentation
   */
  default Augmentation named(String name) {
    return new NamedAugmentation(this, name);
  }
}
