package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The built-in augmentations, with the parameters of nnU-Net v2's default chain, and combinators.
 */
public final class Augmentations {
  private Augmentations() {}

  /**
   * The default augmentation of nnU-Net v2.
   *
   * @param patch what the network gets, (z, y, x) or (y, x)
   * @return with the defaults for that patch
   */
  public static StandardAugmentation standard(Extent patch) {
    return StandardAugmentation.builder(patch).build();
  }

  /**
   * The default augmentation of nnU-Net v2 with changes.
   *
   * @param patch what the network gets, (z, y, x) or (y, x)
   * @param changes such as {@code b -> b.mirrorAxes(1, 2)}
   * @return the augmentation
   */
  public static StandardAugmentation standard(
      Extent patch, Consumer<StandardAugmentation.Builder> changes) {
    StandardAugmentation.Builder builder = StandardAugmentation.builder(patch);
    changes.accept(builder);
    return builder.build();
  }

  /**
   * One of nnU-Net's own chains.
   *
   * @param patch what the network gets, (z, y, x) or (y, x)
   * @param chain such as {@link StandardChain#V2_DA5}
   * @return with the defaults for that patch
   */
  public static StandardAugmentation standard(Extent patch, StandardChain chain) {
    return StandardAugmentation.builder(patch).chain(chain).build();
  }

  /**
   * Changes settings of a standard augmentation, such as {@code
   * t.editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V2_DA5)))}: the trainer has
   * fitted it to the patch and the channels.
   *
   * @param changes to the builder
   * @return from augmentation to augmentation; refuses what is not a standard one
   */
  public static UnaryOperator<Augmentation> edit(Consumer<StandardAugmentation.Builder> changes) {
    return augmentation -> {
      Checks.argument(
          augmentation instanceof StandardAugmentation,
          "only a standard augmentation has settings to change, not %s",
          augmentation);
      StandardAugmentation.Builder builder = ((StandardAugmentation) augmentation).toBuilder();
      changes.accept(builder);
      return builder.build();
    };
  }

  /**
   * No chance at all: only label -1 becomes 0. This is how validation samples are treated, and
   * training samples without augmentation.
   *
   * @return the augmentation
   */
  public static Augmentation none() {
    return new ReplaceLabel(-1, 0);
  }

  /**
   * Leaves samples as they are.
   *
   * @return the identity
   */
  public static Augmentation identity() {
    return new Chain(List.of());
  }

  /**
   * Several augmentations one after the other.
   *
   * @param steps in order
   * @return the chain
   */
  public static Augmentation chain(Augmentation... steps) {
    return new Chain(List.of(steps));
  }

  /**
   * One of several augmentations, each equally likely.
   *
   * @param choices at least one
   * @return draws which, then applies it
   */
  public static Augmentation oneOf(Augmentation... choices) {
    return new OneOf(List.of(choices));
  }

  /**
   * A change of each channel by itself.
   *
   * @param channelProbability of each channel to be changed
   * @param change works in place on the voxels of a channel
   * @return the augmentation
   */
  public static Augmentation perChannel(double channelProbability, ChannelChange change) {
    return new PerChannel(channelProbability, change);
  }

  /**
   * Noise with a standard deviation of 0 to 0.1, one for all channels.
   *
   * @return always acts
   */
  public static GaussianNoise noise() {
    return new GaussianNoise(Draws.uniform(0, 0.1), 1, true);
  }

  /**
   * Smoothing by 0.5 to 1 voxels, per axis, of half of the channels.
   *
   * @return always acts
   */
  public static GaussianBlur blur() {
    return new GaussianBlur(Draws.uniform(0.5, 1), 0.5, false);
  }

  /**
   * A factor of 0.75 to 1.25 per channel.
   *
   * @return always acts
   */
  public static Brightness brightness() {
    return new Brightness(Draws.halfAndHalf(0.75, 1.25), 1, false);
  }

  /**
   * A contrast factor of 0.75 to 1.25 per channel, the range being preserved.
   *
   * @return always acts
   */
  public static Contrast contrast() {
    return new Contrast(Draws.halfAndHalf(0.75, 1.25), true, 1, false);
  }

  /**
   * A resolution of 0.5 to 1 times the given, of half of the channels.
   *
   * @return always acts
   */
  public static LowResolution lowResolution() {
    return new LowResolution(Draws.uniform(0.5, 1), 0.5, true, Set.of());
  }

  /**
   * An exponent of 0.7 to 1.5 per channel; mean and standard deviation are kept.
   *
   * @return always acts
   */
  public static Gamma gamma() {
    return new Gamma(Draws.halfAndHalf(0.7, 1.5), false, true, 1);
  }

  /**
   * An exponent of 0.7 to 1.5 per channel on the negated image; mean and standard deviation are
   * kept.
   *
   * @return always acts
   */
  public static Gamma invertedGamma() {
    return new Gamma(Draws.halfAndHalf(0.7, 1.5), true, true, 1);
  }

  /**
   * Mirroring, along each axis with probability one half.
   *
   * @param axes 0 = z, 1 = y, 2 = x
   * @return the augmentation
   */
  public static Mirror mirror(int... axes) {
    return new Mirror(Arrays.stream(axes).boxed().collect(Collectors.toSet()));
  }
}
