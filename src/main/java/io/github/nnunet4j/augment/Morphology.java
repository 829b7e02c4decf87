package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Dilation and erosion by a structuring element. The outside is background for a dilation and
 * foreground for an erosion. Rows are bit sets, and each run of the element along x is done at
 * once.
 */
final class Morphology {
  private static final double LARGEST = 256;

  private final int nz;
  private final int ny;
  private final int nx;
  private final int margin;
  private final StructuringElement element;
  private final Edition edition;

  Morphology(Extent extent, double radius, Edition edition) {
    Checks.argument(
        radius > 0 && radius <= LARGEST, "a radius lies within 0 and %s, not %s", LARGEST, radius);
    nz = extent.get(0);
    ny = extent.get(1);
    nx = extent.get(2);
    boolean flat = nz == 1 && edition == Edition.V2;
    element = flat ? StructuringElement.disk(radius) : StructuringElement.ball(radius);
    margin = element.edge;
    this.edition = edition;
  }

  static boolean[] mask(float[] voxels) {
    boolean[] mask = new boolean[voxels.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = voxels[i] != 0;
    }
    return mask;
  }

  boolean[] apply(boolean[] mask, BinaryOperators.Operator operator) {
    return switch (operator) {
      case DILATION -> dilate(mask);
      case EROSION -> erode(mask);
      case CLOSING -> erode(dilate(mask));
      case OPENING -> dilate(erode(mask));
    };
  }

  private boolean[] dilate(boolean[] mask) {
    return spread(mask, true, edition == Edition.V1);
  }

  private boolean[] erode(boolean[] mask) {
    boolean[] spread = spread(mask, false, false);
    for (int i = 0; i < spread.length; i++) {
      spread[i] = !spread[i];
    }
    return spread;
  }

  /** A run of the element along x: voxels low to high - 1 of the row (z, y) as seen by a voxel. */
  private record Run(int low, int high) {}

  private Map<Run, List<int[]>> runs(boolean mirrored) {
    Map<Run, List<int[]>> runs = new LinkedHashMap<>();
    for (int[] run : element.runs()) {
      int a = offset(run[2], element.edge, mirrored);
      int b = offset(run[3] - 1, element.edge, mirrored);
      int z = offset(run[0], element.edgeZ, mirrored);
      int y = offset(run[1], element.edge, mirrored);
      runs.computeIfAbsent(new Run(Math.min(a, b), Math.max(a, b) + 1), r -> new ArrayList<>())
          .add(new int[] {z, y});
    }
    return runs;
  }

  /**
   * The voxel that an element looks at, from the voxel it is asked for: in v2 from the lower
   * middle; in v1 from the upper middle, mirrored for dilations.
   */
  private int offset(int at, int length, boolean mirrored) {
    if (edition == Edition.V2) {
      return at - (length - 1) / 2;
    }
    return mirrored ? length / 2 - at : at - length / 2;
  }

  /** Marks every voxel that has one of the given kind under the element. */
  private boolean[] spread(boolean[] mask, boolean kind, boolean mirrored) {
    Map<Run, List<int[]>> runs = runs(mirrored);
    int words = BitRow.words(nx + 2 * margin);
    long[][] marked = new long[nz * ny][words];
    long[] wide = new long[words];
    long[] spare = new long[words];
    for (int z = 0; z < nz; z++) {
      for (int y = 0; y < ny; y++) {
        long[] row = bits(mask, (z * ny + y) * nx, kind, words);
        if (row.length == 0) {
          continue;
        }
        for (Map.Entry<Run, List<int[]>> run : runs.entrySet()) {
          BitRow.spread(row, run.getKey().low(), run.getKey().high(), wide, spare);
          for (int[] place : run.getValue()) {
            mark(wide, z - place[0], y - place[1], marked);
          }
        }
      }
    }
    return unpacked(marked);
  }

  private void mark(long[] row, int z, int y, long[][] marked) {
    if (z >= 0 && z < nz && y >= 0 && y < ny) {
      BitRow.or(row, marked[z * ny + y]);
    }
  }

  /** The row as bits; empty if there are none. */
  private long[] bits(boolean[] mask, int row, boolean kind, int words) {
    long[] bits = new long[words];
    boolean any = false;
    for (int x = 0; x < nx; x++) {
      if (mask[row + x] == kind) {
        BitRow.set(bits, x + margin);
        any = true;
      }
    }
    return any ? bits : new long[0];
  }

  private boolean[] unpacked(long[][] rows) {
    boolean[] mask = new boolean[nz * ny * nx];
    for (int row = 0; row < rows.length; row++) {
      for (int x = 0; x < nx; x++) {
        mask[row * nx + x] = BitRow.get(rows[row], x + margin);
      }
    }
    return mask;
  }
}
