package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often and along which axes a network pools, as a {@link PoolingRule} decides from spacing and
 * patch.
 *
 * @param strides per stage and axis, usually 1 or 2; the first stage does not pool
 * @param kernels per stage and axis, odd
 * @param patch the patch, padded to multiples of the divisor
 */
public record Pooling(List<List<Integer>> strides, List<List<Integer>> kernels, Extent patch) {
  /** The smallest edge of a feature map. */
  static final int SMALLEST_EDGE = 4;

  /** Copies the lists. */
  public Pooling {
    strides = copy(strides);
    kernels = copy(kernels);
  }

  private static List<List<Integer>> copy(List<List<Integer>> lists) {
    List<List<Integer>> copy = new ArrayList<>(lists.size());
    for (List<Integer> list : lists) {
      copy.add(List.copyOf(list));
    }
    return List.copyOf(copy);
  }

  /**
   * The pooling for a patch by {@link PoolingRules#standard()}.
   *
   * @param spacing of the network grid, rank 2 or 3
   * @param patch wanted voxels per axis, need not be whole (medians end in .5)
   * @return the pooling
   */
  public static Pooling of(Spacing spacing, double... patch) {
    return PoolingRules.standard().fit(spacing, Arrays.stream(patch).boxed().toList());
  }

  /**
   * A patch that is large enough and can be pooled, for a rule of one's own.
   *
   * @param patch wanted voxels per axis, need not be whole
   * @param strides per stage and axis
   * @return the next multiples of the product of the strides
   * @throws PlanException if an axis has no voxels, or more than 2^31-1
   */
  public static Extent padded(List<Double> patch, List<List<Integer>> strides) {
    return Extent.of(
        patch.size(),
        a -> {
          int divisor = divisor(strides, a);
          double multiples = Math.ceil(patch.get(a) / divisor);
          if (!(multiples >= 1) || multiples * divisor > Integer.MAX_VALUE) {
            throw new PlanException(
                new Problem(
                    "patch, axis " + a,
                    "1 to 2^31-1 voxels",
                    String.valueOf(patch.get(a)),
                    "Raise the memory target, or check the extents of the cases."));
          }
          return (int) (multiples * divisor);
        });
  }

  private static int divisor(List<List<Integer>> strides, int axis) {
    int product = 1;
    for (List<Integer> stride : strides) {
      product *= stride.get(axis);
    }
    return product;
  }

  /** What an axis of the patch is a multiple of. */
  int divisor(int axis) {
    return divisor(strides, axis);
  }

  /**
   * What the patch is a multiple of.
   *
   * @return per axis the product of the strides
   */
  public List<Integer> divisor() {
    return IntStream.range(0, patch.rank()).mapToObj(this::divisor).toList();
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
