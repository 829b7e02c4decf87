package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Subtracts a part of the Laplacian, the sum of the differences to the face neighbours: {@code x +
 * strength * sum(x - neighbour)} (nnU-Net {@code SharpeningTransform}). Beyond the border v2
 * repeats the edge and v1 has zeros. A sample of one slice is sharpened in the plane. The
 * parameters are the strengths by channel.
 *
 * @param strength distribution of the strength
 * @param clamped true to clamp the result to the range of values before, as v1 does
 * @param channelProbability of each channel to be changed
 * @param shared true to draw one strength for all channels
 * @param edition whose border
 */
public record Sharpening(
    Draw strength, boolean clamped, double channelProbability, boolean shared, Edition edition)
    implements ParametricAugmentation<Map<Integer, Double>> {
  /** Checks the probability. */
  public Sharpening {
    Checks.probability(channelProbability, "probability per channel");
  }

  @Override
  public Map<Integer, Double> draw(int channels, RandomGenerator random) {
    Supplier<Double> value =
        shared ? Channels.shared(strength, random) : () -> strength.draw(random);
    return Channels.draw(channels, channelProbability, random, value);
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, Double> strengths) {
    strengths.forEach(
        (channel, value) -> {
          float[] from = buffer.read(Channels.require(channel, buffer));
          float[] to = buffer.scratch();
          sharpen(buffer.extent(), from, to, value.floatValue());
          if (clamped) {
            Moments before = Moments.of(from);
            Linear.stretch(to, 0, 1, before.least(), before.greatest());
          }
          buffer.put(channel, to);
        });
  }

  private void sharpen(Extent extent, float[] from, float[] to, float by) {
    int nz = extent.get(0);
    int ny = extent.get(1);
    int nx = extent.get(2);
    float centre = 1 + by * (nz > 1 ? 6 : 4);
    float[] zeros = new float[nx];
    for (int z = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        int row = (z * ny + y) * nx;
        along(from, row, nx, to, centre, by);
        neighbour(from, y > 0, row - nx, row, zeros, to, nx, by);
        neighbour(from, y < ny - 1, row + nx, row, zeros, to, nx, by);
        if (nz > 1) {
          neighbour(from, z > 0, row - ny * nx, row, zeros, to, nx, by);
          neighbour(from, z < nz - 1, row + ny * nx, row, zeros, to, nx, by);
        }
      }
    }
  }

  private void along(float[] from, int row, int nx, float[] to, float centre, float by) {
    for (int x = 0; x < nx; x++) {
      to[row + x] = centre * from[row + x];
    }
    for (int x = 1; x < nx; x++) {
      to[row + x] -= by * from[row + x - 1];
    }
    for (int x = 0; x < nx - 1; x++) {
      to[row + x] -= by * from[row + x + 1];
    }
    if (edition == Edition.V2) {
      to[row] -= by * from[row];
      to[row + nx - 1] -= by * from[row + nx - 1];
    }
  }

  private void neighbour(
      float[] from,
      boolean inside,
      int other,
      int row,
      float[] zeros,
      float[] to,
      int nx,
      float by) {
    if (inside) {
      subtract(from, other, to, row, nx, by);
    } else if (edition == Edition.V2) {
      subtract(from, row, to, row, nx, by);
    } else {
      subtract(zeros, 0, to, row, nx, by);
    }
  }

  private static void subtract(float[] from, int at, float[] to, int row, int nx, float by) {
    for (int x = 0; x < nx; x++) {
      to[row + x] -= by * from[at + x];
    }
  }
}
