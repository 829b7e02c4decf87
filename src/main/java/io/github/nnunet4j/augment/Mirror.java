package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Mirrors image and labels along each allowed axis with probability one half (nnU-Net {@code
 * MirrorTransform}). The parameters are the axes to mirror.
 *
 * @param axes allowed axes, 0 = z, 1 = y, 2 = x
 */
public record Mirror(Set<Integer> axes) implements ParametricAugmentation<Set<Integer>> {
  /** Checks the axes. */
  public Mirror {
    axes = Collections.unmodifiableSet(new TreeSet<>(axes));
    require(axes);
  }

  private static void require(Set<Integer> axes) {
    Checks.argument(Set.of(0, 1, 2).containsAll(axes), "axes are 0 to 2, not %s", axes);
  }

  @Override
  public Set<Integer> draw(int channels, RandomGenerator random) {
    Set<Integer> drawn = new TreeSet<>();
    for (int axis : axes) {
      if (random.nextDouble() < 0.5) {
        drawn.add(axis);
      }
    }
    return Collections.unmodifiableSet(drawn);
  }

  @Override
  public void changeIn(SampleBuffer buffer, Set<Integer> selected) {
    require(selected);
    if (selected.isEmpty()) {
      return;
    }
    Rows rows = new Rows(buffer.extent(), selected.contains(0), selected.contains(1));
    boolean flipX = selected.contains(2);
    for (int c = 0; c < buffer.channels(); c++) {
      float[] voxels = buffer.write(c);
      rows.swap(voxels, new float[rows.nx]);
      if (flipX) {
        reverse(voxels, rows.nx);
      }
    }
    short[] labels = buffer.writeLabels();
    rows.swap(labels, new short[rows.nx]);
    if (flipX) {
      reverse(labels, rows.nx);
    }
  }

  /** Exchanges whole rows, in place; arrays of any one component type. */
  private record Rows(int nz, int ny, int nx, boolean flipZ, boolean flipY) {
    Rows(Extent extent, boolean flipZ, boolean flipY) {
      this(extent.get(0), extent.get(1), extent.get(2), flipZ, flipY);
    }

    void swap(Object voxels, Object spareRow) {
      if (!flipZ && !flipY) {
        return;
      }
      int rows = nz * ny;
      for (int row = 0; row < rows; row++) {
        int z = row / ny;
        int y = row % ny;
        int partner = (flipZ ? nz - 1 - z : z) * ny + (flipY ? ny - 1 - y : y);
        if (partner > row) {
          System.arraycopy(voxels, row * nx, spareRow, 0, nx);
          System.arraycopy(voxels, partner * nx, voxels, row * nx, nx);
          System.arraycopy(spareRow, 0, voxels, partner * nx, nx);
        }
      }
    }
  }

  private static void reverse(float[] voxels, int nx) {
    for (int start = 0; start < voxels.length; start += nx) {
      for (int i = start, j = start + nx - 1; i < j; i++, j--) {
        float left = voxels[i];
        voxels[i] = voxels[j];
        voxels[j] = left;
      }
    }
  }

  private static void reverse(short[] voxels, int nx) {
    for (int start = 0; start < voxels.length; start += nx) {
      for (int i = start, j = start + nx - 1; i < j; i++, j--) {
        short left = voxels[i];
        voxels[i] = voxels[j];
        voxels[j] = left;
      }
    }
  }
}
