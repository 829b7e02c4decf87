package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.Arrays;

/** Copies the central box: it starts at n / 2 - patch / 2, both rounded down; may reach out. */
final class CentreCrop {
  private final Extent from;
  private final Extent to;
  private final int[] start = new int[3];

  CentreCrop(Extent from, Extent to) {
    this.from = from;
    this.to = to;
    Arrays.setAll(start, axis -> from.get(axis) / 2 - to.get(axis) / 2);
  }

  /** Copies an image; 0 outside. The target is all zeros before. */
  void copy(float[] source, float[] target) {
    copyRows(source, target);
  }

  /** Copies labels; -1 outside. */
  void copy(short[] source, short[] target) {
    Arrays.fill(target, (short) -1);
    copyRows(source, target);
  }

  private void copyRows(Object source, Object target) {
    int x0 = Math.max(0, -start[2]);
    int x1 = Math.min(to.get(2), from.get(2) - start[2]);
    if (x0 >= x1) {
      return;
    }
    for (int z = 0; z < to.get(0); z++) {
      int sz = z + start[0];
      if (sz < 0 || sz >= from.get(0)) {
        continue;
      }
      for (int y = 0; y < to.get(1); y++) {
        int sy = y + start[1];
        if (sy >= 0 && sy < from.get(1)) {
          int source0 = (sz * from.get(1) + sy) * from.get(2) + start[2] + x0;
          int target0 = (z * to.get(1) + y) * to.get(2) + x0;
          System.arraycopy(source, source0, target, target0, x1 - x0);
        }
      }
    }
  }
}
