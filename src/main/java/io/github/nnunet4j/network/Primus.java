package io.github.nnunet4j.network;

import ai.djl.nn.Block;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.List;

/**
 * Primus, the vision transformer of nnU-Net v2 for three dimensions (Wald et al., arXiv 2503.01835;
 * an EVA-02 encoder): tokens of 8x8x8 voxels, positions learned and rotated into queries and keys,
 * and a decoder of transposed convolutions. It has no deep supervision.
 *
 * <p>Other extents than those of the patch take positions that are interpolated; the reference
 * refuses them.
 *
 * @param size width, depth and heads
 * @param embedding what turns voxels into tokens
 * @param patch what it is trained on: three multiples of 8
 * @param dropPath probability that a training sample skips half of a block, growing from 0 in the
 *     first to this in the last
 */
public record Primus(Size size, Embedding embedding, Extent patch, double dropPath)
    implements NetworkTopology {
  /** The edge of a token in voxels. */
  static final int TOKEN = 8;

  /**
   * How large it is.
   *
   * @param width numbers per token
   * @param depth number of blocks
   * @param heads of the attention; each has width / heads numbers, a multiple of 6
   */
  public record Size(int width, int depth, int heads) {
    /** Checks the numbers. */
    public Size {
      Checks.positive(depth, "depth");
      Checks.positive(heads, "heads");
      Checks.argument(
          width > 0 && width % (6 * heads) == 0,
          "a width of %d does not give each of %d heads a multiple of 6 numbers",
          width,
          heads);
    }

    /**
     * Primus-S.
     *
     * @return width 396, 12 blocks, 6 heads
     */
    public static Size small() {
      return new Size(396, 12, 6);
    }

    /**
     * Primus-B.
     *
     * @return width 792, 12 blocks, 12 heads
     */
    public static Size base() {
      return new Size(792, 12, 12);
    }

    /**
     * Primus-M.
     *
     * @return width 864, 16 blocks, 12 heads
     */
    public static Size medium() {
      return new Size(864, 16, 12);
    }

    /**
     * Primus-L.
     *
     * @return width 1056, 24 blocks, 16 heads
     */
    public static Size large() {
      return new Size(1056, 24, 16);
    }

    /** The width between the layers of a block's second half. */
    int hidden() {
      return (int) (width * (4 * 2 / 3.0));
    }
  }

  /** What turns voxels into tokens. */
  public enum Embedding {
    /** One convolution: Primus. */
    PATCHES,
    /** Residual blocks that halve three times: {@code PrimusV2}. */
    RESIDUAL,
    /** Wider ones, each of which also goes to the tokens directly: {@code PrimusV3}. */
    RESIDUAL_SKIPS
  }

  /** Checks patch and probability. */
  public Primus {
    Checks.argument(patch.rank() == 3, "Primus has three dimensions, not the %s of a patch", patch);
    for (int axis : patch.toArray()) {
      Checks.argument(axis % TOKEN == 0, "Primus needs multiples of %d, not %s", TOKEN, patch);
    }
    Checks.argument(
        dropPath >= 0 && dropPath < 1, "drop path must lie within 0 and 1, was %s", dropPath);
  }

  /**
   * A Primus as nnU-Net v2's trainers build it.
   *
   * @param size how large
   * @param patch what it is trained on: three multiples of 8
   * @return with a drop path of 0.2
   */
  public static Primus of(Size size, Extent patch) {
    return new Primus(size, Embedding.PATCHES, patch, 0.2);
  }

  /**
   * This one with another embedding.
   *
   * @param value what turns voxels into tokens
   * @return a new topology
   */
  public Primus with(Embedding value) {
    return new Primus(size, value, patch, dropPath);
  }

  /**
   * Weights for another patch: the learned positions are interpolated linearly between the centres
   * of the tokens, as nnU-Net v2's {@code PretrainedTrainer} does it.
   *
   * @param weights of a Primus
   * @param from the patch that they were trained on: three multiples of 8
   * @param to the patch that they are to be used with: three multiples of 8
   * @return the same but for the positions
   * @throws io.github.nnunet4j.error.ModelException if the positions are not those of the patch
   */
  public static Weights resized(Weights weights, Extent from, Extent to) {
    return TokenPositions.resized(weights, from, to);
  }

  @Override
  public Block build(int inputs, int outputs, boolean deepSupervision) {
    return new PrimusBlock(this, inputs, outputs);
  }

  @Override
  public List<Integer> divisor() {
    return List.of(TOKEN, TOKEN, TOKEN);
  }

  @Override
  public List<List<Integer>> scales() {
    return List.of(List.of(1, 1, 1));
  }

  /** How many tokens an image has, per axis. */
  static Extent tokens(Extent image) {
    return Extent.of(3, a -> image.get(a) / TOKEN);
  }

  /** Channels after each transposed convolution, the logits last. */
  static List<Integer> decoderWidths(int width, int outputs) {
    int stages = 3;
    double reduction = Math.pow(width / (2.0 * outputs), 1.0 / stages);
    List<Integer> widths = new ArrayList<>();
    for (int i = 1; i < stages; i++) {
      double next = width / Math.pow(reduction, i);
      widths.add((int) Math.max(8, Math.rint((next + 1e-6) / 8) * 8));
    }
    widths.add(outputs);
    return widths;
  }

  /**
   * The values of tokens, attention and decoder for one sample. The reference has no such number;
   * this one counts what the U-Nets count, and normalizations do not.
   */
  @Override
  public long featureMapValues(Extent image, int inputs, int outputs) {
    long tokens = tokens(image).voxels();
    long block =
        Math.addExact(
            Math.multiplyExact(tokens, 6L * size.width() + 3L * size.hidden()),
            Math.multiplyExact(size.heads() * tokens, tokens));
    long sum = Math.addExact(tokens * size.width(), Math.multiplyExact(size.depth(), block));
    long positions = tokens;
    for (int width : decoderWidths(size.width(), outputs)) {
      positions = Math.multiplyExact(8, positions);
      sum = Math.addExact(sum, Math.multiplyExact(width, positions));
    }
    return sum;
  }
}
