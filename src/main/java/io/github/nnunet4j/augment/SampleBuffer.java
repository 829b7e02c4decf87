package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A sample on its way through a chain of augmentations. Arrays are copied when they are first
 * written to and not before: a sample that goes in is never changed. Not safe for several threads.
 */
public final class SampleBuffer {
  private @Nullable Sample frozen;
  private Grid grid;
  private float[][] channels;
  private boolean[] owned;
  private short[] labels;
  private boolean labelsOwned;
  private float @Nullable [] spare;

  private SampleBuffer(Sample sample) {
    this.frozen = sample;
    this.grid = sample.image().grid();
    this.channels = new float[sample.image().channels()][];
    Arrays.setAll(channels, sample.image()::unsafeArray);
    this.owned = new boolean[channels.length];
    this.labels = sample.labels().unsafeArray();
  }

  /**
   * A buffer that starts with a sample.
   *
   * @param sample stays untouched
   * @return the buffer
   */
  public static SampleBuffer of(Sample sample) {
    return new SampleBuffer(sample);
  }

  /**
   * The number of image channels.
   *
   * @return at least 1
   */
  public int channels() {
    return channels.length;
  }

  /**
   * The present grid.
   *
   * @return grid of image and labels
   */
  public Grid grid() {
    return grid;
  }

  /**
   * The present extent.
   *
   * @return voxels along (z, y, x)
   */
  public Extent extent() {
    return grid.extent();
  }

  /**
   * A channel for reading.
   *
   * @param channel from 0
   * @return (z, y, x); must not be written to
   */
  public float[] read(int channel) {
    return channels[channel];
  }

  /**
   * A channel for reading and writing.
   *
   * @param channel from 0
   * @return (z, y, x); what is written there is the new content
   */
  public float[] write(int channel) {
    if (!owned[channel]) {
      put(channel, channels[channel].clone());
    }
    frozen = null;
    return channels[channel];
  }

  /**
   * Replaces a channel.
   *
   * @param channel from 0
   * @param voxels (z, y, x) of the present extent; given away by the caller
   */
  public void put(int channel, float[] voxels) {
    Checks.argument(
        voxels.length == grid.voxels(),
        "a channel of %s has %d voxels, not %d",
        grid.extent(),
        grid.voxels(),
        voxels.length);
    if (owned[channel] && channels[channel] != voxels) {
      spare = channels[channel];
    }
    channels[channel] = voxels;
    owned[channel] = true;
    frozen = null;
  }

  /**
   * An array to fill and hand to {@link #put}; saves an allocation where an earlier step left one.
   *
   * @return as long as a channel, content undefined
   */
  public float[] scratch() {
    float[] taken = spare;
    spare = null;
    return taken != null && taken.length == grid.voxels()
        ? taken
        : new float[Math.toIntExact(grid.voxels())];
  }

  /**
   * Hands back an array of {@link #scratch} that was not put to use.
   *
   * @param array no longer used by the caller
   */
  public void release(float[] array) {
    spare = array;
  }

  /**
   * The labels for reading.
   *
   * @return (z, y, x); must not be written to
   */
  public short[] readLabels() {
    return labels;
  }

  /**
   * The labels for reading and writing.
   *
   * @return (z, y, x); what is written there is the new content
   */
  public short[] writeLabels() {
    if (!labelsOwned) {
      labels = labels.clone();
      labelsOwned = true;
    }
    frozen = null;
    return labels;
  }

  /**
   * Replaces everything.
   *
   * @param newGrid of image and labels
   * @param newChannels (z, y, x) each; given away by the caller
   * @param newLabels (z, y, x); given away by the caller
   */
  public void replace(Grid newGrid, float[][] newChannels, short[] newLabels) {
    grid = newGrid;
    channels = newChannels.clone();
    owned = new boolean[channels.length];
    Arrays.fill(owned, true);
    labels = newLabels;
    labelsOwned = true;
    frozen = null;
  }

  /**
   * Replaces everything by a sample, which stays untouched later on.
   *
   * @param sample the new content
   */
  @SuppressWarnings("ReferenceEquality") // the very same voxels, which a comparison would read
  public void set(Sample sample) {
    if (sample == frozen) {
      return;
    }
    SampleBuffer other = new SampleBuffer(sample);
    grid = other.grid;
    channels = other.channels;
    owned = other.owned;
    labels = other.labels;
    labelsOwned = false;
    frozen = sample;
  }

  /**
   * The present content as an immutable sample. Later writes go to copies.
   *
   * @return the sample; the one that went in if nothing was written
   */
  public Sample sample() {
    if (frozen == null) {
      frozen = new Sample(Volume.wrap(grid, channels), LabelMap.wrap(grid, labels));
      Arrays.fill(owned, false);
      labelsOwned = false;
    }
    return frozen;
  }
}
