package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The poolings of nnU-Net v1 and v2. */
public final class PoolingRules {
  private static final int MOST = 999_999;

  private PoolingRules() {}

  /**
   * nnU-Net v2's, feature maps of at least 4 voxels per axis; see {@link #standard(int, int)}.
   *
   * @return the rule
   */
  public static PoolingRule standard() {
    return standard(Pooling.SMALLEST_EDGE, MOST);
  }

  /**
   * nnU-Net v2's {@code get_pool_and_conv_props}. Of the axes that have twice the smallest edge,
   * those of less than twice the smallest spacing among them pool by 2; a single axis only if it
   * has three times the smallest edge. A kernel is 1 until its axis comes below twice the smallest
   * spacing, then 3 for ever; the lowest stage has 3 everywhere.
   *
   * <p>{@code get_pool_and_conv_props_v2} of nnU-Net v1 means the same but fails as soon as an axis
   * cannot pool any more, for it looks up its spacing in the list of those that can.
   *
   * @param smallestEdge of a feature map, voxels
   * @param mostPoolings along an axis
   * @return the rule
   */
  public static PoolingRule standard(int smallestEdge, int mostPoolings) {
    return new Standard(new Limits(smallestEdge, mostPoolings));
  }

  /**
   * nnU-Net v1's for spacings, feature maps of at least 4 voxels per axis; see {@link
   * #bySpacing(int, int)}.
   *
   * @return the rule
   */
  public static PoolingRule bySpacing() {
    return bySpacing(Pooling.SMALLEST_EDGE, MOST);
  }

  /**
   * nnU-Net v1's {@code get_pool_and_conv_props}. Axes of less than twice the smallest spacing of
   * all axes pool by 2 if they have twice the smallest edge. An axis that has the smallest spacing
   * but cannot pool any more therefore stops all coarser ones; nnU-Net v2 counts only those that
   * still can. Kernels of a stage are 3 along the largest group of axes within a factor of 2.
   *
   * @param smallestEdge of a feature map, voxels
   * @param mostPoolings along an axis
   * @return the rule
   */
  public static PoolingRule bySpacing(int smallestEdge, int mostPoolings) {
    return new BySpacing(new Limits(smallestEdge, mostPoolings));
  }

  /**
   * The oldest of nnU-Net v1, feature maps of at least 4 voxels per axis; see {@link #late(int,
   * int)}.
   *
   * @return the rule
   */
  public static PoolingRule late() {
    return late(Pooling.SMALLEST_EDGE, MOST);
  }

  /**
   * nnU-Net v1's {@code get_pool_and_conv_props_poolLateV2}, whatever the spacing: each axis pools
   * {@code floor(log2(patch / smallest edge))} times, in the last stages. Kernels are 1 along axes
   * of more than half the largest spacing until all are, then 3. An axis below the smallest edge
   * does not pool; the reference fails there.
   *
   * @param smallestEdge of a feature map, voxels
   * @param mostPoolings along an axis
   * @return the rule
   */
  public static PoolingRule late(int smallestEdge, int mostPoolings) {
    return new Late(new Limits(smallestEdge, mostPoolings));
  }

  /** Checked limits. */
  private record Limits(int smallestEdge, int mostPoolings) {
    Limits {
      Checks.positive(smallestEdge, "smallestEdge");
      Checks.notNegative(mostPoolings, "mostPoolings");
    }
  }

  /** All strides of 1 and 2 by rank and pooled axes, so that equal ones are the same. */
  private static final List<List<List<Integer>>> STRIDES = List.of(choices(2, 2), choices(3, 2));

  /** All kernels of 1 and 3. */
  private static final List<List<List<Integer>>> KERNELS = List.of(choices(2, 3), choices(3, 3));

  private static List<List<Integer>> choices(int rank, int value) {
    List<List<Integer>> all = new ArrayList<>();
    for (int bits = 0; bits < 1 << rank; bits++) {
      Integer[] axes = new Integer[rank];
      for (int a = 0; a < rank; a++) {
        axes[a] = (bits & (1 << a)) != 0 ? value : 1;
      }
      all.add(List.of(axes));
    }
    return List.copyOf(all);
  }

  /** Grid and poolings as a network gets deeper; a search asks thousands of times. */
  private static final class Depth {
    final int rank;
    final double[] spacing;
    final double[] size;
    final int[] poolings;
    private final List<List<Integer>> strides = new ArrayList<>();
    private final List<List<Integer>> kernels = new ArrayList<>();
    private final List<Double> patch;

    Depth(Spacing spacing, List<Double> patch) {
      rank = spacing.rank();
      this.spacing = spacing.toArray();
      this.patch = patch;
      size = new double[rank];
      for (int a = 0; a < rank; a++) {
        size[a] = patch.get(a);
      }
      poolings = new int[rank];
      strides.add(STRIDES.get(rank - 2).get(0));
    }

    double smallestSpacing() {
      double smallest = spacing[0];
      for (double value : spacing) {
        smallest = Math.min(smallest, value);
      }
      return smallest;
    }

    void pool(boolean[] axes, int[] kernel) {
      int pooled = 0;
      int wide = 0;
      for (int a = 0; a < rank; a++) {
        wide |= kernel[a] == 3 ? 1 << a : 0;
        if (axes[a]) {
          pooled |= 1 << a;
          poolings[a]++;
          spacing[a] *= 2;
          size[a] = Math.ceil(size[a] / 2);
        }
      }
      strides.add(STRIDES.get(rank - 2).get(pooled));
      kernels.add(KERNELS.get(rank - 2).get(wide));
    }

    Pooling end() {
      kernels.add(KERNELS.get(rank - 2).get((1 << rank) - 1));
      return new Pooling(strides, kernels, Pooling.padded(patch, strides));
    }
  }

  private static int count(boolean[] axes) {
    int count = 0;
    for (boolean axis : axes) {
      count += axis ? 1 : 0;
    }
    return count;
  }

  private record Standard(Limits limits) implements PoolingRule {
    @Override
    public Pooling fit(Spacing spacing, List<Double> patch) {
      Depth depth = new Depth(spacing, patch);
      int[] kernel = new int[depth.rank];
      Arrays.fill(kernel, 1);
      for (boolean[] axes = poolable(depth); count(axes) > 0; axes = poolable(depth)) {
        double smallest = depth.smallestSpacing();
        for (int a = 0; a < depth.rank; a++) {
          if (depth.spacing[a] / smallest < 2) {
            kernel[a] = 3;
          }
        }
        depth.pool(axes, kernel);
      }
      return depth.end();
    }

    private boolean[] poolable(Depth depth) {
      double smallest = Double.POSITIVE_INFINITY;
      for (int a = 0; a < depth.rank; a++) {
        if (depth.size[a] >= 2 * limits.smallestEdge()) {
          smallest = Math.min(smallest, depth.spacing[a]);
        }
      }
      boolean[] axes = new boolean[depth.rank];
      int last = 0;
      for (int a = 0; a < depth.rank; a++) {
        axes[a] =
            depth.size[a] >= 2 * limits.smallestEdge()
                && depth.spacing[a] / smallest < 2
                && depth.poolings[a] < limits.mostPoolings();
        last = axes[a] ? a : last;
      }
      boolean alone = count(axes) == 1 && depth.size[last] < 3 * limits.smallestEdge();
      return alone ? new boolean[depth.rank] : axes;
    }
  }

  private record BySpacing(Limits limits) implements PoolingRule {
    @Override
    public Pooling fit(Spacing spacing, List<Double> patch) {
      Depth depth = new Depth(spacing, patch);
      for (boolean[] axes = poolable(depth); count(axes) > 0; axes = poolable(depth)) {
        boolean[] group = largestGroup(depth);
        int[] kernel = new int[depth.rank];
        for (int a = 0; a < depth.rank; a++) {
          kernel[a] = group[a] ? 3 : 1;
        }
        depth.pool(axes, kernel);
      }
      return depth.end();
    }

    private boolean[] poolable(Depth depth) {
      double smallest = depth.smallestSpacing();
      boolean[] axes = new boolean[depth.rank];
      for (int a = 0; a < depth.rank; a++) {
        axes[a] =
            depth.spacing[a] / smallest < 2
                && depth.size[a] >= 2 * limits.smallestEdge()
                && depth.poolings[a] < limits.mostPoolings();
      }
      return axes;
    }

    /** The first of the largest groups. */
    private static boolean[] largestGroup(Depth depth) {
      boolean[] largest = new boolean[depth.rank];
      for (double own : depth.spacing) {
        boolean[] group = new boolean[depth.rank];
        for (int b = 0; b < depth.rank; b++) {
          group[b] = depth.spacing[b] / own < 2 && own / depth.spacing[b] < 2;
        }
        largest = count(group) > count(largest) ? group : largest;
      }
      return largest;
    }
  }

  private record Late(Limits limits) implements PoolingRule {
    @Override
    public Pooling fit(Spacing spacing, List<Double> patch) {
      Depth depth = new Depth(spacing, patch);
      double reach = Arrays.stream(depth.spacing).max().orElseThrow();
      int[] poolings = Arrays.stream(depth.size).mapToInt(this::poolings).toArray();
      int deepest = Arrays.stream(poolings).max().orElseThrow();
      for (int stage = 0; stage < deepest; stage++) {
        boolean[] axes = new boolean[depth.rank];
        boolean[] reached = new boolean[depth.rank];
        for (int a = 0; a < depth.rank; a++) {
          reached[a] = depth.spacing[a] / reach > 0.5;
          axes[a] = poolings[a] + stage >= deepest;
        }
        boolean all = count(reached) == depth.rank;
        int[] kernel = new int[depth.rank];
        Arrays.setAll(kernel, a -> all || !reached[a] ? 3 : 1);
        depth.pool(axes, kernel);
      }
      return depth.end();
    }

    private int poolings(double size) {
      int poolings = 0;
      for (double edge = size / 2; edge >= limits.smallestEdge(); edge /= 2) {
        poolings++;
      }
      return Math.min(poolings, limits.mostPoolings());
    }
  }

  /** Kernels of one size. */
  record Alike(PoolingRule rule, int size) implements PoolingRule {
    @Override
    public Pooling fit(Spacing spacing, List<Double> patch) {
      Pooling pooling = rule.fit(spacing, patch);
      List<Integer> kernel = Collections.nCopies(spacing.rank(), size);
      return new Pooling(
          pooling.strides(), Collections.nCopies(pooling.stages(), kernel), pooling.patch());
    }
  }
}
