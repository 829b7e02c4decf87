package io.github.nnunet4j.samples;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.ChannelChange;
import io.github.nnunet4j.augment.Draw;
import io.github.nnunet4j.image.Extent;
import java.util.random.RandomGenerator;

/**
 * A change of one channel and a distribution of one's own: speckle, the noise of ultrasound that
 * grows with the signal (Goodman 1976, "Some fundamental properties of speckle").
 *
 * @param strength how the standard deviation of the factor is drawn
 */
public record OwnChannelChange(Draw strength) implements ChannelChange {
  @Override
  public void change(float[] voxels, Extent extent, RandomGenerator random) {
    double deviation = strength.draw(random);
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] *= (float) (1 + deviation * random.nextGaussian());
    }
  }

  /**
   * Mostly weak, seldom strong.
   *
   * @param mean of the distribution
   */
  public record Exponential(double mean) implements Draw {
    @Override
    public double draw(RandomGenerator random) {
      return -mean * Math.log(1 - random.nextDouble());
    }
  }

  /** As an augmentation: every channel for itself, each in half of the samples. */
  public static Augmentation speckle() {
    return Augmentations.perChannel(0.5, new OwnChannelChange(new Exponential(0.1)));
  }
}
