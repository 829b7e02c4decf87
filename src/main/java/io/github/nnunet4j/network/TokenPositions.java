package io.github.nnunet4j.network;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;

/** The learned positions of a {@link Primus}, interpolated from one grid of tokens to another. */
final class TokenPositions {
  private static final String NAME = "eva.pos_embed";

  private TokenPositions() {}

  static Weights resized(Weights weights, Extent from, Extent to) {
    Extent old = Primus.tokens(from);
    if (!weights.names().contains(NAME)
        || weights.shape(NAME).size() != 3
        || weights.shape(NAME).get(1) != old.voxels()) {
      throw new ModelException(
          new Problem(
              "weights, tensor " + NAME,
              "shape [1, " + old.voxels() + ", width], as a patch of " + from + " has it",
              weights.names().contains(NAME) ? "shape " + weights.shape(NAME) : "nothing",
              "Give the weights of a Primus, and the patch that it was trained on."));
    }
    int width = Math.toIntExact(weights.shape(NAME).get(2));
    Weights.Builder builder = Weights.builder();
    weights.names().forEach(name -> builder.take(name, weights, name));
    float[] values = weights.values(NAME);
    int[] extents = old.toArray();
    for (int axis = 0; axis < extents.length; axis++) {
      int inner = width;
      for (int a = axis + 1; a < extents.length; a++) {
        inner *= extents[a];
      }
      int target = Primus.tokens(to).get(axis);
      values = along(values, extents[axis], target, inner);
      extents[axis] = target;
    }
    return builder.put(NAME, values, 1, Primus.tokens(to).voxels(), width).build();
  }

  /** Between the centres of the tokens along one axis; the outermost go on to the edges. */
  private static float[] along(float[] values, int from, int to, int inner) {
    int outer = values.length / (from * inner);
    float[] out = new float[outer * to * inner];
    for (int i = 0; i < to; i++) {
      double at = Math.max(0, (i + 0.5) * from / to - 0.5);
      int low = Math.min((int) at, from - 1);
      int high = Math.min(low + 1, from - 1);
      float share = (float) (at - low);
      for (int o = 0; o < outer; o++) {
        for (int k = 0; k < inner; k++) {
          float first = values[(o * from + low) * inner + k];
          float second = values[(o * from + high) * inner + k];
          out[(o * to + i) * inner + k] = (1 - share) * first + share * second;
        }
      }
    }
    return out;
  }
}
