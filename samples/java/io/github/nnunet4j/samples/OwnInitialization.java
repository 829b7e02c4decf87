package io.github.nnunet4j.samples;

import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.network.Initialization;
import io.github.nnunet4j.plan.Fields;
import io.github.nnunet4j.plan.StrategyCodec;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * First weights of one's own: orthogonal ones, which neither stretch nor shrink what passes (Saxe
 * et al. 2013, arXiv 1312.6120). The filters of a convolution are the rows of a matrix (out, in
 * times kernel) whose rows, or columns where there are fewer, are orthogonal and of length gain.
 *
 * @param gain above 0; the square root of 2 for ReLU
 */
public record OwnInitialization(double gain) implements Initialization {
  /** Writes it into a plan with its number and reads it again. */
  public static final StrategyCodec<Initialization> CODEC =
      new StrategyCodec<>() {
        @Override
        public Optional<Fields> encode(Initialization strategy) {
          return strategy instanceof OwnInitialization own
              ? Optional.of(Fields.of("orthogonal/1").with("gain", own.gain()))
              : Optional.empty();
        }

        @Override
        public Optional<Initialization> decode(Fields fields) {
          return fields.word().equals("orthogonal/1")
              ? Optional.of(new OwnInitialization(fields.number("gain")))
              : Optional.empty();
        }
      };

  @Override
  public float[] draw(Shape shape, RandomGenerator random) {
    int rows = Math.toIntExact(shape.get(0));
    int columns = Math.toIntExact(shape.size() / rows);
    double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
    for (int i = 0; i < vectors.length; i++) {
      orthogonal(vectors, i, random);
    }
    float[] weights = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < weights.length; i++) {
      int row = i / columns;
      int column = i % columns;
      double value = rows <= columns ? vectors[row][column] : vectors[column][row];
      weights[i] = (float) (gain * value);
    }
    return weights;
  }

  /** Gram and Schmidt, twice for the sake of rounding. */
  private static void orthogonal(double[][] vectors, int at, RandomGenerator random) {
    double[] fresh = vectors[at];
    for (int k = 0; k < fresh.length; k++) {
      fresh[k] = random.nextGaussian();
    }
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < at; i++) {
        add(fresh, vectors[i], -dot(fresh, vectors[i]));
      }
    }
    double length = Math.sqrt(dot(fresh, fresh));
    for (int k = 0; k < fresh.length; k++) {
      fresh[k] /= length;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static void add(double[] a, double[] b, double factor) {
    for (int k = 0; k < a.length; k++) {
      a[k] += factor * b[k];
    }
  }
}
