package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Adds normally distributed noise, independent from voxel to voxel and from channel to channel
 * (nnU-Net v2 {@code GaussianNoiseTransform}, whose "noise variance" is used as standard
 * deviation).
 *
 * @param deviation distribution of the standard deviation
 * @param channelProbability of each channel to be changed
 * @param shared true to draw one standard deviation for all channels
 */
public record GaussianNoise(Draw deviation, double channelProbability, boolean shared)
    implements ParametricAugmentation<GaussianNoise.Parameters> {
  /** Checks the probability. */
  public GaussianNoise {
    Checks.probability(channelProbability, "probability per channel");
  }

  /**
   * What is drawn for one sample.
   *
   * @param deviations standard deviation by channel
   * @param seed of the noise field
   */
  public record Parameters(Map<Integer, Double> deviations, long seed) {
    /** Copies the map. */
    public Parameters {
      deviations = Collections.unmodifiableMap(new TreeMap<>(deviations));
    }
  }

  @Override
  public Parameters draw(int channels, RandomGenerator random) {
    Supplier<Double> value =
        shared ? Channels.shared(deviation, random) : () -> deviation.draw(random);
    return new Parameters(
        Channels.draw(channels, channelProbability, random, value), random.nextLong());
  }

  @Override
  public void changeIn(SampleBuffer buffer, Parameters parameters) {
    NormalField field = new NormalField(parameters.seed());
    parameters
        .deviations()
        .forEach(
            (channel, value) ->
                field.addTo(buffer.write(Channels.require(channel, buffer)), value.floatValue()));
  }

  /** Adds a given standard normal field times the deviation. */
  static void add(float[] voxels, float[] field, float deviation) {
    for (int i = 0; i < voxels.length; i++) {
      voxels[i] += deviation * field[i];
    }
  }
}
