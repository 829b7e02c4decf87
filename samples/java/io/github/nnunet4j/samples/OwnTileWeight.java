package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.infer.TileWeight;

/**
 * Weights of overlapping tiles of one's own: Hann windows, which add up to a constant where tiles
 * overlap by half (Pielawski and Waehlby 2020, "Introducing Hann windows for reducing edge-effects
 * in patch-based image segmentation", arXiv 1910.07831).
 */
public record OwnTileWeight() implements TileWeight {
  @Override
  public float[] of(Extent patch) {
    float[] weights = {1};
    for (int axis = 0; axis < patch.rank(); axis++) {
      int size = patch.get(axis);
      float[] next = new float[Math.multiplyExact(weights.length, size)];
      for (int i = 0; i < next.length; i++) {
        double wave = Math.sin(Math.PI * (i % size + 0.5) / size); // above 0 at the border, too
        next[i] = weights[i / size] * (float) (wave * wave);
      }
      weights = next;
    }
    return weights;
  }
}
