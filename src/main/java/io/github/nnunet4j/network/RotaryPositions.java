package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.image.Extent;

/**
 * Turns neighbouring numbers of queries and keys by angles that grow with the token's position, so
 * that their products depend on distances: a third of the numbers for each axis.
 */
final class RotaryPositions implements AutoCloseable {
  private static final double BASE = 10000;

  private final NDArray cosine;
  private final NDArray sine;
  private final NDArray swap;

  /**
   * The tables of a grid, in the manager of x.
   *
   * @param width numbers per head, a multiple of 6
   */
  RotaryPositions(NDArray x, Extent tokens, int width) {
    int count = Math.toIntExact(tokens.voxels());
    float[] angles = angles(tokens, width);
    float[] cosines = new float[angles.length];
    float[] sines = new float[angles.length];
    for (int i = 0; i < angles.length; i++) {
      cosines[i] = (float) Math.cos(angles[i]);
      sines[i] = (float) Math.sin(angles[i]);
    }
    float[] turn = new float[width * width];
    for (int i = 0; i < width; i += 2) {
      turn[(i + 1) * width + i] = -1;
      turn[i * width + i + 1] = 1;
    }
    cosine = Layer.constant(x, cosines, count, width);
    sine = Layer.constant(x, sines, count, width);
    swap = Layer.constant(x, turn, width, width);
  }

  /** (tokens, width): per axis index times 10000^(-j / n), each twice. */
  static float[] angles(Extent tokens, int width) {
    int bands = width / 6;
    float[] angles = new float[Math.toIntExact(tokens.voxels()) * width];
    int token = 0;
    int[] index = new int[3];
    for (index[0] = 0; index[0] < tokens.get(0); index[0]++) {
      for (index[1] = 0; index[1] < tokens.get(1); index[1]++) {
        for (index[2] = 0; index[2] < tokens.get(2); index[2]++) {
          for (int i = 0; i < width; i++) {
            int band = i / 2 % bands;
            int axis = i / 2 / bands;
            angles[token * width + i] =
                index[axis] * (float) Math.pow(BASE, -(double) band / bands);
          }
          token++;
        }
      }
    }
    return angles;
  }

  /** Turned numbers of an array (..., tokens, width). */
  NDArray turn(NDArray x) {
    try (NDArray straight = x.mul(cosine);
        NDArray swapped = x.matMul(swap);
        NDArray across = swapped.mul(sine)) {
      return straight.add(across);
    }
  }

  @Override
  public void close() {
    cosine.close();
    sine.close();
    swap.close();
  }
}
