package io.github.nnunet4j.augment;

/**
 * Linear interpolation of labels: each label around a point scores the sum of its weights, the
 * highest score wins. Scores are compared as half precision numbers times 1000, as nnU-Net v2 does;
 * of tied labels the nearest voxel's wins, else the lowest, unless another rule is asked for.
 */
final class LabelVote {
  private final int[] label = new int[8];
  private final float[] score = new float[8];
  private int distinct;

  void clear() {
    distinct = 0;
  }

  /** Adds a voxel's weight to the score of its label. */
  void add(int voxelLabel, float weight) {
    for (int i = 0; i < distinct; i++) {
      if (label[i] == voxelLabel) {
        score[i] += weight;
        return;
      }
    }
    label[distinct] = voxelLabel;
    score[distinct++] = weight;
  }

  /** The winner by a rule for ties; {@code nearest} is the label of the nearest voxel. */
  short winner(Spatial.Labels rule, int nearest) {
    int best = label[0];
    float bestScore = -1;
    for (int i = 0; i < distinct; i++) {
      float rounded = half(score[i] * 1000);
      boolean tied = rounded == bestScore;
      boolean preferred = preferred(rule, label[i], best, nearest);
      if (rounded > bestScore || (tied && preferred)) {
        bestScore = rounded;
        best = label[i];
      }
    }
    return (short) best;
  }

  private static boolean preferred(Spatial.Labels rule, int label, int best, int nearest) {
    return switch (rule) {
      case VOTE_LOWEST -> label < best;
      case VOTE_HIGHEST -> label > best;
      default -> label == nearest || (best != nearest && label < best);
    };
  }

  /** Rounds a positive number below 65504 to half precision, halves to even. */
  static float half(float value) {
    if (value < 0x1p-14f) {
      return Math.round(value * 0x1p24f) * 0x1p-24f;
    }
    int bits = Float.floatToRawIntBits(value);
    bits += 0xfff + ((bits >> 13) & 1);
    return Float.intBitsToFloat(bits & ~0x1fff);
  }
}
