package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import io.github.nnunet4j.internal.Checks;
import java.util.Optional;

/** The nonlinearities that nnU-Net networks use, with torch's definitions. */
public final class Nonlinearities {
  private Nonlinearities() {}

  /**
   * Leaky ReLU with slope 0.01: nnU-Net's default.
   *
   * @return the strategy
   */
  public static LeakyRelu leakyRelu() {
    return new LeakyRelu(0.01);
  }

  /**
   * Leaky ReLU.
   *
   * @param slope factor for negative values, finite; a negative slope takes more memory in training
   * @return the strategy
   * @throws IllegalArgumentException if the slope is not finite
   */
  public static LeakyRelu leakyRelu(double slope) {
    return new LeakyRelu(slope);
  }

  /**
   * ReLU.
   *
   * @return the strategy
   */
  public static Relu relu() {
    return new Relu();
  }

  /**
   * GELU by the error function.
   *
   * @return the strategy
   */
  public static Gelu gelu() {
    return new Gelu(false);
  }

  /**
   * GELU by the hyperbolic tangent.
   *
   * @return the strategy
   */
  public static Gelu geluTanh() {
    return new Gelu(true);
  }

  /**
   * Mish, x tanh(softplus(x)).
   *
   * @return the strategy
   */
  public static Mish mish() {
    return new Mish();
  }

  /**
   * ELU with alpha 1.
   *
   * @return the strategy
   */
  public static Elu elu() {
    return new Elu(1);
  }

  /**
   * SELU.
   *
   * @return the strategy
   */
  public static Selu selu() {
    return new Selu();
  }

  /**
   * SiLU, x sigmoid(x).
   *
   * @return the strategy
   */
  public static Silu silu() {
    return new Silu();
  }

  /**
   * PReLU: a leaky ReLU that learns its slope, from 0.25 on.
   *
   * @return the strategy
   */
  public static PRelu prelu() {
    return new PRelu(0.25);
  }

  /**
   * None at all.
   *
   * @return the strategy
   */
  public static Identity identity() {
    return new Identity();
  }

  /**
   * Leaky ReLU.
   *
   * @param slope factor for negative values, finite
   */
  public record LeakyRelu(double slope) implements Nonlinearity {
    /** Checks the slope. */
    public LeakyRelu {
      Checks.argument(Double.isFinite(slope), "the slope must be finite, was %s", slope);
    }

    @Override
    public NDArray apply(NDArray x) {
      return x.getNDArrayInternal().leakyRelu((float) slope);
    }
  }

  /** ReLU. */
  public record Relu() implements Nonlinearity {
    @Override
    public NDArray apply(NDArray x) {
      return x.getNDArrayInternal().relu();
    }
  }

  /**
   * GELU.
   *
   * @param tanh whether the hyperbolic tangent approximates the error function
   */
  public record Gelu(boolean tanh) implements Nonlinearity {
    private static final float FACTOR = (float) Math.sqrt(2 / Math.PI);

    @Override
    public NDArray apply(NDArray x) {
      if (!tanh) {
        return x.getNDArrayInternal().gelu();
      }
      NDArray cubic = x.mul(x).mul(x).mul(number(x, 0.044715f));
      NDArray inner = x.add(cubic).mul(number(x, FACTOR));
      return inner.tanh().add(1).mul(x).mul(number(x, 0.5f));
    }

    // not mul(float): that hands the engine Java memory which may be gone before the backward pass
    static NDArray number(NDArray x, float value) {
      return x.getManager().full(new Shape(), value, x.getDataType());
    }
  }

  /** Mish. */
  public record Mish() implements Nonlinearity {
    @Override
    public NDArray apply(NDArray x) {
      return Activation.softPlus(x).tanh().mul(x);
    }
  }

  /**
   * ELU.
   *
   * @param alpha the limit for very negative values is -alpha
   */
  public record Elu(double alpha) implements Nonlinearity {
    @Override
    public NDArray apply(NDArray x) {
      return x.getNDArrayInternal().elu((float) alpha);
    }
  }

  /** SELU. */
  public record Selu() implements Nonlinearity {
    @Override
    public NDArray apply(NDArray x) {
      return x.getNDArrayInternal().selu();
    }
  }

  /** SiLU. */
  public record Silu() implements Nonlinearity {
    @Override
    public NDArray apply(NDArray x) {
      return Activation.sigmoid(x).mul(x);
    }
  }

  /** No nonlinearity. */
  public record Identity() implements Nonlinearity {
    @Override
    public NDArray apply(NDArray x) {
      return x;
    }
  }

  /**
   * PReLU.
   *
   * @param start the first slope, finite
   */
  public record PRelu(double start) implements Nonlinearity {
    /** Checks the slope. */
    public PRelu {
      Checks.argument(Double.isFinite(start), "the slope must be finite, was %s", start);
    }

    @Override
    public NDArray apply(NDArray x) {
      return x.getNDArrayInternal().leakyRelu((float) start);
    }

    @Override
    public Optional<Block> learned() {
      return Optional.of(new PReluBlock((float) start));
    }
  }

  /**
   * CELU, max(0, x) + min(0, alpha (exp(x / alpha) - 1)).
   *
   * @param alpha the limit for very negative values is -alpha; not 0
   */
  public record Celu(double alpha) implements Nonlinearity {
    /** Checks the number. */
    public Celu {
      Checks.positive(alpha, "alpha");
    }

    @Override
    public NDArray apply(NDArray x) {
      NDArray scaled = x.div(Gelu.number(x, (float) alpha));
      return scaled.getNDArrayInternal().elu(1f).mul(Gelu.number(x, (float) alpha));
    }
  }

  /** Functions of torch without numbers to choose, which nnU-Net itself does not use. */
  public enum Curve implements Nonlinearity {
    /** log(1 + exp(x)). */
    SOFTPLUS,
    /** x min(max(x + 3, 0), 6) / 6. */
    HARDSWISH,
    /** min(max(x, 0), 6). */
    RELU6,
    /** 1 / (1 + exp(-x)). */
    SIGMOID,
    /** The hyperbolic tangent. */
    TANH;

    /** To 0..6, with derivative 0 at both ends. */
    private static NDArray clipped(NDArray x) {
      NDArray below = Activation.relu(Activation.relu(x).neg().add(6));
      return below.neg().add(6);
    }

    /** Torch counts both ends of the middle part to it. */
    private static NDArray hardswish(NDArray x) {
      NDArray shifted = x.add(3);
      NDArray above = shifted.add(Activation.relu(shifted.neg()));
      NDArray clipped = above.sub(Activation.relu(above.sub(6)));
      return clipped.mul(x).div(Gelu.number(x, 6));
    }

    @Override
    public NDArray apply(NDArray x) {
      return switch (this) {
        case SOFTPLUS -> Activation.softPlus(x);
        case HARDSWISH -> hardswish(x);
        case RELU6 -> clipped(x);
        case SIGMOID -> Activation.sigmoid(x);
        case TANH -> x.tanh();
      };
    }
  }
}
