package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import java.util.Arrays;

/**
 * What N4 works on, checked.
 *
 * @param settings of the correction
 * @param channel one channel of finite voxels
 * @param mask of the same extent, not empty
 */
record N4Input(N4BiasField settings, Volume channel, Mask mask) {
  private static final String PLACE = "bias field correction";
  private static final int SMALL_AXIS = 32;
  private static final long MOST_POINTS = 1L << 27;

  static N4Input of(N4BiasField settings, Volume channel, Mask mask) {
    Extent extent = channel.grid().extent();
    if (channel.channels() != 1) {
      throw refuse(
          "one channel", channel.channels() + " channels", "Correct each channel by itself.");
    }
    if (!mask.grid().extent().equals(extent)) {
      throw refuse(
          "a mask of the image's extent " + extent,
          mask.grid().extent().toString(),
          "Make the mask on the voxels of the image.");
    }
    channel
        .notFinite(0)
        .ifPresent(
            problem -> {
              throw new PreprocessException(problem.within(PLACE));
            });
    requirePositive(channel.unsafeArray(0), mask.unsafeArray());
    N4Input input = new N4Input(settings, channel, mask);
    input.requireModestLattice();
    return input;
  }

  private static void requirePositive(float[] voxels, boolean[] inside) {
    int masked = 0;
    for (int i = 0; i < inside.length; i++) {
      if (inside[i]) {
        masked++;
        if (voxels[i] > 0) {
          return;
        }
      }
    }
    throw masked == 0
        ? refuse(
            "a mask with voxels",
            "an empty one",
            "Give the voxels that hold tissue, or choose another foreground rule.")
        : refuse(
            "positive intensities in the mask",
            masked + " voxels that are 0 or negative",
            "Logarithms need positive intensities: shift the image, or mask its tissue.");
  }

  private void requireModestLattice() {
    Extent extent = channel.grid().extent();
    long[] size = finest(extent);
    long product = 1;
    for (int axis = 0; axis < size.length; axis++) {
      long most = most(extent.get(axis));
      product *= size[axis];
      long rows = (long) extent.get(0) * extent.get(1) * size[2];
      if (size[axis] > most || product > MOST_POINTS || rows > MOST_POINTS) {
        throw refuse(
            "at most "
                + most
                + " control points on an axis of "
                + extent.get(axis)
                + " voxels and "
                + MOST_POINTS
                + " of the whole image on the finest level",
            size[axis] + " or more on axis " + axis + " (of z, y, x)",
            "Set fewer fitting levels (maximumIterations) or fewer control points.");
      }
    }
  }

  private static long most(int voxels) {
    return SMALL_AXIS + 2L * voxels;
  }

  /** Control points of the finest level; no longer doubled where they are too many already. */
  private long[] finest(Extent extent) {
    int[] orders = orders(extent);
    long[] size = Arrays.stream(size(extent)).asLongStream().toArray();
    for (int level = 1; level < settings.maximumIterations().size(); level++) {
      for (int axis = 0; axis < size.length; axis++) {
        if (orders[axis] > 0 && size[axis] <= most(extent.get(axis))) {
          size[axis] = 2 * size[axis] - orders[axis];
        }
      }
    }
    return size;
  }

  private int[] orders(Extent extent) {
    int[] orders = new int[extent.rank()];
    Arrays.setAll(orders, a -> extent.get(a) == 1 ? 0 : settings.splineOrder());
    return orders;
  }

  private int[] size(Extent extent) {
    int[] size = new int[extent.rank()];
    Arrays.setAll(size, a -> extent.get(a) == 1 ? 1 : settings.controlPoints().get(a));
    return size;
  }

  BiasField estimate(int threads) {
    Extent extent = channel.grid().extent();
    int[][] sampled = new int[extent.rank()][];
    long[] finest = finest(extent);
    Arrays.setAll(
        sampled,
        a -> sampled(extent.get(a), settings.shrinkFactors().get(a), Math.toIntExact(finest[a])));
    MaskedSamples samples =
        MaskedSamples.of(channel.unsafeArray(0), mask.unsafeArray(), extent, sampled, threads);
    if (samples.count() == 0) {
      throw refuse(
          "positive voxels of the mask among those that a shrink factor of "
              + settings.shrinkFactors()
              + " leaves",
          "none",
          "Set a smaller shrink factor.");
    }
    BSplineLattice lattice = BSplineLattice.zero(size(extent), orders(extent));
    return new N4Estimation(settings, extent, samples, lattice, threads).run();
  }

  /**
   * The voxels that ITK's shrink filter takes, as many as fit, centred; but at least as many as
   * there are control points.
   */
  private static int[] sampled(int voxels, int shrink, int controlPoints) {
    int factor = Math.min(shrink, Math.max(1, voxels / controlPoints));
    int[] out = new int[voxels / factor];
    double offset = (voxels - 1) / 2.0 - factor * (out.length - 1) / 2.0;
    int first = (int) Math.floor(offset + 0.5);
    Arrays.setAll(out, i -> first + i * factor);
    return out;
  }

  private static PreprocessException refuse(String expected, String found, String next) {
    return new PreprocessException(new Problem(PLACE, expected, found, next));
  }
}
