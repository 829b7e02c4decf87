package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sample on its way through a chain of augmentations. Arrays are copied when they are first
 * written to and not before: a sample that goes in is never changed. A crop is noted down and taken
 * when somebody asks for voxels. Not safe for several threads.
 */
public final class SampleBuffer {
  private @Nullable Sample frozen;
  private Grid grid;
  private float[][] channels;
  private boolean[] owned;
  private short[][] labels;
  private boolean[] labelsOwned;
  private float @Nullable [] spare;
  private @Nullable CentreCrop crop;

  private SampleBuffer(Sample sample) {
    this.frozen = sample;
    this.grid = sample.image().grid();
    this.channels = new float[sample.image().channels()][];
    Arrays.setAll(channels, sample.image()::unsafeArray);
    this.owned = new boolean[channels.length];
    this.labels = labelsOf(sample);
    this.labelsOwned = new boolean[labels.length];
  }

  private static short[][] labelsOf(Sample sample) {
    short[] first = sample.labels().unsafeArray();
    return sample
        .previous()
        .map(map -> new short[][] {first, map.unsafeArray()})
        .orElseGet(() -> new short[][] {first});
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
   * The number of label maps: 2 if there are labels of a previous stage, else 1.
   *
   * @return 1 or 2
   */
  public int labelMaps() {
    return labels.length;
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
    settle();
    return channels[channel];
  }

  /**
   * A channel for reading and writing.
   *
   * @param channel from 0
   * @return (z, y, x); what is written there is the new content
   */
  public float[] write(int channel) {
    settle();
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
    settle();
    requireLength(voxels);
    if (owned[channel] && channels[channel] != voxels) {
      spare = channels[channel];
    }
    channels[channel] = voxels;
    owned[channel] = true;
    frozen = null;
  }

  /**
   * Adds channels behind those that are there.
   *
   * @param more (z, y, x) of the present extent each; given away by the caller
   */
  public void append(float[]... more) {
    settle();
    int before = channels.length;
    channels = Arrays.copyOf(channels, before + more.length);
    owned = Arrays.copyOf(owned, before + more.length);
    for (int i = 0; i < more.length; i++) {
      requireLength(more[i]);
      channels[before + i] = more[i];
      owned[before + i] = true;
    }
    frozen = null;
  }

  private void requireLength(float[] voxels) {
    Checks.argument(
        voxels.length == grid.voxels(),
        "a channel of %s has %d voxels, not %d",
        grid.extent(),
        grid.voxels(),
        voxels.length);
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
    return readLabels(0);
  }

  /**
   * One of the label maps for reading.
   *
   * @param map 0 the labels, 1 those of the previous stage
   * @return (z, y, x); must not be written to
   */
  public short[] readLabels(int map) {
    settle();
    return labels[map];
  }

  /**
   * The labels for reading and writing.
   *
   * @return (z, y, x); what is written there is the new content
   */
  public short[] writeLabels() {
    return writeLabels(0);
  }

  /**
   * One of the label maps for reading and writing.
   *
   * @param map 0 the labels, 1 those of the previous stage
   * @return (z, y, x); what is written there is the new content
   */
  public short[] writeLabels(int map) {
    settle();
    if (!labelsOwned[map]) {
      labels[map] = labels[map].clone();
      labelsOwned[map] = true;
    }
    frozen = null;
    return labels[map];
  }

  /** Forgets the labels of the previous stage. */
  public void dropPrevious() {
    settle();
    labels = new short[][] {labels[0]};
    labelsOwned = new boolean[] {labelsOwned[0]};
    frozen = null;
  }

  /**
   * Replaces everything.
   *
   * @param newGrid of image and labels
   * @param newChannels (z, y, x) each; given away by the caller
   * @param newLabels (z, y, x) each: the labels, then, if there are any, those of the previous
   *     stage; given away by the caller
   */
  public void replace(Grid newGrid, float[][] newChannels, short[]... newLabels) {
    crop = null;
    grid = newGrid;
    channels = newChannels.clone();
    owned = new boolean[channels.length];
    Arrays.fill(owned, true);
    labels = newLabels.clone();
    labelsOwned = new boolean[labels.length];
    Arrays.fill(labelsOwned, true);
    frozen = null;
  }

  /** Cuts or pads everything, as soon as somebody asks for voxels. */
  void crop(CentreCrop wanted) {
    settle();
    crop = wanted;
    grid = Grid.of(wanted.to(), grid.spacing());
    frozen = null;
  }

  private void settle() {
    CentreCrop waiting = crop;
    if (waiting == null) {
      return;
    }
    crop = null;
    int n = Math.toIntExact(grid.voxels());
    for (int c = 0; c < channels.length; c++) {
      float[] cut = new float[n];
      waiting.copy(channels[c], cut);
      channels[c] = cut;
      owned[c] = true;
    }
    for (int map = 0; map < labels.length; map++) {
      short[] cut = new short[n];
      waiting.copy(labels[map], cut);
      labels[map] = cut;
      labelsOwned[map] = true;
    }
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
    crop = null;
    grid = other.grid;
    channels = other.channels;
    owned = other.owned;
    labels = other.labels;
    labelsOwned = other.labelsOwned;
    frozen = sample;
  }

  /**
   * The present content as an immutable sample. Later writes go to copies.
   *
   * @return the sample; the one that went in if nothing was written
   */
  public Sample sample() {
    if (frozen == null) {
      settle();
      Optional<LabelMap> previous =
          labels.length > 1 ? Optional.of(LabelMap.wrap(grid, labels[1])) : Optional.empty();
      frozen = new Sample(Volume.wrap(grid, channels), LabelMap.wrap(grid, labels[0]), previous);
      Arrays.fill(owned, false);
      Arrays.fill(labelsOwned, false);
    }
    return frozen;
  }
}
