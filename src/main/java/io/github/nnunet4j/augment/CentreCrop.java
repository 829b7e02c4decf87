package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.Arrays;

/** Copies the central box, which may reach out of the image. */
final class CentreCrop {
  private final Extent from;
  private final Extent to;
  private final Outside outside;
  private final int[] start = new int[3];
  private final boolean inside;

  /** Starts at n / 2 - patch / 2, both rounded down; in v1 at (n - patch) / 2, rounded down. */
  CentreCrop(Extent from, Extent to, Edition edition, Outside outside) {
    this.from = from;
    this.to = to;
    this.outside = outside;
    boolean contained = true;
    for (int axis = 0; axis < 3; axis++) {
      int n = from.get(axis);
      int patch = to.get(axis);
      start[axis] = edition == Edition.V1 ? Math.floorDiv(n - patch, 2) : n / 2 - patch / 2;
      contained &= start[axis] >= 0 && start[axis] + patch <= n;
    }
    inside = contained;
  }

  Extent to() {
    return to;
  }

  /** Copies an image. */
  void copy(float[] source, float[] target) {
    if (!inside) {
      if (outside.border() != Outside.Border.CONSTANT) {
        fold(source, target);
        return;
      }
      Arrays.fill(target, (float) outside.image());
    }
    copyRows(source, target);
  }

  /** Copies labels. */
  void copy(short[] source, short[] target) {
    if (!inside) {
      if (outside.border() != Outside.Border.CONSTANT) {
        fold(source, target);
        return;
      }
      Arrays.fill(target, (short) outside.label());
    }
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

  private void fold(float[] source, float[] target) {
    int[] index = index();
    for (int i = 0; i < target.length; i++) {
      target[i] = source[index[i]];
    }
  }

  private void fold(short[] source, short[] target) {
    int[] index = index();
    for (int i = 0; i < target.length; i++) {
      target[i] = source[index[i]];
    }
  }

  private int[] index() {
    int[] index = new int[Math.toIntExact(to.voxels())];
    int at = 0;
    for (int z = 0; z < to.get(0); z++) {
      int sz = outside.voxel(z + start[0], from.get(0));
      for (int y = 0; y < to.get(1); y++) {
        int row = (sz * from.get(1) + outside.voxel(y + start[1], from.get(1))) * from.get(2);
        for (int x = 0; x < to.get(2); x++) {
          index[at++] = row + outside.voxel(x + start[2], from.get(2));
        }
      }
    }
    return index;
  }
}
