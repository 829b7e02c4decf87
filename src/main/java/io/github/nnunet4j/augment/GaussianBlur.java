package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Smooths channels by a Gaussian, each axis with its own width (nnU-Net {@code
 * GaussianBlurTransform}). In v2 the kernel length is the odd number nearest to 6 sigma + 0.5, and
 * beyond the border the image is reflected without repeating the edge; in v1 the radius is 4 sigma
 * + 0.5, rounded down, and the edge is repeated. Where the v2 reference fails, on axes not longer
 * than half the kernel, the reflection goes on back and forth here. The parameters are the sigmas
 * (z, y, x) by channel.
 *
 * @param sigma distribution of the standard deviation, in voxels
 * @param channelProbability of each channel to be changed
 * @param sharedAxes true to draw one sigma for all axes of a channel
 * @param edition whose kernel and border
 */
public record GaussianBlur(
    Draw sigma, double channelProbability, boolean sharedAxes, Edition edition)
    implements ParametricAugmentation<Map<Integer, List<Double>>> {
  /** Checks the probability. */
  public GaussianBlur {
    Checks.probability(channelProbability, "probability per channel");
  }

  /**
   * As nnU-Net v2 does it.
   *
   * @param sigma distribution of the standard deviation, in voxels
   * @param channelProbability of each channel to be changed
   * @param sharedAxes true to draw one sigma for all axes of a channel
   */
  public GaussianBlur(Draw sigma, double channelProbability, boolean sharedAxes) {
    this(sigma, channelProbability, sharedAxes, Edition.V2);
  }

  @Override
  public Map<Integer, List<Double>> draw(int channels, RandomGenerator random) {
    return Channels.draw(
        channels,
        channelProbability,
        random,
        () -> {
          double z = sigma.draw(random);
          return sharedAxes ? List.of(z, z, z) : List.of(z, sigma.draw(random), sigma.draw(random));
        });
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, List<Double>> sigmas) {
    sigmas.forEach(
        (channel, widths) -> {
          Checks.argument(widths.size() == 3, "3 sigmas are needed, not %s", widths);
          float[] from = buffer.read(Channels.require(channel, buffer));
          float[] to = buffer.scratch();
          new Blur(buffer.extent(), widths, edition).run(from, to);
          buffer.put(channel, to);
        });
  }

  /** One separable convolution. */
  private static final class Blur {
    private final int nz;
    private final int ny;
    private final int nx;
    private final boolean repeated;
    private final float[][] kernels = new float[3][];

    Blur(Extent extent, List<Double> sigmas, Edition edition) {
      repeated = edition == Edition.V1;
      nz = extent.get(0);
      ny = extent.get(1);
      nx = extent.get(2);
      for (int axis = 0; axis < 3; axis++) {
        kernels[axis] =
            extent.get(axis) == 1
                ? new float[] {1}
                : kernel(sigmas.get(axis), extent.get(axis), edition);
      }
    }

    /** Along z from one array to the other, then along y and x slice by slice. */
    void run(float[] from, float[] to) {
      int slice = ny * nx;
      float[] plane = new float[slice];
      float[] row = new float[nx + 2 * (kernels[2].length - 1)];
      for (int z = 0; z < nz; z++) {
        combine(from, z, nz, slice, 0, kernels[0], to, z * slice, slice);
      }
      for (int z = 0; z < nz; z++) {
        for (int y = 0; y < ny; y++) {
          combine(to, y, ny, nx, z * slice, kernels[1], plane, y * nx, nx);
        }
        for (int y = 0; y < ny; y++) {
          alongRow(plane, y * nx, row, to, z * slice + y * nx);
        }
      }
    }

    /** Blends lines {@code at - r .. at + r} of equal length into one. */
    private void combine(
        float[] from,
        int at,
        int lines,
        int length,
        int start,
        float[] kernel,
        float[] to,
        int toStart,
        int count) {
      int block = 4096;
      for (int i = 0; i < count; i += block) {
        int n = Math.min(block, count - i);
        scale(from, start + at * length + i, kernel[0], to, toStart + i, n);
        for (int j = 1; j < kernel.length; j++) {
          int a = start + fold(at - j, lines) * length + i;
          int b = start + fold(at + j, lines) * length + i;
          add(from, a, b, kernel[j], to, toStart + i, n);
        }
      }
    }

    private void alongRow(float[] from, int start, float[] row, float[] to, int toStart) {
      float[] kernel = kernels[2];
      int r = kernel.length - 1;
      System.arraycopy(from, start, row, r, nx);
      for (int j = 1; j <= r; j++) {
        row[r - j] = from[start + fold(-j, nx)];
        row[r + nx - 1 + j] = from[start + fold(nx - 1 + j, nx)];
      }
      scale(row, r, kernel[0], to, toStart, nx);
      for (int j = 1; j <= r; j++) {
        add(row, r - j, r + j, kernel[j], to, toStart, nx);
      }
    }

    private int fold(int index, int n) {
      return repeated ? repeat(index, n) : reflect(index, n);
    }

    private static void scale(float[] from, int a, float weight, float[] to, int at, int n) {
      for (int i = 0; i < n; i++) {
        to[at + i] = weight * from[a + i];
      }
    }

    private static void add(float[] from, int a, int b, float weight, float[] to, int at, int n) {
      for (int i = 0; i < n; i++) {
        to[at + i] += weight * (from[a + i] + from[b + i]);
      }
    }
  }

  /** Weights of the centre and of one side, outwards. */
  static float[] kernel(double sigma, int axisLength, Edition edition) {
    Checks.positive(sigma, "sigma");
    Checks.argument(
        sigma < 1e6, "a sigma of %s voxels is too wide for an axis of %d", sigma, axisLength);
    int radius =
        edition == Edition.V1
            ? (int) (4 * sigma + 0.5)
            : (int) Math.floor((6 * sigma - 0.5) / 2 + 0.5);
    double[] weights = new double[radius + 1];
    double sum = 0;
    for (int j = 0; j <= radius; j++) {
      weights[j] = Math.exp(-0.5 * j * j / (sigma * sigma));
      sum += j == 0 ? weights[j] : 2 * weights[j];
    }
    float[] kernel = new float[radius + 1];
    for (int j = 0; j <= radius; j++) {
      kernel[j] = (float) (weights[j] / sum);
    }
    return kernel;
  }

  /** Folds an index back into 0 to n - 1, the edges being mirrors. */
  static int reflect(int index, int n) {
    if (n == 1) {
      return 0;
    }
    int period = 2 * (n - 1);
    int folded = Math.floorMod(index, period);
    return folded < n ? folded : period - folded;
  }

  /** Folds an index back into 0 to n - 1, the edges standing twice. */
  static int repeat(int index, int n) {
    int folded = Math.floorMod(index, 2 * n);
    return folded < n ? folded : 2 * n - 1 - folded;
  }
}
