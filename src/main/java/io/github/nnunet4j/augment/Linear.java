package io.github.nnunet4j.augment;

/**
 * {@code value * factor + shift} over whole channels. Channels are gone through in blocks, so that
 * the inner loop is a method that is called often and compiled as a whole.
 */
final class Linear {
  static final int BLOCK = 8192;

  private Linear() {}

  static void apply(float[] voxels, float factor, float shift) {
    for (int from = 0; from < voxels.length; from += BLOCK) {
      int to = Math.min(voxels.length, from + BLOCK);
      if (shift == 0) {
        scale(voxels, from, to, factor);
      } else if (factor == 1) {
        add(voxels, from, to, shift);
      } else {
        block(voxels, from, to, factor, shift);
      }
    }
  }

  private static void scale(float[] voxels, int from, int to, float factor) {
    for (int i = from; i < to; i++) {
      voxels[i] *= factor;
    }
  }

  private static void add(float[] voxels, int from, int to, float shift) {
    for (int i = from; i < to; i++) {
      voxels[i] += shift;
    }
  }

  private static void block(float[] voxels, int from, int to, float factor, float shift) {
    for (int i = from; i < to; i++) {
      voxels[i] = voxels[i] * factor + shift;
    }
  }

  /** Stretches about a centre and clamps. */
  static void stretch(float[] voxels, float centre, float factor, float least, float greatest) {
    for (int from = 0; from < voxels.length; from += BLOCK) {
      clamped(voxels, from, Math.min(voxels.length, from + BLOCK), centre, factor, least, greatest);
    }
  }

  private static void clamped(
      float[] voxels, int from, int to, float centre, float factor, float least, float greatest) {
    for (int i = from; i < to; i++) {
      float value = (voxels[i] - centre) * factor + centre;
      voxels[i] = Math.min(Math.max(value, least), greatest);
    }
  }
}
