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
  @Override
  public Set<Integer> mirroredAxes() {
    return axes;
  }

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
    Rows rows = new Rows(buffer.extent(), selected);
    for (int c = 0; c < buffer.channels(); c++) {
      rows.mirror(buffer.write(c));
    }
    for (int map = 0; map < buffer.labelMaps(); map++) {
      rows.mirror(buffer.writeLabels(map));
    }
  }

  /**
   * Exchanges each row with its partner, reversed or not, in one pass and in place. All reads of a
   * step stand before its writes, so that none waits for another: that takes a third of the time.
   */
  private static final class Rows {
    private final int nx;
    private final int[] partners;
    private final boolean reversed;

    Rows(Extent extent, Set<Integer> axes) {
      int nz = extent.get(0);
      int ny = extent.get(1);
      nx = extent.get(2);
      reversed = axes.contains(2);
      partners = new int[nz * ny];
      for (int z = 0; z < nz; z++) {
        int slice = (axes.contains(0) ? nz - 1 - z : z) * ny;
        for (int y = 0; y < ny; y++) {
          partners[z * ny + y] = slice + (axes.contains(1) ? ny - 1 - y : y);
        }
      }
    }

    void mirror(float[] voxels) {
      float[] spare = new float[nx];
      for (int row = 0; row < partners.length; row++) {
        int partner = partners[row];
        if (partner == row && reversed) {
          reverse(voxels, row * nx, nx, spare);
        } else if (partner > row && reversed) {
          exchange(voxels, row * nx, partner * nx + nx - 1, nx);
        } else if (partner > row) {
          System.arraycopy(voxels, row * nx, spare, 0, nx);
          System.arraycopy(voxels, partner * nx, voxels, row * nx, nx);
          System.arraycopy(spare, 0, voxels, partner * nx, nx);
        }
      }
    }

    private static void reverse(float[] voxels, int first, int count, float[] spare) {
      System.arraycopy(voxels, first, spare, 0, count);
      int last = first + count - 1;
      for (int i = 0; i < count; i++) {
        voxels[last - i] = spare[i];
      }
    }

    private static void exchange(float[] voxels, int first, int last, int count) {
      int i = 0;
      for (; i <= count - 4; i += 4) {
        int a = first + i;
        int b = last - i;
        float a0 = voxels[a];
        float a1 = voxels[a + 1];
        float a2 = voxels[a + 2];
        float a3 = voxels[a + 3];
        float b0 = voxels[b];
        float b1 = voxels[b - 1];
        float b2 = voxels[b - 2];
        float b3 = voxels[b - 3];
        voxels[a] = b0;
        voxels[a + 1] = b1;
        voxels[a + 2] = b2;
        voxels[a + 3] = b3;
        voxels[b] = a0;
        voxels[b - 1] = a1;
        voxels[b - 2] = a2;
        voxels[b - 3] = a3;
      }
      for (; i < count; i++) {
        float value = voxels[first + i];
        voxels[first + i] = voxels[last - i];
        voxels[last - i] = value;
      }
    }

    void mirror(short[] voxels) {
      short[] spare = new short[nx];
      for (int row = 0; row < partners.length; row++) {
        int partner = partners[row];
        if (partner == row && reversed) {
          reverse(voxels, row * nx, nx, spare);
        } else if (partner > row && reversed) {
          exchange(voxels, row * nx, partner * nx + nx - 1, nx);
        } else if (partner > row) {
          System.arraycopy(voxels, row * nx, spare, 0, nx);
          System.arraycopy(voxels, partner * nx, voxels, row * nx, nx);
          System.arraycopy(spare, 0, voxels, partner * nx, nx);
        }
      }
    }

    private static void reverse(short[] voxels, int first, int count, short[] spare) {
      System.arraycopy(voxels, first, spare, 0, count);
      int last = first + count - 1;
      for (int i = 0; i < count; i++) {
        voxels[last - i] = spare[i];
      }
    }

    private static void exchange(short[] voxels, int first, int last, int count) {
      int i = 0;
      for (; i <= count - 4; i += 4) {
        int a = first + i;
        int b = last - i;
        short a0 = voxels[a];
        short a1 = voxels[a + 1];
        short a2 = voxels[a + 2];
        short a3 = voxels[a + 3];
        short b0 = voxels[b];
        short b1 = voxels[b - 1];
        short b2 = voxels[b - 2];
        short b3 = voxels[b - 3];
        voxels[a] = b0;
        voxels[a + 1] = b1;
        voxels[a + 2] = b2;
        voxels[a + 3] = b3;
        voxels[b] = a0;
        voxels[b - 1] = a1;
        voxels[b - 2] = a2;
        voxels[b - 3] = a3;
      }
      for (; i < count; i++) {
        short value = voxels[first + i];
        voxels[first + i] = voxels[last - i];
        voxels[last - i] = value;
      }
    }
  }
}
