package io.github.nnunet4j.network;

import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** The initialisations of nnU-Net. */
public final class Initializations {
  private Initializations() {}

  /**
   * He's for the default leaky ReLU, slope 0.01: that of nnU-Net v2 whatever the nonlinearity, and
   * of nnU-Net v1 for its default, GELU, group norm and others.
   *
   * @return the strategy
   */
  public static He he() {
    return new He(0.01);
  }

  /**
   * He's for a leaky ReLU; nnU-Net v1 takes slope 0 with ReLU, Mish and a leaky ReLU of 0.2.
   *
   * @param slope the slope it is made for
   * @return the strategy
   */
  public static He he(double slope) {
    return new He(slope);
  }

  /**
   * Glorot's, uniform.
   *
   * @return the strategy with gain 1
   */
  public static Xavier xavierUniform() {
    return new Xavier(1, true);
  }

  /**
   * Glorot's, normal.
   *
   * @return the strategy with gain 1
   */
  public static Xavier xavierNormal() {
    return new Xavier(1, false);
  }

  /**
   * Normal with variance 2 / ((1 + slope^2) fan_in), where fan_in is the product of all axes but
   * the first (torch {@code kaiming_normal_}); so a transposed convolution counts its outputs.
   *
   * @param slope of the leaky ReLU, finite
   */
  public record He(double slope) implements Initialization {
    /** Checks the slope. */
    public He {
      Checks.argument(Double.isFinite(slope), "the slope must be finite, was %s", slope);
    }

    @Override
    public float[] draw(Shape shape, RandomGenerator random) {
      double fanIn = (double) shape.size() / shape.get(0);
      return normal(shape, Math.sqrt(2 / (1 + slope * slope) / fanIn), random);
    }
  }

  /**
   * Variance gain^2 2 / (fan_in + fan_out) (torch {@code xavier_uniform_} and {@code
   * xavier_normal_}).
   *
   * @param gain factor of the deviation
   * @param uniform whether uniform or normal
   */
  public record Xavier(double gain, boolean uniform) implements Initialization {
    /** Checks the gain. */
    public Xavier {
      Checks.positive(gain, "gain");
    }

    @Override
    public float[] draw(Shape shape, RandomGenerator random) {
      double size = shape.size();
      double deviation = gain * Math.sqrt(2 / (size / shape.get(0) + size / shape.get(1)));
      if (!uniform) {
        return normal(shape, deviation, random);
      }
      double bound = Math.sqrt(3) * deviation;
      float[] out = new float[Math.toIntExact(shape.size())];
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) (bound * (2 * random.nextDouble() - 1));
      }
      return out;
    }
  }

  /** A plain normal distribution around 0. */
  static float[] normal(Shape shape, double deviation, RandomGenerator random) {
    float[] out = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (random.nextGaussian() * deviation);
    }
    return out;
  }

  /** All the same. */
  static float[] constant(Shape shape, float value) {
    float[] out = new float[Math.toIntExact(shape.size())];
    Arrays.fill(out, value);
    return out;
  }
}
