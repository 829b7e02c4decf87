package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Draws parameters for a random part of the channels. */
final class Channels {
  private Channels() {}

  /** A value for each channel that the coin selects. */
  static <T> Map<Integer, T> draw(
      int channels, double probability, RandomGenerator random, Supplier<T> value) {
    List<Integer> selected = select(channels, probability, random);
    Map<Integer, T> drawn = new TreeMap<>();
    for (int channel : selected) {
      drawn.put(channel, value.get());
    }
    return Collections.unmodifiableMap(drawn);
  }

  private static List<Integer> select(int channels, double probability, RandomGenerator random) {
    List<Integer> selected = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      if (random.nextDouble() < probability) {
        selected.add(c);
      }
    }
    return selected;
  }

  /** The first of the last channels. */
  static int firstOfLast(int last, int channels) {
    Checks.argument(
        last < channels,
        "a sample of %d channels has no %d label channels behind its image",
        channels,
        last);
    return channels - last;
  }

  /** The last channels in random order. */
  static List<Integer> shuffledLast(int last, int channels, RandomGenerator random) {
    int first = firstOfLast(last, channels);
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < last; i++) {
      order.add(first + i);
    }
    for (int i = last - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  /** The channel number, if the sample has it. */
  static int require(int channel, SampleBuffer buffer) {
    Checks.argument(
        channel >= 0 && channel < buffer.channels(),
        "there is no channel %d in a sample of %d channels",
        channel,
        buffer.channels());
    return channel;
  }

  /** A value that is drawn once and then repeated. */
  static Supplier<Double> shared(Draw draw, RandomGenerator random) {
    double[] value = {Double.NaN};
    return () -> {
      if (Double.isNaN(value[0])) {
        value[0] = draw.draw(random);
      }
      return value[0];
    };
  }
}
