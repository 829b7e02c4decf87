package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.util.Locale;

/** The grid to resample to; refused before anything is allocated if this machine cannot hold it. */
final class TargetGrid {
  private static final int MOST_VOXELS = Integer.MAX_VALUE - 8;

  private TargetGrid() {}

  static Grid of(String id, Volume cropped, Spacing wanted) {
    long heap = Runtime.getRuntime().maxMemory();
    return of(id, cropped.grid(), wanted, Math.min(MOST_VOXELS, heap / 4.0 / cropped.channels()));
  }

  static Grid of(String id, Grid from, Spacing wanted, double most) {
    Spacing spacing =
        wanted.rank() == 3
            ? wanted
            : Spacing.millimetres(from.spacing().get(0), wanted.get(0), wanted.get(1));
    double[] sizes = new double[3]; // where rounding leaves no voxel at all, one is kept
    double voxels = 1;
    for (int axis = 0; axis < 3; axis++) {
      double ratio = from.spacing().get(axis) / spacing.get(axis);
      sizes[axis] = Math.max(1, Math.rint(ratio * from.extent().get(axis)));
      voxels *= sizes[axis];
    }
    if (!(voxels <= most)) {
      throw new PreprocessException(
          new Problem(
              "case " + id + ", resampling from " + from + " to " + spacing + " mm",
              String.format(
                  Locale.ROOT, "at most %.4g voxels, what the heap of this JVM can hold", most),
              String.format(
                  Locale.ROOT, "%.4g x %.4g x %.4g (z, y, x)", sizes[0], sizes[1], sizes[2]),
              "Check the spacing of the image; if it is right, plan a coarser target spacing or"
                  + " give the JVM more heap (-Xmx)."));
    }
    return Grid.of(Extent.of(3, axis -> (int) sizes[axis]), spacing);
  }
}
