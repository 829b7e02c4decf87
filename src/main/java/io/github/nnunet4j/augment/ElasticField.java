package io.github.nnunet4j.augment;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Smooth random displacements, one array per axis that is in use. */
final class ElasticField {
  private static final double SMALLEST = 1e-8;

  private ElasticField() {}

  /** Displacements along each axis of a patch of two or three axes. */
  static double[][] of(Elastic.Kind kind, int[] patch, double[] sigmas, double[] by, long seed) {
    double[][] noise = new double[patch.length][];
    int n = 1;
    for (int length : patch) {
      n = Math.multiplyExact(n, length);
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int axis = 0; axis < noise.length; axis++) {
      noise[axis] = kind == Elastic.Kind.V2 ? normal(n, random) : uniform(n, random);
    }
    return of(kind, patch, sigmas, by, noise);
  }

  /** Displacements from given noise, which is overwritten. */
  static double[][] of(
      Elastic.Kind kind, int[] patch, double[] sigmas, double[] by, double[][] noise) {
    FieldSmoothing[] shared =
        kind == Elastic.Kind.V2 ? null : FieldSmoothing.ofAxes(kind, patch, sigmas);
    for (int axis = 0; axis < noise.length; axis++) {
      double[] field = noise[axis];
      FieldSmoothing[] smoothing =
          shared != null ? shared : FieldSmoothing.ofAxes(kind, patch, same(sigmas[axis], patch));
      for (int a = 0; a < patch.length; a++) {
        smoothing[a].apply(field, patch, a);
      }
      scale(field, kind == Elastic.Kind.V1 ? by[axis] : factor(kind, field, by[axis]));
    }
    return noise;
  }

  private static double[] same(double sigma, int[] patch) {
    double[] sigmas = new double[patch.length];
    Arrays.fill(sigmas, sigma);
    return sigmas;
  }

  private static double factor(Elastic.Kind kind, double[] field, double largest) {
    double found = 0;
    for (double value : field) {
      found = Math.max(found, Math.abs(value));
    }
    double wanted = kind == Elastic.Kind.V2 ? Math.max(largest, SMALLEST) : largest + SMALLEST;
    return found == 0 ? 0 : wanted / found;
  }

  private static void scale(double[] field, double factor) {
    for (int i = 0; i < field.length; i++) {
      field[i] *= factor;
    }
  }

  private static double[] uniform(int n, SplittableRandom random) {
    double[] noise = new double[n];
    for (int i = 0; i < n; i++) {
      noise[i] = random.nextDouble() * 2 - 1;
    }
    return noise;
  }

  private static double[] normal(int n, SplittableRandom random) {
    float[] drawn = new float[n];
    new NormalField(random.nextLong()).addTo(drawn, 1);
    double[] noise = new double[n];
    for (int i = 0; i < n; i++) {
      noise[i] = drawn[i];
    }
    return noise;
  }
}
