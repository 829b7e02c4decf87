package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;

/** The built-in weights of overlapping tiles. */
public final class TileWeights {
  private TileWeights() {}

  /**
   * A Gaussian around the middle of the tile with the sigma of an eighth of the tile and the
   * maximum 10 (the default of nnU-Net v2).
   *
   * @return the weight
   */
  public static TileWeight gaussian() {
    return gaussian(1.0 / 8, 10);
  }

  /**
   * A Gaussian around the voxel {@code size / 2} of each axis (nnU-Net v2 {@code
   * compute_gaussian}). Like a filter kernel it ends after 4 sigma; voxels beyond get the smallest
   * weight of those within.
   *
   * @param sigma standard deviation as a fraction of the tile along each axis, positive
   * @param maximum weight of the middle, positive
   * @return the weight
   */
  public static TileWeight gaussian(double sigma, double maximum) {
    return new Gaussian(sigma, maximum);
  }

  /**
   * All voxels count the same.
   *
   * @return the weight
   */
  public static TileWeight uniform() {
    return new Uniform();
  }

  private record Uniform() implements TileWeight {
    @Override
    public float[] of(Extent patch) {
      float[] weights = new float[Math.toIntExact(patch.voxels())];
      Arrays.fill(weights, 1);
      return weights;
    }
  }

  private record Gaussian(double sigma, double maximum) implements TileWeight {
    Gaussian {
      Checks.positive(sigma, "sigma");
      Checks.positive(maximum, "maximum");
    }

    @Override
    public float[] of(Extent patch) {
      double[] weights = {maximum};
      for (int axis = 0; axis < patch.rank(); axis++) {
        weights = outer(weights, line(patch.get(axis)));
      }
      double smallest = Arrays.stream(weights).filter(w -> (float) w > 0).min().orElse(maximum);
      float[] out = new float[weights.length];
      for (int i = 0; i < out.length; i++) {
        float weight = (float) weights[i];
        out[i] = weight > 0 ? weight : (float) smallest;
      }
      return out;
    }

    private double[] line(int size) {
      double deviation = size * sigma;
      int reach = (int) (4 * deviation + 0.5);
      double[] line = new double[size];
      for (int i = 0; i < size; i++) {
        int distance = Math.abs(i - size / 2);
        double scaled = distance / deviation;
        line[i] = distance > reach ? 0 : Math.exp(-0.5 * scaled * scaled);
      }
      return line;
    }

    private static double[] outer(double[] slow, double[] fast) {
      double[] out = new double[Math.multiplyExact(slow.length, fast.length)];
      for (int i = 0; i < slow.length; i++) {
        for (int j = 0; j < fast.length; j++) {
          out[i * fast.length + j] = slow[i] * fast[j];
        }
      }
      return out;
    }
  }
}
