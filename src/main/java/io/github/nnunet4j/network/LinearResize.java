package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Linear interpolation between voxel centres to another extent, axis by axis, each as a product
 * with a matrix (torch {@code interpolate} with {@code align_corners} false). DJL has only a
 * two-dimensional one, which smooths.
 */
final class LinearResize implements Layer {
  private final UnaryOperator<long[]> extent;

  private LinearResize(UnaryOperator<long[]> extent) {
    this.extent = extent;
  }

  static LinearResize byFactors(List<Integer> factors) {
    return new LinearResize(
        size -> IntStream.range(0, size.length).mapToLong(a -> size[a] * factors.get(a)).toArray());
  }

  static LinearResize toExtent(long... target) {
    return new LinearResize(size -> target);
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    long[] size = x.getShape().slice(2).getShape();
    long[] target = extent.apply(size);
    List<Layer> axes = new ArrayList<>();
    for (int a = 0; a < size.length; a++) {
      if (size[a] != target[a]) {
        int axis = a;
        axes.add((s, y, t) -> along(y, 2 + axis, target[axis]));
      }
    }
    return Layer.chain(axes, store, x, training);
  }

  private static NDArray along(NDArray x, int axis, long target) {
    int last = x.getShape().dimension() - 1;
    int[] swap = IntStream.rangeClosed(0, last).toArray();
    swap[axis] = last;
    swap[last] = axis;
    try (NDArray matrix = matrix(x, (int) x.getShape().get(axis), (int) target);
        NDArray turned = x.transpose(swap);
        NDArray larger = turned.matMul(matrix)) {
      return larger.transpose(swap);
    }
  }

  /** (from, to): the shares of the old voxels in each new one. */
  private static NDArray matrix(NDArray x, int from, int to) {
    float[] shares = new float[from * to];
    for (int i = 0; i < to; i++) {
      double position = Math.max(0, (i + 0.5) * from / to - 0.5);
      int below = Math.min((int) position, from - 1);
      int above = Math.min(below + 1, from - 1);
      float part = (float) (position - below);
      shares[below * to + i] += 1 - part;
      shares[above * to + i] += part;
    }
    return Layer.constant(x, shares, from, to);
  }
}
