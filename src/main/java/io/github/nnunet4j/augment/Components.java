package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Components of nonzero voxels that share a corner, numbered from 1 by their first voxels. */
final class Components {
  private final int[] number;
  private final List<Integer> sizes = new ArrayList<>();
  private final int nz;
  private final int ny;
  private final int nx;
  private int[] stack = new int[1024];
  private int depth;

  private Components(Extent extent) {
    nz = extent.get(0);
    ny = extent.get(1);
    nx = extent.get(2);
    number = new int[Math.toIntExact(extent.voxels())];
  }

  static Components of(float[] voxels, Extent extent) {
    Components components = new Components(extent);
    for (int i = 0; i < voxels.length; i++) {
      if (voxels[i] != 0 && components.number[i] == 0) {
        components.flood(voxels, i);
      }
    }
    return components;
  }

  private void flood(float[] voxels, int start) {
    int id = sizes.size() + 1;
    int size = 0;
    push(start, id);
    while (depth > 0) {
      int at = stack[--depth];
      size++;
      int x = at % nx;
      int y = at / nx % ny;
      int z = at / nx / ny;
      for (int cz = Math.max(0, z - 1); cz <= Math.min(nz - 1, z + 1); cz++) {
        for (int cy = Math.max(0, y - 1); cy <= Math.min(ny - 1, y + 1); cy++) {
          for (int cx = Math.max(0, x - 1); cx <= Math.min(nx - 1, x + 1); cx++) {
            int other = (cz * ny + cy) * nx + cx;
            if (voxels[other] != 0 && number[other] == 0) {
              push(other, id);
            }
          }
        }
      }
    }
    sizes.add(size);
  }

  private void push(int voxel, int id) {
    number[voxel] = id;
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    stack[depth++] = voxel;
  }

  /** One of those with fewer voxels than the share of all; 0 if there is none. */
  int choose(double share, double choice) {
    List<Integer> fitting = new ArrayList<>();
    for (int i = 0; i < sizes.size(); i++) {
      if (sizes.get(i) < share * number.length) {
        fitting.add(i + 1);
      }
    }
    return fitting.isEmpty() ? 0 : fitting.get((int) (choice * fitting.size()));
  }

  void write(int id, float[] voxels, float value) {
    for (int i = 0; i < voxels.length; i++) {
      if (number[i] == id) {
        voxels[i] = value;
      }
    }
  }
}
