package io.github.nnunet4j.augment;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Sets channels to a value where the label is negative, that is, outside of the nonzero region
 * (nnU-Net v2 {@code MaskImageTransform}; the channels are those that were normalised within that
 * region).
 *
 * @param channels from 0
 * @param value what the voxels become
 */
public record MaskOutside(Set<Integer> channels, double value) implements BufferAugmentation {
  /** Copies the set. */
  public MaskOutside {
    channels = Collections.unmodifiableSet(new TreeSet<>(channels));
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    short[] labels = buffer.readLabels();
    for (int channel : channels) {
      float[] voxels = buffer.write(Channels.require(channel, buffer));
      for (int i = 0; i < voxels.length; i++) {
        if (labels[i] < 0) {
          voxels[i] = (float) value;
        }
      }
    }
  }
}
