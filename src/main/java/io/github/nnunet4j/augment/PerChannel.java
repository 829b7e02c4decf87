package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.random.RandomGenerator;

/** A change of each channel by itself, of a part of the channels. */
record PerChannel(double probability, ChannelChange change) implements BufferAugmentation {
  PerChannel {
    Checks.probability(probability, "probability");
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    for (int c = 0; c < buffer.channels(); c++) {
      if (random.nextDouble() < probability) {
        change.change(buffer.write(c), buffer.extent(), random);
      }
    }
  }
}
