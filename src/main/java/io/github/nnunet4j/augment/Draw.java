package io.github.nnunet4j.augment;

import java.util.random.RandomGenerator;

/** How a number is drawn: the distribution of a factor, an angle or a width. */
@FunctionalInterface
public interface Draw {
  /**
   * Draws a number.
   *
   * @param random the only source of randomness
   * @return the number
   */
  double draw(RandomGenerator random);
}
