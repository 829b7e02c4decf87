package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.List;

/** Class weights: checked, and as arrays. */
final class ClassWeights {
  private ClassWeights() {}

  /** A copy whose numbers are zero or positive. */
  static List<Double> copyOf(List<Double> weights) {
    List<Double> copy = List.copyOf(weights);
    for (double weight : copy) {
      Checks.argument(
          weight >= 0 && Double.isFinite(weight), "class weights are at least 0, not %s", weight);
    }
    return copy;
  }

  static void requireOnePerClass(List<Double> weights, Target target) {
    Checks.argument(
        weights.size() == target.classes(),
        "%d class weights for %d classes",
        weights.size(),
        target.classes());
  }

  /** The numbers along one axis, in the engine's own memory, see {@link Scalars}. */
  static NDArray array(NDArray like, List<Double> weights) {
    float[] numbers = new float[weights.size()];
    for (int c = 0; c < numbers.length; c++) {
      numbers[c] = weights.get(c).floatValue();
    }
    try (NDArray view = like.getManager().create(numbers)) {
      return view.duplicate();
    }
  }

  /** The numbers along the axis of the channels, (1, channels, 1, ...), of the rank of an array. */
  static NDArray channels(NDArray like, List<Double> weights) {
    long[] shape = new long[like.getShape().dimension()];
    Arrays.fill(shape, 1);
    shape[1] = weights.size();
    try (NDArray list = array(like, weights)) {
      return list.reshape(new Shape(shape));
    }
  }

  /** The weight of the class of each voxel, of a shape. */
  static NDArray ofVoxels(NDArray like, List<Double> weights, Target target) {
    requireOnePerClass(weights, target);
    try (NDArray table = array(like, weights);
        NDArray flat = target.labels().flatten();
        NDArray picked = table.gather(flat, 0)) {
      return picked.reshape(like.getShape());
    }
  }
}
