package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.infer.TileWeight;

/** Weights of overlapping tiles of one's own: they fall in a straight line to every border. */
public record OwnTileWeight() implements TileWeight {
  @Override
  public float[] of(Extent patch) {
    float[] weights = {1};
    for (int axis = 0; axis < patch.rank(); axis++) {
      int size = patch.get(axis);
      float[] next = new float[Math.multiplyExact(weights.length, size)];
      for (int i = 0; i < next.length; i++) {
        int place = i % size;
        next[i] = weights[i / size] * Math.min(place + 1, size - place);
      }
      weights = next;
    }
    return weights;
  }
}
