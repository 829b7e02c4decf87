package io.github.nnunet4j.image;

import java.util.Arrays;

/**
 * Floods the zeros of an image from its border, over voxel faces, row by row. What the flood does
 * not reach is nonzero or an enclosed hole.
 */
final class HoleFilling {
  private final float[][] channels;
  private final int nz;
  private final int ny;
  private final int nx;
  private final boolean[] dry;
  private int[] stack = new int[1024];
  private int depth;

  private HoleFilling(Volume image) {
    channels = new float[image.channels()][];
    Arrays.setAll(channels, image::unsafeArray);
    Extent extent = image.grid().extent();
    nz = extent.get(0);
    ny = extent.get(1);
    nx = extent.get(2);
    dry = new boolean[channels[0].length];
    Arrays.fill(dry, true);
  }

  /** True for each voxel that is not zero in some channel or is cut off from the border's zeros. */
  static boolean[] enclosed(Volume image) {
    HoleFilling flood = new HoleFilling(image);
    if (flood.dry.length > 0) {
      flood.fromBorder();
    }
    return flood.dry;
  }

  private void fromBorder() {
    for (int z = 0; z < nz; z++) {
      boolean outerSlice = z == 0 || z == nz - 1;
      for (int y = 0; y < ny; y++) {
        int row = (z * ny + y) * nx;
        boolean whole = outerSlice || y == 0 || y == ny - 1;
        int step = whole ? 1 : Math.max(1, nx - 1);
        for (int x = 0; x < nx; x += step) {
          if (floodable(row + x)) {
            push(row + x);
            drain();
          }
        }
      }
    }
  }

  private void drain() {
    while (depth > 0) {
      int voxel = stack[--depth];
      if (!dry[voxel]) {
        continue;
      }
      int row = voxel / nx * nx;
      int from = voxel;
      while (from > row && floodable(from - 1)) {
        from--;
      }
      int to = voxel + 1;
      while (to < row + nx && floodable(to)) {
        to++;
      }
      Arrays.fill(dry, from, to, false);
      int line = row / nx;
      int y = line % ny;
      int z = line / ny;
      if (y > 0) {
        seed(from - nx, to - nx);
      }
      if (y < ny - 1) {
        seed(from + nx, to + nx);
      }
      int slice = ny * nx;
      if (z > 0) {
        seed(from - slice, to - slice);
      }
      if (z < nz - 1) {
        seed(from + slice, to + slice);
      }
    }
  }

  /** Pushes the first voxel of each floodable run. */
  private void seed(int from, int to) {
    boolean running = false;
    for (int i = from; i < to; i++) {
      boolean open = floodable(i);
      if (open && !running) {
        push(i);
      }
      running = open;
    }
  }

  private boolean floodable(int voxel) {
    if (!dry[voxel]) {
      return false;
    }
    for (float[] channel : channels) {
      if (channel[voxel] != 0) {
        return false;
      }
    }
    return true;
  }

  private void push(int voxel) {
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    stack[depth++] = voxel;
  }
}
