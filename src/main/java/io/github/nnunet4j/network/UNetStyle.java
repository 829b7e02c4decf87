package io.github.nnunet4j.network;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How the layers of a U-Net are made, whatever its extents; immutable. {@link #standard()} is
 * nnU-Net v2's; each {@code with} changes one choice.
 */
public final class UNetStyle {
  private final Choices choices;

  /** What the network is called in the reference: the names and the order of its parameters. */
  public enum Naming {
    /** The U-Nets of nnU-Net v2 (dynamic-network-architectures). */
    V2,
    /** nnU-Net v1's {@code Generic_UNet}; for plain encoders. */
    V1_GENERIC,
    /** nnU-Net v1's {@code FabiansUNet}; for residual encoders. */
    V1_RESIDUAL
  }

  /** How an encoder stage gets smaller than the one before. */
  public enum Downsampling {
    /** The first convolution has a stride. */
    STRIDED,
    /** Pooling by the largest value before the stage. */
    MAX,
    /** Pooling by the mean before the stage. */
    MEAN
  }

  private static final class Choices {
    private boolean bias = true;
    private Normalization normalization = Normalizations.instance();
    private Nonlinearity nonlinearity = Nonlinearities.leakyRelu();
    private boolean nonlinearityFirst;
    private double dropout;
    private Downsampling downsampling = Downsampling.STRIDED;
    private Stem stem = Stem.standard();
    private ResidualBlocks residual = ResidualBlocks.basic();
    private Decoder decoder = Decoder.plain();
    private Initialization initialization = Initializations.he();
    private Naming naming = Naming.V2;

    private List<Object> all() {
      return List.of(
          List.of(bias, normalization, nonlinearity, nonlinearityFirst, dropout, downsampling),
          List.of(stem, residual, decoder, initialization, naming));
    }
  }

  private UNetStyle(Choices choices) {
    this.choices = choices;
  }

  private UNetStyle with(Consumer<Choices> change) {
    Choices copy = new Choices();
    copy.bias = choices.bias;
    copy.normalization = choices.normalization;
    copy.nonlinearity = choices.nonlinearity;
    copy.nonlinearityFirst = choices.nonlinearityFirst;
    copy.dropout = choices.dropout;
    copy.downsampling = choices.downsampling;
    copy.stem = choices.stem;
    copy.residual = choices.residual;
    copy.decoder = choices.decoder;
    copy.initialization = choices.initialization;
    copy.naming = choices.naming;
    change.accept(copy);
    return new UNetStyle(copy);
  }

  /**
   * nnU-Net v2's: biases, instance normalization, leaky ReLU, no dropout, strided convolutions,
   * basic residual blocks.
   *
   * @return the style
   */
  public static UNetStyle standard() {
    return new UNetStyle(new Choices());
  }

  /**
   * That of nnU-Net v1's {@code Generic_UNet}.
   *
   * @return the style
   */
  public static UNetStyle generic() {
    return standard().withDecoder(Decoder.generic()).withNaming(Naming.V1_GENERIC);
  }

  /**
   * That of nnU-Net v1's {@code FabiansUNet}: no biases but in the heads, a stem of kernel 3 on
   * every axis, strides on the way around a block, no normalization that starts at 0.
   *
   * @param rank number of axes, 2 or 3
   * @return the style
   */
  public static UNetStyle fabians(int rank) {
    return standard()
        .withConvolutionBias(false)
        .withStem(new Stem(0, Collections.nCopies(rank, 3)))
        .withResidual(
            ResidualBlocks.basic().with(ResidualBlocks.Shortcut.STRIDED).withZeroLastNorm(false))
        .withNaming(Naming.V1_RESIDUAL);
  }

  /** {@return whether convolutions have a bias: the plan's conv_bias} */
  public boolean convolutionBias() {
    return choices.bias;
  }

  /** {@return the normalization of each convolution: the strategy} */
  public Normalization normalization() {
    return choices.normalization;
  }

  /** {@return the activation of each convolution: the strategy} */
  public Nonlinearity nonlinearity() {
    return choices.nonlinearity;
  }

  /** {@return whether the nonlinearity stands before the normalization: the plan's nonlin_first} */
  public boolean nonlinearityFirst() {
    return choices.nonlinearityFirst;
  }

  /** {@return the probability that training drops a channel of a convolution: 0 to below 1} */
  public double dropout() {
    return choices.dropout;
  }

  /** {@return how encoder stages get smaller: strides or pooling} */
  public Downsampling downsampling() {
    return choices.downsampling;
  }

  /** {@return the convolution before a residual encoder: unused in a plain one} */
  public Stem stem() {
    return choices.stem;
  }

  /** {@return the residual blocks: unused in a plain encoder with a plain decoder} */
  public ResidualBlocks residual() {
    return choices.residual;
  }

  /** {@return the way up: and its heads} */
  public Decoder decoder() {
    return choices.decoder;
  }

  /** {@return the first values of weights: the strategy} */
  public Initialization initialization() {
    return choices.initialization;
  }

  /** {@return whose names the parameters have: and whose order} */
  public Naming naming() {
    return choices.naming;
  }

  /**
   * This style with or without biases in convolutions.
   *
   * @param value true by default
   * @return a new style
   */
  public UNetStyle withConvolutionBias(boolean value) {
    return with(c -> c.bias = value);
  }

  /**
   * This style with another normalization.
   *
   * @param value instance by default
   * @return a new style
   */
  public UNetStyle withNormalization(Normalization value) {
    return with(c -> c.normalization = value);
  }

  /**
   * This style with another nonlinearity.
   *
   * @param value leaky ReLU by default
   * @return a new style
   */
  public UNetStyle withNonlinearity(Nonlinearity value) {
    return with(c -> c.nonlinearity = value);
  }

  /**
   * This style with another order of normalization and nonlinearity.
   *
   * @param value whether the nonlinearity stands first, false by default
   * @return a new style
   */
  public UNetStyle withNonlinearityFirst(boolean value) {
    return with(c -> c.nonlinearityFirst = value);
  }

  /**
   * This style with dropout of whole channels behind convolutions, in residual blocks behind the
   * first (basic) or second (bottleneck).
   *
   * @param probability 0 to below 1, 0 by default
   * @return a new style
   * @throws IllegalArgumentException if it is outside
   */
  public UNetStyle withDropout(double probability) {
    Checks.argument(
        probability >= 0 && probability < 1,
        "dropout must lie within 0 and 1, below 1, was %s",
        probability);
    return with(c -> c.dropout = probability);
  }

  /**
   * This style with another way down.
   *
   * @param value strided by default
   * @return a new style
   */
  public UNetStyle withDownsampling(Downsampling value) {
    return with(c -> c.downsampling = value);
  }

  /**
   * This style with another stem.
   *
   * @param value as the first stage by default
   * @return a new style
   */
  public UNetStyle withStem(Stem value) {
    return with(c -> c.stem = value);
  }

  /**
   * This style with other residual blocks.
   *
   * @param value basic by default
   * @return a new style
   */
  public UNetStyle withResidual(ResidualBlocks value) {
    return with(c -> c.residual = value);
  }

  /**
   * This style with another way up.
   *
   * @param value plain by default
   * @return a new style
   */
  public UNetStyle withDecoder(Decoder value) {
    return with(c -> c.decoder = value);
  }

  /**
   * This style with other first values.
   *
   * @param value He's with slope 0.01 by default
   * @return a new style
   */
  public UNetStyle withInitialization(Initialization value) {
    return with(c -> c.initialization = value);
  }

  /**
   * This style with other names.
   *
   * @param value nnU-Net v2's by default
   * @return a new style
   */
  public UNetStyle withNaming(Naming value) {
    return with(c -> c.naming = value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UNetStyle that && choices.all().equals(that.choices.all());
  }

  @Override
  public int hashCode() {
    return choices.all().hashCode();
  }

  /** Order and strategies of a convolution, then whatever is not nnU-Net v2's default. */
  @Override
  public String toString() {
    Choices c = choices;
    List<String> parts = new ArrayList<>(List.of(c.bias ? "bias" : "no bias"));
    List<String> layers = Arrays.asList(c.normalization.toString(), c.nonlinearity.toString());
    if (c.nonlinearityFirst) {
      Collections.reverse(layers);
    }
    parts.addAll(layers);
    if (c.dropout > 0) {
      parts.add("dropout " + c.dropout);
    }
    Choices standard = new Choices();
    addUnless(parts, c.downsampling, standard.downsampling, "downsampling ");
    addUnless(parts, c.stem, standard.stem, "");
    addUnless(parts, c.residual, standard.residual, "");
    addUnless(parts, c.decoder, standard.decoder, "");
    addUnless(parts, c.initialization, standard.initialization, "");
    addUnless(parts, c.naming, standard.naming, "names of ");
    return String.join(", ", parts);
  }

  private static void addUnless(List<String> parts, Object value, Object standard, String before) {
    if (!value.equals(standard)) {
      parts.add(before + value);
    }
  }
}
