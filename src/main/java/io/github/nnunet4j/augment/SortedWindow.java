package io.github.nnunet4j.augment;

/** The voxels under a moving window in rising order. */
final class SortedWindow {
  private static final float[] NOTHING = {};

  private float[] values;
  private float[] spare;
  private int size;

  SortedWindow(int capacity) {
    values = new float[capacity];
    spare = new float[capacity];
  }

  /** Adds a sorted column. */
  void add(float[] column) {
    exchange(NOTHING, column);
  }

  /** Takes one sorted column out and another in. */
  void exchange(float[] out, float[] in) {
    float[] from = values;
    float[] to = spare;
    int at = 0;
    int gone = 0;
    int come = 0;
    for (int i = 0; i < size; i++) {
      float value = from[i];
      if (gone < out.length && same(value, out[gone])) {
        gone++;
        continue;
      }
      while (come < in.length && in[come] <= value) {
        to[at++] = in[come++];
      }
      to[at++] = value;
    }
    while (come < in.length) {
      to[at++] = in[come++];
    }
    size = at;
    values = to;
    spare = from;
  }

  private static boolean same(float a, float b) {
    return a == b || (Float.isNaN(a) && Float.isNaN(b));
  }

  /** The value at a place of the order, from 0. */
  float rank(int place) {
    return values[place];
  }
}
