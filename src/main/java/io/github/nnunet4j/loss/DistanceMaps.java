package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.DistanceTransform;
import io.github.nnunet4j.internal.Parallel;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Distances to the border of each object of a batch, computed in plain Java, as constants of the
 * engine. The border of an object are its voxels with a neighbour outside; the edge of the patch is
 * none. Where there is no border all distances are 0.
 */
final class DistanceMaps {
  private final List<Double> spacing;

  /** Distances in the unit of the spacing, one number per axis; empty for voxels. */
  DistanceMaps(List<Double> spacing) {
    this.spacing = spacing;
  }

  static List<Double> checked(List<Double> spacing) {
    List<Double> copy = List.copyOf(spacing);
    copy.forEach(step -> Checks.positive(step, "spacing"));
    return copy;
  }

  /** Negative inside; like the channels (batch, channels, [z,] y, x), above 0.5 inside. */
  NDArray signed(NDArray channels) {
    return of(
        channels, (square, inside) -> (float) (inside ? -Math.sqrt(square) : Math.sqrt(square)));
  }

  /** The distances to a power. */
  NDArray power(NDArray channels, double exponent) {
    return of(channels, (square, inside) -> (float) Math.pow(square, exponent / 2));
  }

  /** From the squared distance. */
  private interface Value {
    float of(double square, boolean inside);
  }

  private NDArray of(NDArray channels, Value value) {
    long[] shape = channels.getShape().getShape();
    int[] extent = Arrays.stream(shape).skip(2).mapToInt(Math::toIntExact).toArray();
    double[] steps = steps(extent.length);
    boolean[] inside;
    try (NDArray above = channels.gt(0.5f)) {
      inside = above.toBooleanArray();
    }
    int objects = Math.toIntExact(shape[0] * shape[1]);
    int voxels = inside.length / objects;
    return EngineArrays.of(
        channels.getManager(),
        channels.getShape(),
        DataType.FLOAT32,
        bytes -> {
          FloatBuffer out = bytes.asFloatBuffer();
          Parallel.forEach(
              objects,
              Parallel.processors(),
              "distance-maps",
              o -> {
                boolean[] object = Arrays.copyOfRange(inside, o * voxels, (o + 1) * voxels);
                out.put(o * voxels, map(object, extent, steps, value));
              });
        });
  }

  private double[] steps(int axes) {
    List<Double> all = spacing.isEmpty() ? Collections.nCopies(axes, 1.0) : spacing;
    Checks.argument(all.size() == axes, "a spacing %s does not fit %d axes", spacing, axes);
    return all.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static float[] map(boolean[] object, int[] extent, double[] steps, Value value) {
    boolean[] border = DistanceTransform.border(object, extent);
    float[] map = DistanceTransform.squared(border, extent, steps);
    for (int i = 0; i < map.length; i++) {
      map[i] = Float.isInfinite(map[i]) ? 0 : value.of(map[i], object[i]);
    }
    return map;
  }
}
