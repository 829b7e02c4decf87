package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The initial patches of nnU-Net. */
public final class InitialPatchRules {
  private static final double VOXELS_3D = 256.0 * 256 * 256;
  private static final double VOXELS_2D = 2048.0 * 2048;

  private InitialPatchRules() {}

  /**
   * nnU-Net v2's: as far along every axis, with the voxels of 256x256x256 or 2048x2048: {@code
   * round(1/s * (voxels / prod(1/s))^(1/rank))}.
   *
   * @return the rule
   */
  public static InitialPatchRule sameVolume() {
    return new SameVolume();
  }

  /**
   * nnU-Net v1's: as far along every axis, with this many voxels along the axis of the largest
   * spacing: {@code round(1/s / min(1/s) * edge)}.
   *
   * @param edge voxels, 512 in nnU-Net v1
   * @return the rule
   */
  public static InitialPatchRule shortestEdge(int edge) {
    return new ShortestEdge(edge);
  }

  /**
   * The median case itself, whatever the spacing: nnU-Net v1 in two dimensions and in {@code
   * ExperimentPlanner3D_IsoPatchesInVoxels}.
   *
   * @return the rule
   */
  public static InitialPatchRule medianCase() {
    return new MedianCase();
  }

  private static double[] inverse(Spacing spacing) {
    return Arrays.stream(spacing.toArray()).map(s -> 1 / s).toArray();
  }

  private static List<Double> clipped(
      double[] inverse, DoubleUnaryOperator scale, List<Double> median) {
    return IntStream.range(0, inverse.length)
        .mapToObj(a -> Math.min(Math.rint(scale.applyAsDouble(inverse[a])), median.get(a)))
        .toList();
  }

  private record SameVolume() implements InitialPatchRule {
    @Override
    public List<Double> start(Spacing spacing, List<Double> median) {
      double[] inverse = inverse(spacing);
      double product = 1;
      for (double value : inverse) {
        product *= value;
      }
      double voxels = inverse.length == 3 ? VOXELS_3D : VOXELS_2D;
      double scale = Math.pow(voxels / product, 1.0 / inverse.length);
      return clipped(inverse, value -> value * scale, median);
    }
  }

  private record ShortestEdge(int edge) implements InitialPatchRule {
    /** Divides by the mean first, as the reference does: only so the last digits agree. */
    @Override
    public List<Double> start(Spacing spacing, List<Double> median) {
      double[] inverse = inverse(spacing);
      double sum = 0;
      for (double value : inverse) {
        sum += value;
      }
      double mean = sum / inverse.length;
      double smallest = Arrays.stream(inverse).map(value -> value / mean).min().orElseThrow();
      double scale = 1 / smallest * edge;
      return clipped(inverse, value -> value / mean * scale, median);
    }
  }

  private record MedianCase() implements InitialPatchRule {
    @Override
    public List<Double> start(Spacing spacing, List<Double> median) {
      return median;
    }
  }
}
