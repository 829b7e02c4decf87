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
    rows.mirror(buffer.writeLabels());
  }

  /** Exchanges each row with its partner, reversed or not, in one pass and in place. */
  private record Rows(int nz, int ny, int nx, boolean flipZ, boolean flipY, boolean flipX) {
    Rows(Extent extent, Set<Integer> axes) {
      this(
          extent.get(0),
          extent.get(1),
          extent.get(2),
          axes.contains(0),
          axes.contains(1),
          axes.contains(2));
    }

    private int partner(int row) {
      int z = row / ny;
      int y = row % ny;
      return (flipZ ? nz - 1 - z : z) * ny + (flipY ? ny - 1 - y : y);
    }

    void mirror(float[] voxels) {
      float[] spare = new float[nx];
      for (int row = 0; row < nz * ny; row++) {
        int partner = partner(row);
        if (partner >= row && flipX) {
          int count = partner == row ? nx / 2 : nx;
          reverse(voxels, row * nx, partner * nx + nx - 1, count);
        } else if (partner > row) {
          System.arraycopy(voxels, row * nx, spare, 0, nx);
          System.arraycopy(voxels, partner * nx, voxels, row * nx, nx);
          System.arraycopy(spare, 0, voxels, partner * nx, nx);
        }
      }
    }

    private static void reverse(float[] voxels, int first, int last, int count) {
      for (int i = 0; i < count; i++) {
        float value = voxels[first + i];
        voxels[first + i] = voxels[last - i];
        voxels[last - i] = value;
      }
    }

    void mirror(short[] voxels) {
      short[] spare = new short[nx];
      for (int row = 0; row < nz * ny; row++) {
        int partner = partner(row);
        if (partner >= row && flipX) {
          int count = partner == row ? nx / 2 : nx;
          reverse(voxels, row * nx, partner * nx + nx - 1, count);
        } else if (partner > row) {
          System.arraycopy(voxels, row * nx, spare, 0, nx);
          System.arraycopy(voxels, partner * nx, voxels, row * nx, nx);
          System.arraycopy(spare, 0, voxels, partner * nx, nx);
        }
      }
    }

    private static void reverse(short[] voxels, int first, int last, int count) {
      for (int i = 0; i < count; i++) {
        short value = voxels[first + i];
        voxels[first + i] = voxels[last - i];
        voxels[last - i] = value;
      }
    }
  }
}
