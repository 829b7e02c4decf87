package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.ChannelSpline;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Coordinates;
import io.github.nnunet4j.internal.SplineAxis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Imitates a coarse image: shrinks channels to the nearest voxels and enlarges them (nnU-Net {@code
 * SimulateLowResolutionTransform}), linearly in v2; in v1 by cubic splines, clipped to the range of
 * the small image. The small size is n * scale, rounded half to even, at least 1. The parameters
 * are the scales (z, y, x) by channel.
 *
 * @param scale distribution of the scale, above 0, at most 1
 * @param channelProbability of each channel to be changed
 * @param sharedAxes true to draw one scale for all axes of a channel
 * @param fixedAxes axes (0 = z, 1 = y, 2 = x) that keep their resolution
 * @param edition how channels are enlarged
 */
public record LowResolution(
    Draw scale,
    double channelProbability,
    boolean sharedAxes,
    Set<Integer> fixedAxes,
    Edition edition)
    implements ParametricAugmentation<Map<Integer, List<Double>>> {
  /** Checks the ranges. */
  public LowResolution {
    Checks.probability(channelProbability, "probability per channel");
    fixedAxes = Collections.unmodifiableSet(new TreeSet<>(fixedAxes));
    Checks.argument(Set.of(0, 1, 2).containsAll(fixedAxes), "axes are 0 to 2, not %s", fixedAxes);
  }

  /**
   * As nnU-Net v2 does it.
   *
   * @param scale distribution of the scale, above 0, at most 1
   * @param channelProbability of each channel to be changed
   * @param sharedAxes true to draw one scale for all axes of a channel
   * @param fixedAxes axes (0 = z, 1 = y, 2 = x) that keep their resolution
   */
  public LowResolution(
      Draw scale, double channelProbability, boolean sharedAxes, Set<Integer> fixedAxes) {
    this(scale, channelProbability, sharedAxes, fixedAxes, Edition.V2);
  }

  @Override
  public Map<Integer, List<Double>> draw(int channels, RandomGenerator random) {
    return Channels.draw(channels, channelProbability, random, () -> scales(random));
  }

  private List<Double> scales(RandomGenerator random) {
    List<Double> scales = new ArrayList<>();
    double first = scale.draw(random);
    for (int axis = 0; axis < 3; axis++) {
      double drawn = axis == 0 || sharedAxes ? first : scale.draw(random);
      scales.add(fixedAxes.contains(axis) ? 1 : drawn);
    }
    return List.copyOf(scales);
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, List<Double>> scales) {
    scales.forEach(
        (channel, byAxis) -> {
          Checks.argument(byAxis.size() == 3, "3 scales are needed, not %s", byAxis);
          float[] from = buffer.read(Channels.require(channel, buffer));
          if (edition == Edition.V1) {
            buffer.put(channel, splined(buffer.extent(), byAxis, from));
          } else {
            float[] to = buffer.scratch();
            new Coarse(buffer.extent(), byAxis).run(from, to);
            buffer.put(channel, to);
          }
        });
  }

  private static int small(int n, double scale) {
    Checks.positive(scale, "scale");
    return (int) Math.max(1, Math.min(n, Math.rint(n * scale)));
  }

  /** Down to the nearest voxels and up by splines. */
  private static float[] splined(Extent extent, List<Double> scales, float[] from) {
    int[][] source = new int[3][];
    SplineAxis[] up = new SplineAxis[3];
    for (int axis = 0; axis < 3; axis++) {
      int n = extent.get(axis);
      int small = small(n, scales.get(axis));
      source[axis] = Coordinates.nearest(n, small);
      up[axis] = SplineAxis.of(small, n, 3);
    }
    float[] coarse = new float[source[0].length * source[1].length * source[2].length];
    int at = 0;
    for (int z : source[0]) {
      for (int y : source[1]) {
        int row = (z * extent.get(1) + y) * extent.get(2);
        for (int x : source[2]) {
          coarse[at++] = from[row + x];
        }
      }
    }
    return new ChannelSpline(up[0], up[1], up[2], false).resample(coarse, 1);
  }

  /**
   * One axis: for each voxel the two source voxels between which it lies, and the second's share.
   */
  private static final class Axis {
    final int[] first;
    final int[] second;
    final float[] share;

    Axis(int n, double scale) {
      int small = small(n, scale);
      float down = (float) n / small;
      float up = (float) small / n;
      first = new int[n];
      second = new int[n];
      share = new float[n];
      for (int i = 0; i < n; i++) {
        float at = Math.max(0, (i + 0.5f) * up - 0.5f);
        int low = Math.min((int) at, small - 1);
        first[i] = source(low, down, n);
        second[i] = source(Math.min(low + 1, small - 1), down, n);
        share[i] = at - low;
      }
    }

    private static int source(int small, float down, int n) {
      return Math.min(n - 1, (int) ((small + 0.5f) * down));
    }
  }

  /** Enlarges plane by plane; two enlarged planes are kept and blended along z. */
  private static final class Coarse {
    private final int ny;
    private final int nx;
    private final Axis az;
    private final Axis ay;
    private final Axis ax;
    private final float[] rowA;
    private final float[] rowB;

    Coarse(Extent extent, List<Double> scales) {
      ny = extent.get(1);
      nx = extent.get(2);
      az = new Axis(extent.get(0), scales.get(0));
      ay = new Axis(ny, scales.get(1));
      ax = new Axis(nx, scales.get(2));
      rowA = new float[nx];
      rowB = new float[nx];
    }

    void run(float[] from, float[] to) {
      float[] near = new float[ny * nx];
      float[] far = new float[ny * nx];
      int nearZ = -1;
      int farZ = -1;
      for (int z = 0; z < az.first.length; z++) {
        if (az.first[z] != nearZ) {
          float[] swap = near;
          near = far;
          far = swap;
          nearZ = farZ;
          farZ = -1;
          if (nearZ != az.first[z]) {
            nearZ = az.first[z];
            plane(from, nearZ, near);
          }
        }
        if (az.second[z] != farZ) {
          farZ = az.second[z];
          plane(from, farZ, far);
        }
        blend(near, 0, far, 0, az.share[z], to, z * ny * nx, ny * nx);
      }
    }

    private void plane(float[] from, int z, float[] to) {
      int rowAt = -1;
      int nextAt = -1;
      float[] a = rowA;
      float[] b = rowB;
      for (int y = 0; y < ny; y++) {
        if (ay.first[y] != rowAt) {
          float[] swap = a;
          a = b;
          b = swap;
          rowAt = nextAt;
          nextAt = -1;
          if (rowAt != ay.first[y]) {
            rowAt = ay.first[y];
            row(from, (z * ny + rowAt) * nx, a);
          }
        }
        if (ay.second[y] != nextAt) {
          nextAt = ay.second[y];
          row(from, (z * ny + nextAt) * nx, b);
        }
        blend(a, 0, b, 0, ay.share[y], to, y * nx, nx);
      }
    }

    private void row(float[] from, int start, float[] to) {
      for (int x = 0; x < nx; x++) {
        float a = from[start + ax.first[x]];
        to[x] = a + ax.share[x] * (from[start + ax.second[x]] - a);
      }
    }

    private static void blend(
        float[] a, int atA, float[] b, int atB, float share, float[] to, int at, int n) {
      for (int i = 0; i < n; i++) {
        to[at + i] = a[atA + i] + share * (b[atB + i] - a[atA + i]);
      }
    }
  }
}
