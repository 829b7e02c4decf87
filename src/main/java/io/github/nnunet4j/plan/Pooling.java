package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * How often and along which axes a network pools, from spacing and patch (nnU-Net v2 {@code
 * get_pool_and_conv_props}). Axes pool while their feature maps keep an edge of 4; axes of more
 * than twice the smallest spacing wait until the others have caught up, and have kernels of 1 until
 * then.
 *
 * @param strides per stage and axis, 1 or 2; the first stage does not pool
 * @param kernels per stage and axis, 1 or 3
 * @param patch the patch, padded to multiples of the divisor
 */
public record Pooling(List<List<Integer>> strides, List<List<Integer>> kernels, Extent patch) {
  /** The smallest edge of a feature map. */
  static final int SMALLEST_EDGE = 4;

  /** Copies the lists. */
  public Pooling {
    strides = strides.stream().map(List::copyOf).toList();
    kernels = kernels.stream().map(List::copyOf).toList();
  }

  /**
   * The pooling for a patch.
   *
   * @param spacing of the network grid, rank 2 or 3
   * @param patch wanted voxels per axis, need not be whole (medians end in .5)
   * @return the pooling
   */
  public static Pooling of(Spacing spacing, double... patch) {
    int rank = spacing.rank();
    double[] currentSpacing = spacing.toArray();
    double[] size = patch.clone();
    int[] kernel = new int[rank];
    Arrays.fill(kernel, 1);
    List<List<Integer>> strides = new ArrayList<>();
    List<List<Integer>> kernels = new ArrayList<>();
    strides.add(Collections.nCopies(rank, 1));
    for (List<Integer> axes = poolable(currentSpacing, size);
        !axes.isEmpty();
        axes = poolable(currentSpacing, size)) {
      double smallest = Arrays.stream(currentSpacing).min().orElseThrow();
      List<Integer> stride = new ArrayList<>();
      for (int a = 0; a < rank; a++) {
        if (currentSpacing[a] / smallest < 2) {
          kernel[a] = 3;
        }
        stride.add(axes.contains(a) ? 2 : 1);
      }
      for (int a : axes) {
        currentSpacing[a] *= 2;
        size[a] = Math.ceil(size[a] / 2);
      }
      strides.add(stride);
      kernels.add(Arrays.stream(kernel).boxed().toList());
    }
    kernels.add(Collections.nCopies(rank, 3));
    return new Pooling(strides, kernels, padded(patch, strides));
  }

  private static List<Integer> poolable(double[] spacing, double[] size) {
    List<Integer> axes = new ArrayList<>();
    double smallest = Double.POSITIVE_INFINITY;
    for (int a = 0; a < size.length; a++) {
      if (size[a] >= 2 * SMALLEST_EDGE) {
        axes.add(a);
        smallest = Math.min(smallest, spacing[a]);
      }
    }
    double bound = smallest;
    axes.removeIf(a -> spacing[a] / bound >= 2);
    if (axes.size() == 1 && size[axes.get(0)] < 3 * SMALLEST_EDGE) {
      axes.clear();
    }
    return axes;
  }

  private static Extent padded(double[] patch, List<List<Integer>> strides) {
    List<Integer> divisor = divisor(strides);
    return Extent.of(
        patch.length,
        a -> {
          double multiples = Math.ceil(patch[a] / divisor.get(a));
          if (!(multiples >= 1) || multiples * divisor.get(a) > Integer.MAX_VALUE) {
            throw new PlanException(
                new Problem(
                    "patch, axis " + a,
                    "1 to 2^31-1 voxels",
                    String.valueOf(patch[a]),
                    "Raise the memory target, or check the extents of the cases."));
          }
          return (int) (multiples * divisor.get(a));
        });
  }

  private static List<Integer> divisor(List<List<Integer>> strides) {
    int rank = strides.get(0).size();
    List<Integer> divisor = new ArrayList<>();
    for (int a = 0; a < rank; a++) {
      int product = 1;
      for (List<Integer> stride : strides) {
        product *= stride.get(a);
      }
      divisor.add(product);
    }
    return divisor;
  }

  /**
   * What the patch is a multiple of.
   *
   * @return per axis a power of two
   */
  public List<Integer> divisor() {
    return List.copyOf(divisor(strides));
  }

  /**
   * The number of stages.
   *
   * @return at least 1
   */
  public int stages() {
    return strides.size();
  }
}
