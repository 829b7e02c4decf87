package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The default augmentation of nnU-Net v2 for a patch of two or three axes: rotation and scaling,
 * noise, blur, brightness, contrast, low resolution, inverted gamma, gamma, mirroring, masking and
 * the replacement of label -1 by 0. Defaults follow {@code nnUNetTrainer}: rotations up to 30
 * degrees about all axes; 180 degrees in the plane if the patch is two-dimensional (15 if it is
 * more than 1.5 times as long as wide) or if its longest axis is more than three times its first
 * ("dummy 2D"); mirroring along all axes.
 */
public final class StandardAugmentation implements BufferAugmentation {
  private static final double ANISOTROPY = 3;

  private final Extent patch;
  private final boolean dummy2d;
  private final double rotation;
  private final Set<Integer> mirrorAxes;
  private final Set<Integer> maskedChannels;
  private final Spatial.Sampling sampling;
  private final Augmentation chain;

  private StandardAugmentation(Builder builder) {
    patch = builder.patch;
    dummy2d = builder.dummy2d;
    rotation = builder.rotation;
    mirrorAxes = Collections.unmodifiableSet(new TreeSet<>(builder.mirrorAxes));
    maskedChannels = Collections.unmodifiableSet(new TreeSet<>(builder.maskedChannels));
    sampling = builder.sampling;
    Checks.argument(
        mirrorAxes.stream().allMatch(axis -> axis >= 0 && axis < patch.rank()),
        "a patch of %s has axes 0 to %d, mirror axes %s do not fit",
        patch,
        patch.rank() - 1,
        mirrorAxes);
    Checks.argument(
        !dummy2d || patch.rank() == 3, "dummy 2D is for patches of 3 axes, not %s", patch);
    chain = build();
  }

  /**
   * A builder with the defaults for a patch.
   *
   * @param patch what the network gets, (z, y, x) or (y, x)
   * @return the builder
   */
  public static Builder builder(Extent patch) {
    return new Builder(patch);
  }

  /**
   * A builder that starts with these settings.
   *
   * @return the builder
   */
  public Builder toBuilder() {
    return new Builder(patch)
        .dummy2d(dummy2d)
        .rotation(rotation)
        .mirrorAxes(mirrorAxes)
        .maskedChannels(maskedChannels)
        .sampling(sampling);
  }

  /**
   * The patch that the network gets.
   *
   * @return (z, y, x) or (y, x)
   */
  public Extent patch() {
    return patch;
  }

  /**
   * The patch to cut from the image, large enough for the rotations.
   *
   * @return (z, y, x); one slice for a two-dimensional patch
   */
  public Extent initialPatch() {
    return inputExtent(spacePatch());
  }

  /**
   * Whether each slice is rotated and scaled by itself.
   *
   * @return true for very anisotropic patches
   */
  public boolean dummy2d() {
    return dummy2d;
  }

  /**
   * The largest rotation.
   *
   * @return in radians, about each axis in use
   */
  public double rotation() {
    return rotation;
  }

  /**
   * The axes of the patch that are mirrored; prediction mirrors along the same.
   *
   * @return axis numbers of the patch: (z, y, x) are 0, 1, 2, but (y, x) of a two-dimensional patch
   *     are 0, 1
   */
  public Set<Integer> mirrorAxes() {
    return mirrorAxes;
  }

  @Override
  public Set<Integer> mirroredAxes() {
    int first = 3 - patch.rank();
    return mirrorAxes.stream().map(axis -> axis + first).collect(Collectors.toSet());
  }

  /**
   * The channels that are set to 0 where the label is negative.
   *
   * @return channel numbers
   */
  public Set<Integer> maskedChannels() {
    return maskedChannels;
  }

  /** The steps, for tests. */
  Augmentation chain() {
    return chain;
  }

  private boolean flat() {
    return patch.rank() == 2;
  }

  private Extent spacePatch() {
    return flat() ? Extent.of(1, patch.get(0), patch.get(1)) : patch;
  }

  private Augmentation build() {
    Set<Integer> fixed = dummy2d ? Set.of(0) : Set.of();
    List<Augmentation> steps = new ArrayList<>();
    steps.add(
        new Spatial(
            spacePatch(),
            flat() || dummy2d,
            new Spatial.Rotation(0.2, 1, rotation),
            new Spatial.Scaling(0.2, Draws.uniform(0.7, 1.4), false),
            sampling));
    steps.add(Augmentations.noise().withProbability(0.1));
    steps.add(Augmentations.blur().withProbability(0.2));
    steps.add(Augmentations.brightness().withProbability(0.15));
    steps.add(Augmentations.contrast().withProbability(0.15));
    steps.add(new LowResolution(Draws.uniform(0.5, 1), 0.5, true, fixed).withProbability(0.25));
    steps.add(Augmentations.invertedGamma().withProbability(0.1));
    steps.add(Augmentations.gamma().withProbability(0.3));
    if (!mirrorAxes.isEmpty()) {
      int shift = 3 - patch.rank();
      steps.add(
          new Mirror(mirrorAxes.stream().map(axis -> axis + shift).collect(Collectors.toSet())));
    }
    if (!maskedChannels.isEmpty()) {
      steps.add(new MaskOutside(maskedChannels, 0));
    }
    steps.add(new ReplaceLabel(-1, 0));
    return new Chain(steps);
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    chain.applyTo(buffer, random);
  }

  @Override
  public Extent inputExtent(Extent output) {
    return chain.inputExtent(output);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StandardAugmentation that
        && patch.equals(that.patch)
        && chain.equals(that.chain);
  }

  @Override
  public int hashCode() {
    return chain.hashCode();
  }

  @Override
  public String toString() {
    return "StandardAugmentation of " + patch + ": " + chain;
  }

  /** Sets what people change. */
  public static final class Builder {
    private final Extent patch;
    private boolean dummy2d;
    private double rotation;
    private Set<Integer> mirrorAxes;
    private Set<Integer> maskedChannels = Set.of();
    private Spatial.Sampling sampling = Spatial.Sampling.LINEAR;

    private Builder(Extent patch) {
      Checks.argument(patch.voxels() > 0, "the patch %s is empty", patch);
      this.patch = patch;
      int longest = 0;
      int shortest = Integer.MAX_VALUE;
      for (int extent : patch.toArray()) {
        longest = Math.max(longest, extent);
        shortest = Math.min(shortest, extent);
      }
      if (patch.rank() == 2) {
        mirrorAxes = Set.of(0, 1);
        rotation = Math.toRadians((double) longest / shortest > 1.5 ? 15 : 180);
      } else {
        mirrorAxes = Set.of(0, 1, 2);
        dummy2d = (double) longest / patch.get(0) > ANISOTROPY;
        rotation = Math.toRadians(dummy2d ? 180 : 30);
      }
    }

    /**
     * Whether to rotate and scale each slice by itself. Sets the largest rotation to the default
     * that goes with it: 180 degrees in the plane, else 30.
     *
     * @param newDummy2d only for patches of three axes
     * @return this
     */
    public Builder dummy2d(boolean newDummy2d) {
      if (newDummy2d != dummy2d) {
        rotation = Math.toRadians(newDummy2d ? 180 : 30);
      }
      dummy2d = newDummy2d;
      return this;
    }

    /**
     * The largest rotation.
     *
     * @param radians zero or positive
     * @return this
     */
    public Builder rotation(double radians) {
      rotation = radians;
      return this;
    }

    /**
     * The axes to mirror along.
     *
     * @param axes axis numbers of the patch, 0 being its first; empty for no mirroring
     * @return this
     */
    public Builder mirrorAxes(Set<Integer> axes) {
      mirrorAxes = Set.copyOf(axes);
      return this;
    }

    /**
     * The axes to mirror along.
     *
     * @param axes axis numbers of the patch, 0 being its first; none for no mirroring
     * @return this
     */
    public Builder mirrorAxes(int... axes) {
      return mirrorAxes(Arrays.stream(axes).boxed().collect(Collectors.toSet()));
    }

    /**
     * The channels to set to 0 outside of the nonzero region: those normalised within it.
     *
     * @param channels channel numbers
     * @return this
     */
    public Builder maskedChannels(Set<Integer> channels) {
      maskedChannels = Set.copyOf(channels);
      return this;
    }

    /**
     * How rotation and scaling interpolate; linear by default.
     *
     * @param newSampling the interpolation
     * @return this
     */
    public Builder sampling(Spatial.Sampling newSampling) {
      sampling = newSampling;
      return this;
    }

    /**
     * The augmentation.
     *
     * @return immutable
     * @throws IllegalArgumentException if a setting does not fit the patch
     */
    public StandardAugmentation build() {
      return new StandardAugmentation(this);
    }
  }
}
