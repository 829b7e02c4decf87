package io.github.nnunet4j.network;

import ai.djl.nn.Block;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The U-Nets of nnU-Net as a value: {@code PlainConvUNet}, {@code ResidualEncoderUNet} and {@code
 * ResidualUNet} of dynamic-network-architectures, {@code Generic_UNet} and {@code FabiansUNet} of
 * nnU-Net v1. An encoder of stages, a decoder that mirrors it, a segmentation head per decoder
 * stage; the {@link UNetStyle} says of what layers.
 */
public final class UNet implements NetworkTopology {
  private final Encoder encoder;
  private final List<Integer> features;
  private final List<List<Integer>> kernels;
  private final List<List<Integer>> strides;
  private final List<Integer> encoderBlocks;
  private final List<Integer> decoderBlocks;
  private final UNetStyle style;

  /** What the encoder's stages are made of. */
  public enum Encoder {
    /** Stacked convolutions. */
    PLAIN,
    /** A stem and residual blocks. */
    RESIDUAL
  }

  private UNet(Builder b) {
    encoder = b.encoder;
    features = List.copyOf(b.features);
    kernels = copy(b.kernels);
    strides = copy(b.strides);
    encoderBlocks = List.copyOf(b.encoderBlocks);
    decoderBlocks = List.copyOf(b.decoderBlocks);
    style = b.style;
    UNetRules.check(this);
  }

  private static List<List<Integer>> copy(List<List<Integer>> lists) {
    return lists.stream().map(List::copyOf).toList();
  }

  /**
   * A builder with nnU-Net's defaults: plain encoder, two convolutions per stage, {@link
   * UNetStyle#standard()}.
   *
   * @param features channels per stage, full resolution first
   * @param kernels kernel per stage, odd, per axis slowest first
   * @param strides stride of each stage's first convolution, per axis; the first stage's usually 1
   * @return a new builder
   */
  public static Builder builder(
      List<Integer> features, List<List<Integer>> kernels, List<List<Integer>> strides) {
    return new Builder().features(features).kernels(kernels).strides(strides).blocks(2, 2);
  }

  /** {@return a builder that starts from this network: a new builder} */
  public Builder toBuilder() {
    return builder(features, kernels, strides)
        .encoder(encoder)
        .encoderBlocks(encoderBlocks)
        .decoderBlocks(decoderBlocks)
        .style(style);
  }

  /** {@return the kind of encoder: plain or residual} */
  public Encoder encoder() {
    return encoder;
  }

  /** {@return channels per stage: full resolution first} */
  public List<Integer> features() {
    return features;
  }

  /** {@return kernel per stage: per axis, slowest first} */
  public List<List<Integer>> kernels() {
    return kernels;
  }

  /** {@return stride of each stage's first convolution or pooling: per axis, slowest first} */
  public List<List<Integer>> strides() {
    return strides;
  }

  /** {@return convolutions (plain) or residual blocks per encoder stage: full resolution first} */
  public List<Integer> encoderBlocks() {
    return encoderBlocks;
  }

  /**
   * Convolutions (plain) or residual blocks per decoder stage, as nnU-Net counts decoder stages.
   *
   * @return lowest resolution first, one entry less than stages
   */
  public List<Integer> decoderBlocks() {
    return decoderBlocks;
  }

  /** {@return how the layers are made: strategies and options} */
  public UNetStyle style() {
    return style;
  }

  /** {@return whether convolutions have a bias: the plan's conv_bias} */
  public boolean convolutionBias() {
    return style.convolutionBias();
  }

  /** {@return the normalization of each convolution: the strategy} */
  public Normalization normalization() {
    return style.normalization();
  }

  /** {@return the activation of each convolution: the strategy} */
  public Nonlinearity nonlinearity() {
    return style.nonlinearity();
  }

  /** {@return whether the nonlinearity stands before the normalization: the plan's nonlin_first} */
  public boolean nonlinearityFirst() {
    return style.nonlinearityFirst();
  }

  /**
   * The number of stages.
   *
   * @return at least 1; a network of one stage can be planned but not built
   */
  public int stages() {
    return features.size();
  }

  /** {@return the number of spatial axes: 2 or 3} */
  public int rank() {
    return kernels.get(0).size();
  }

  @Override
  public Block build(int inputs, int outputs, boolean deepSupervision) {
    Checks.argument(
        stages() >= 2,
        "a U-Net of one stage has no decoder and so no output: the images are too small to pool");
    return new UNetBlock(this, inputs, outputs, deepSupervision);
  }

  @Override
  public List<Integer> divisor() {
    return UNetRules.reductions(this).get(stages() - 1);
  }

  /** One per decoder stage; all ones if the heads are interpolated to full resolution. */
  @Override
  public List<List<Integer>> scales() {
    List<List<Integer>> outputs = UNetRules.reductions(this).subList(0, stages() - 1);
    return style.decoder().heads() == Decoder.Heads.UPSCALED
        ? outputs.stream().map(scale -> outputs.get(0)).toList()
        : List.copyOf(outputs);
  }

  /**
   * {@inheritDoc} The networks of nnU-Net v1 count their input, too ({@code
   * compute_approx_vram_consumption}).
   */
  @Override
  public long featureMapValues(Extent patch, int inputs, int outputs) {
    return FeatureMaps.values(this, patch, inputs, outputs);
  }

  private List<Object> all() {
    return List.of(encoder, features, kernels, strides, encoderBlocks, decoderBlocks, style);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UNet that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return UNetText.of(this);
  }

  /** Collects the parts of a U-Net. */
  public static final class Builder {
    private Encoder encoder = Encoder.PLAIN;
    private List<Integer> features = List.of();
    private List<List<Integer>> kernels = List.of();
    private List<List<Integer>> strides = List.of();
    private List<Integer> encoderBlocks = List.of();
    private List<Integer> decoderBlocks = List.of();
    private UNetStyle style = UNetStyle.standard();

    private Builder() {}

    /**
     * Sets the kind of encoder.
     *
     * @param value plain or residual
     * @return this builder
     */
    public Builder encoder(Encoder value) {
      encoder = value;
      return this;
    }

    /**
     * Sets the channels per stage.
     *
     * @param perStage full resolution first
     * @return this builder
     */
    public Builder features(List<Integer> perStage) {
      features = perStage;
      return this;
    }

    /**
     * Sets the channels per stage.
     *
     * @param perStage full resolution first
     * @return this builder
     */
    public Builder features(int... perStage) {
      return features(Arrays.stream(perStage).boxed().toList());
    }

    /**
     * Sets the kernels.
     *
     * @param perStage odd sizes per axis
     * @return this builder
     */
    public Builder kernels(List<List<Integer>> perStage) {
      kernels = perStage;
      return this;
    }

    /**
     * Sets the strides.
     *
     * @param perStage per axis
     * @return this builder
     */
    public Builder strides(List<List<Integer>> perStage) {
      strides = perStage;
      return this;
    }

    /**
     * Sets the same number of blocks for all stages; call after {@link #features(List)}.
     *
     * @param perEncoderStage at least 1
     * @param perDecoderStage at least 1
     * @return this builder
     */
    public Builder blocks(int perEncoderStage, int perDecoderStage) {
      encoderBlocks = Collections.nCopies(features.size(), perEncoderStage);
      decoderBlocks = Collections.nCopies(Math.max(0, features.size() - 1), perDecoderStage);
      return this;
    }

    /**
     * Sets the blocks of the encoder.
     *
     * @param perStage full resolution first
     * @return this builder
     */
    public Builder encoderBlocks(List<Integer> perStage) {
      encoderBlocks = perStage;
      return this;
    }

    /**
     * Sets the blocks of the decoder.
     *
     * @param perStage lowest resolution first, one less than stages
     * @return this builder
     */
    public Builder decoderBlocks(List<Integer> perStage) {
      decoderBlocks = perStage;
      return this;
    }

    /**
     * Sets how all layers are made.
     *
     * @param value {@link UNetStyle#standard()} by default
     * @return this builder
     */
    public Builder style(UNetStyle value) {
      style = value;
      return this;
    }

    /**
     * Changes how layers are made.
     *
     * @param change from the present style to another, such as {@code s -> s.withDropout(0.2)}
     * @return this builder
     */
    public Builder style(UnaryOperator<UNetStyle> change) {
      return style(change.apply(style));
    }

    /**
     * Sets whether convolutions have a bias.
     *
     * @param value true by default
     * @return this builder
     */
    public Builder convolutionBias(boolean value) {
      return style(style.withConvolutionBias(value));
    }

    /**
     * Sets the normalization.
     *
     * @param value instance by default
     * @return this builder
     */
    public Builder normalization(Normalization value) {
      return style(style.withNormalization(value));
    }

    /**
     * Sets the nonlinearity.
     *
     * @param value leaky ReLU by default
     * @return this builder
     */
    public Builder nonlinearity(Nonlinearity value) {
      return style(style.withNonlinearity(value));
    }

    /**
     * Sets whether the nonlinearity stands before the normalization.
     *
     * @param value false by default
     * @return this builder
     */
    public Builder nonlinearityFirst(boolean value) {
      return style(style.withNonlinearityFirst(value));
    }

    /**
     * The network.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if lengths, ranks or sizes do not fit together
     */
    public UNet build() {
      return new UNet(this);
    }
  }
}
