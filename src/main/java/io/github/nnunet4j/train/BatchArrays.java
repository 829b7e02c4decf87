package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.loss.Target;
import io.github.nnunet4j.loss.Targets;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The line on which the engine begins: batches become arrays. The image buffer is shared with the
 * engine and used again for the next batch, so an input dies with its step.
 */
final class BatchArrays {
  private final Labels labels;
  private final int rank;
  private final List<List<Double>> scales;
  private final List<List<Integer>> factors;
  private final boolean soft;
  private @Nullable ByteBuffer buffer;

  /**
   * Arrays of the patch's rank.
   *
   * @param factors down-sampling factors per output and axis
   * @param soft whether coarse targets are shares of classes
   */
  BatchArrays(Labels labels, int rank, List<List<Integer>> factors, boolean soft) {
    this.labels = labels;
    this.rank = rank;
    this.factors = List.copyOf(factors);
    this.soft = soft;
    scales = factors.stream().map(BatchArrays::fractions).toList();
  }

  private static List<Double> fractions(List<Integer> factors) {
    List<Double> fractions = new ArrayList<>();
    for (int axis = factors.size(); axis < 3; axis++) {
      fractions.add(1.0);
    }
    factors.forEach(factor -> fractions.add(1.0 / factor));
    return fractions;
  }

  private static Extent extent(Batch batch) {
    return batch.samples().get(0).image().grid().extent();
  }

  private Extent flat(Extent extent) {
    return rank == 3 ? extent : Extent.of(extent.get(1), extent.get(2));
  }

  /** The engine takes buffers below 2 GiB: for the images, the labels (int64) or the regions. */
  static void requireFits(int samples, int channels, Labels labels, Extent patch) {
    int target = labels.hasRegions() ? Float.BYTES * labels.heads() : Long.BYTES;
    double bytes = (double) samples * Math.max(channels * Float.BYTES, target);
    for (int axis = 0; axis < patch.rank(); axis++) {
      bytes *= patch.get(axis);
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new TrainingException(
          new Problem(
              "batch of " + samples + " patches " + patch + " with " + channels + " channels",
              "arrays of less than 2 GiB",
              Math.round(bytes) + " bytes",
              "Choose a smaller patch or batch."));
    }
  }

  /** The images (batch, channel, [z,] y, x), float32. */
  NDArray input(NDManager manager, Batch batch) {
    Extent extent = extent(batch);
    int channels = batch.samples().get(0).image().channels();
    requireFits(batch.samples().size(), channels, labels, extent);
    int numbers = Math.toIntExact(extent.voxels() * channels * batch.samples().size());
    ByteBuffer bytes = buffer(numbers * Float.BYTES);
    FloatBuffer floats = bytes.asFloatBuffer();
    for (Sample sample : batch.samples()) {
      Volume image = sample.image();
      for (int c = 0; c < channels; c++) {
        floats.put(image.unsafeArray(c));
      }
    }
    long[] shape = new long[2 + rank];
    shape[0] = batch.samples().size();
    shape[1] = channels;
    Extent spatial = flat(extent);
    for (int axis = 0; axis < rank; axis++) {
      shape[2 + axis] = spatial.get(axis);
    }
    return manager.create(bytes, new Shape(shape), DataType.FLOAT32);
  }

  private ByteBuffer buffer(int size) {
    ByteBuffer old = buffer;
    if (old == null || old.capacity() != size) {
      old = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
      buffer = old;
    }
    return old.clear();
  }

  /** One target per output, finest first. */
  List<Target> targets(NDManager manager, Batch batch) {
    return blame(batch, () -> soft ? softTargets(manager, batch) : hardTargets(manager, batch));
  }

  private List<Target> softTargets(NDManager manager, Batch batch) {
    List<short[]> samples =
        batch.samples().stream().map(sample -> sample.labels().unsafeArray()).toList();
    Extent extent = flat(extent(batch));
    return factors.stream()
        .map(
            window ->
                window.stream().allMatch(size -> size == 1)
                    ? Targets.of(manager, labels, samples, extent)
                    : Targets.averaged(manager, labels, samples, extent, window))
        .toList();
  }

  private List<Target> hardTargets(NDManager manager, Batch batch) {
    List<List<LabelMap>> pyramids = new ArrayList<>();
    for (Sample sample : batch.samples()) {
      pyramids.add(LabelPyramid.of(sample.labels(), scales));
    }
    List<Target> targets = new ArrayList<>();
    for (int s = 0; s < scales.size(); s++) {
      int scale = s;
      List<LabelMap> maps = pyramids.stream().map(pyramid -> pyramid.get(scale)).toList();
      Extent extent = flat(maps.get(0).grid().extent());
      List<short[]> samples = maps.stream().map(LabelMap::unsafeArray).toList();
      targets.add(Targets.of(manager, labels, samples, extent));
    }
    return targets;
  }

  private static List<Target> blame(Batch batch, Supplier<List<Target>> action) {
    try {
      return action.get();
    } catch (NnUNetException e) {
      String where = "batch of the cases " + batch.caseIds();
      throw new TrainingException(e.within(where), e);
    }
  }
}
