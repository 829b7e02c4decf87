package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/** Linear interpolation at the points of a row. */
final class LinearRows implements PointResampler.ImageRows {
  private final float[] source;
  private final Outside outside;
  private final boolean fading;
  private final Corners corners;
  private final Extent extent;

  /** If fading, voxels outside count as voxels; else a point outside has the value outside. */
  LinearRows(float[] source, Extent extent, Outside outside, boolean fading) {
    this.source = source;
    this.outside = outside;
    this.fading = fading;
    this.extent = extent;
    corners = new Corners(extent);
  }

  @Override
  public void row(double[][] at, float[] target, int start) {
    float beyond = (float) outside.image();
    for (int i = 0; i < at[2].length; i++) {
      double z = outside.fold(at[0][i], extent.get(0));
      double y = outside.fold(at[1][i], extent.get(1));
      double x = outside.fold(at[2][i], extent.get(2));
      if (!fading && !corners.within(z, y, x)) {
        target[start + i] = beyond;
        continue;
      }
      corners.around(z, y, x);
      if (corners.outside) {
        target[start + i] = beyond;
        continue;
      }
      float sum = 0;
      for (int corner = 0; corner < 8; corner++) {
        float weight = corners.weight[corner];
        if (weight != 0) {
          int offset = corners.offset[corner];
          sum += weight * (offset < 0 ? beyond : source[offset]);
        }
      }
      target[start + i] = sum;
    }
  }
}
