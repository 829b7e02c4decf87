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
import org.jspecify.annotations.Nullable;

/**
 * One of nnU-Net's own chains for a patch of two or three axes, by default that of v2: rotation and
 * scaling, noise, blur, brightness, contrast, low resolution, inverted gamma, gamma, mirroring,
 * masking and the replacement of label -1 by 0. Defaults follow {@code nnUNetTrainer}: rotations up
 * to 30 degrees about all axes; 180 degrees in the plane if the patch is two-dimensional (15 if it
 * is more than 1.5 times as long as wide) or if its longest axis is more than three times its first
 * ("dummy 2D"); mirroring along all axes.
 */
public final class StandardAugmentation implements BufferAugmentation {
  private static final double ANISOTROPY = 3;

  private final Builder settings;
  private final Chain chain;

  private StandardAugmentation(Builder builder) {
    settings = new Builder(builder);
    Extent patch = settings.patch;
    Checks.argument(
        settings.mirrorAxes.stream().allMatch(axis -> axis >= 0 && axis < patch.rank()),
        "a patch of %s has axes 0 to %d, mirror axes %s do not fit",
        patch,
        patch.rank() - 1,
        settings.mirrorAxes);
    Checks.argument(
        !settings.dummy2d || patch.rank() == 3, "dummy 2D is for patches of 3 axes, not %s", patch);
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
    return new Builder(settings);
  }

  /**
   * The patch that the network gets.
   *
   * @return (z, y, x) or (y, x)
   */
  public Extent patch() {
    return settings.patch;
  }

  /**
   * Which of nnU-Net's chains this is.
   *
   * @return the chain before changes
   */
  public StandardChain kind() {
    return settings.chain;
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
    return settings.dummy2d;
  }

  /**
   * The largest rotation.
   *
   * @return in radians, about each axis in use
   */
  public double rotation() {
    return settings.rotation;
  }

  /**
   * The axes of the patch that are mirrored; prediction mirrors along the same.
   *
   * @return axis numbers of the patch: (z, y, x) are 0, 1, 2, but (y, x) of a two-dimensional patch
   *     are 0, 1
   */
  public Set<Integer> mirrorAxes() {
    return settings.mirrorAxes;
  }

  @Override
  public Set<Integer> mirroredAxes() {
    int first = 3 - patch().rank();
    return mirrorAxes().stream().map(axis -> axis + first).collect(Collectors.toSet());
  }

  /**
   * The channels that are set to 0 where the label is negative.
   *
   * @return channel numbers
   */
  public Set<Integer> maskedChannels() {
    return settings.maskedChannels;
  }

  /**
   * The steps, of which another chain can be put together.
   *
   * @return in order
   */
  public List<Augmentation> steps() {
    return chain.steps();
  }

  private boolean flat() {
    return patch().rank() == 2;
  }

  private Extent spacePatch() {
    return flat() ? Extent.of(1, patch().get(0), patch().get(1)) : patch();
  }

  private Chain build() {
    StandardChain kind = settings.chain;
    boolean inPlane = flat() || settings.dummy2d;
    Set<Integer> fixed = settings.dummy2d ? Set.of(0) : Set.of();
    Elastic elastic = settings.elastic != null ? settings.elastic : kind.elastic(inPlane);
    List<Augmentation> steps = new ArrayList<>();
    steps.add(
        new Spatial(
            spacePatch(),
            inPlane,
            new Spatial.Motion(
                kind.rotation(settings.rotation, flat()), settings.scaling(), elastic),
            settings.sampling != null ? settings.sampling : kind.sampling(),
            kind.form()));
    steps.addAll(new ChainSteps(kind, spacePatch(), fixed, mirroredAxes()).build());
    if (!maskedChannels().isEmpty()) {
      steps.add(new MaskOutside(maskedChannels(), 0));
    }
    steps.add(new ReplaceLabel(-1, 0));
    if (settings.cascade != null) {
      steps.addAll(settings.cascade.steps());
    }
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
        && patch().equals(that.patch())
        && kind() == that.kind()
        && chain.equals(that.chain);
  }

  @Override
  public int hashCode() {
    return chain.hashCode();
  }

  @Override
  public String toString() {
    return "StandardAugmentation " + kind() + " of " + patch() + ": " + chain;
  }

  /** Sets what people change. */
  public static final class Builder {
    private final Extent patch;
    private StandardChain chain = StandardChain.V2;
    private boolean dummy2d;
    private double rotation;
    private Set<Integer> mirrorAxes;
    private Set<Integer> maskedChannels = Set.of();
    private Spatial.@Nullable Sampling sampling;
    private @Nullable Double scalePerAxis;
    private @Nullable Elastic elastic;
    private @Nullable CascadeInput cascade;

    private Builder(Extent patch) {
      Checks.argument(patch.voxels() > 0, "the patch %s is empty", patch);
      this.patch = patch;
      int longest = Arrays.stream(patch.toArray()).max().orElseThrow();
      mirrorAxes = patch.rank() == 2 ? Set.of(0, 1) : Set.of(0, 1, 2);
      dummy2d = patch.rank() == 3 && (double) longest / patch.get(0) > ANISOTROPY;
      rotation = chain.rotation(patch, dummy2d);
    }

    private Builder(Builder other) {
      patch = other.patch;
      chain = other.chain;
      dummy2d = other.dummy2d;
      rotation = other.rotation;
      mirrorAxes = Collections.unmodifiableSet(new TreeSet<>(other.mirrorAxes));
      maskedChannels = Collections.unmodifiableSet(new TreeSet<>(other.maskedChannels));
      sampling = other.sampling;
      scalePerAxis = other.scalePerAxis;
      elastic = other.elastic;
      cascade = other.cascade;
    }

    private Spatial.Scaling scaling() {
      Spatial.Scaling usual = chain.scaling();
      return scalePerAxis == null
          ? usual
          : new Spatial.Scaling(
              usual.probability(), usual.factor(), scalePerAxis, usual.enlargedFor());
    }

    /**
     * Which of nnU-Net's chains. Sets the largest rotation to the default that goes with it.
     *
     * @param newChain the chain
     * @return this
     */
    public Builder chain(StandardChain newChain) {
      chain = newChain;
      rotation = chain.rotation(patch, dummy2d);
      return this;
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
        rotation = chain.rotation(patch, newDummy2d);
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
     * How the spatial step interpolates; by default linearly in v2 and by splines in v1.
     *
     * @param newSampling the interpolation
     * @return this
     */
    public Builder sampling(Spatial.Sampling newSampling) {
      sampling = newSampling;
      return this;
    }

    /**
     * How often a scaled sample has a factor of its own on each axis.
     *
     * @param probability 0 for one factor, 1 for independent ones
     * @return this
     */
    public Builder scalePerAxis(double probability) {
      scalePerAxis = Checks.probability(probability, "probability of a factor per axis");
      return this;
    }

    /**
     * How often and how far to deform.
     *
     * @param newElastic {@link Elastic#NONE} for no deformation
     * @return this
     */
    public Builder elastic(Elastic newElastic) {
      elastic = newElastic;
      return this;
    }

    /**
     * Makes the last steps of a cascade's later stage.
     *
     * @param input what becomes of the labels of the previous stage
     * @return this
     */
    public Builder cascade(CascadeInput input) {
      cascade = input;
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
