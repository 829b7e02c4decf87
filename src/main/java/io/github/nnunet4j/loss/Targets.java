package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Optional;

/** Makes {@link Target}s: from label maps as a data set has them, or from engine arrays. */
public final class Targets {
  private Targets() {}

  /**
   * The target of a batch of patches on one scale. Label -1, which stands for outside of the image,
   * is background; voxels of the ignore label are masked. There is a mask if and only if the labels
   * declare an ignore label.
   *
   * @param manager will own the arrays
   * @param labels what the numbers mean
   * @param samples one label map per sample, row-major, as many voxels as the extent; not kept
   * @param extent (z, y, x) or (y, x)
   * @return classes (batch, 1, [z,] y, x) or regions (batch, regions, [z,] y, x)
   * @throws io.github.nnunet4j.error.DatasetException if a voxel has a label that is not declared
   * @throws IllegalArgumentException if there is no sample, a sample has another number of voxels,
   *     or the batch is too large for one array
   */
  public static Target of(NDManager manager, Labels labels, List<short[]> samples, Extent extent) {
    requireSamples(samples, extent);
    TargetArrays arrays = new TargetArrays(manager, samples, extent, new LabelTable(labels));
    Optional<NDArray> mask =
        labels.ignore().isPresent() ? Optional.of(arrays.mask()) : Optional.empty();
    return labels.hasRegions()
        ? new ChannelTarget(arrays.regions(), mask, ChannelTarget.Kind.REGIONS)
        : new LabelTarget(arrays.labels(), mask, labels.heads());
  }

  /**
   * The soft target of a batch of patches on a coarse scale, for soft deep supervision: the share
   * of each class or region among the voxels of a window that count (nnU-Net v1 {@code
   * nnUNetTrainerV2_softDeepSupervision}). Windows tile the patch from its first voxel on; those of
   * the reference start (window - 1) / 2 before it, which shifts them against the grid of the
   * network. A window without a voxel that counts is masked.
   *
   * @param manager will own the arrays
   * @param labels what the numbers mean
   * @param samples one label map per sample at full resolution, row-major; not kept
   * @param extent of the label maps, (z, y, x) or (y, x)
   * @param window voxels per axis of the extent that make one voxel of the target, positive
   * @return soft classes or regions (batch, channels, [z,] y, x)
   * @throws io.github.nnunet4j.error.DatasetException if a voxel has a label that is not declared
   * @throws IllegalArgumentException if there is no sample, a sample has another number of voxels,
   *     or the window does not fit the extent
   */
  public static Target averaged(
      NDManager manager,
      Labels labels,
      List<short[]> samples,
      Extent extent,
      List<Integer> window) {
    requireSamples(samples, extent);
    SoftPooling pooling = new SoftPooling(extent, window, false);
    LabelTable table = new LabelTable(labels);
    SoftArrays arrays = new SoftArrays(manager, samples, pooling, table);
    Optional<NDArray> mask =
        labels.ignore().isPresent() ? Optional.of(arrays.mask()) : Optional.empty();
    boolean regions = labels.hasRegions();
    return new ChannelTarget(
        arrays.channels(table.members(regions)),
        mask,
        regions ? ChannelTarget.Kind.REGIONS : ChannelTarget.Kind.SOFT_CLASSES);
  }

  private static void requireSamples(List<short[]> samples, Extent extent) {
    Checks.argument(!samples.isEmpty(), "a batch has at least one sample");
    for (short[] sample : samples) {
      Checks.argument(sample.length == extent.voxels(), "%d voxels for %s", sample.length, extent);
    }
  }

  /**
   * A target of labels.
   *
   * @param labels (batch, 1, [z,] y, x), int64, 0 to classes - 1
   * @param classes number of classes
   * @return the target, which uses the array as it is
   * @throws IllegalArgumentException on another type or shape
   */
  public static Target ofLabels(NDArray labels, int classes) {
    Checks.argument(
        labels.getDataType() == DataType.INT64, "labels are int64, not %s", labels.getDataType());
    checkOneChannel(labels, "labels");
    return new LabelTarget(labels, Optional.empty(), Checks.positive(classes, "classes"));
  }

  /**
   * A target of classes given as one-hot channels or as probabilities. Its labels, for
   * cross-entropy, are the most probable classes.
   *
   * @param channels (batch, classes, [z,] y, x), float32
   * @return the target, which uses the array as it is
   */
  public static Target ofClasses(NDArray channels) {
    checkChannels(channels);
    return new ChannelTarget(channels, Optional.empty(), ChannelTarget.Kind.CLASSES);
  }

  /**
   * A target of soft classes: shares that add up to 1 in every voxel. Cross-entropy takes the
   * shares, losses of labels the largest of them.
   *
   * @param channels (batch, classes, [z,] y, x), float32, 0 to 1
   * @return the target, which uses the array as it is
   */
  public static Target ofShares(NDArray channels) {
    checkChannels(channels);
    return new ChannelTarget(channels, Optional.empty(), ChannelTarget.Kind.SOFT_CLASSES);
  }

  /**
   * A target of regions.
   *
   * @param channels (batch, regions, [z,] y, x), float32, 0 or 1
   * @return the target, which uses the array as it is
   */
  public static Target ofRegions(NDArray channels) {
    checkChannels(channels);
    return new ChannelTarget(channels, Optional.empty(), ChannelTarget.Kind.REGIONS);
  }

  /**
   * The same target with voxels that do not count.
   *
   * @param target any
   * @param mask (batch, 1, [z,] y, x), float32, 1 where a voxel counts, 0 where it is ignored; its
   *     labels there must still be valid
   * @return a target that uses the mask as it is, instead of the target's own
   */
  public static Target masked(Target target, NDArray mask) {
    checkOneChannel(mask, "a mask");
    return new MaskedTarget(target, mask);
  }

  private static void checkChannels(NDArray channels) {
    Checks.argument(
        channels.getDataType() == DataType.FLOAT32,
        "channels are float32, not %s",
        channels.getDataType());
    Checks.argument(
        channels.getShape().dimension() >= 3,
        "channels are (batch, channels, [z,] y, x), not %s",
        channels.getShape());
  }

  private static void checkOneChannel(NDArray array, String what) {
    Shape shape = array.getShape();
    Checks.argument(
        shape.dimension() >= 3 && shape.get(1) == 1,
        "%s have the shape (batch, 1, [z,] y, x), not %s",
        what,
        shape);
  }

  private record MaskedTarget(Target target, NDArray counted) implements Target {
    @Override
    public NDArray labels() {
      return target.labels();
    }

    @Override
    public NDArray oneHot() {
      return target.oneHot();
    }

    @Override
    public boolean exclusive() {
      return target.exclusive();
    }

    @Override
    public Optional<NDArray> members() {
      return target.members();
    }

    @Override
    public Optional<NDArray> mask() {
      return Optional.of(counted);
    }

    @Override
    public int classes() {
      return target.classes();
    }

    @Override
    public boolean regions() {
      return target.regions();
    }

    @Override
    public boolean soft() {
      return target.soft();
    }
  }
}
