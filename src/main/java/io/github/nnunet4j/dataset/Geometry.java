package io.github.nnunet4j.dataset;

import io.github.nnunet4j.image.Grid;

/** Grids compared as NumPy's {@code allclose} does by default. */
final class Geometry {
  private Geometry() {}

  static boolean sameSpacing(Grid expected, Grid found) {
    return close(expected.spacing().toArray(), found.spacing().toArray());
  }

  static boolean sameOrigin(Grid expected, Grid found) {
    return close(expected.origin(), found.origin());
  }

  static boolean sameDirection(Grid expected, Grid found) {
    return close(expected.direction(), found.direction());
  }

  private static boolean close(double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      if (Math.abs(found[i] - expected[i]) > 1e-8 + 1e-5 * Math.abs(expected[i])) {
        return false;
      }
    }
    return true;
  }
}
