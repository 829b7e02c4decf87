package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/**
 * Linear interpolation of labels as nnU-Net v1 does it: label by label in rising order, each is
 * written where it weighs at least one half. Where none does, and outside of the edge voxels'
 * centres, the label is 0.
 */
final class HalfRows implements PointResampler.LabelRows {
  private static final double HALF = 0.5;

  private final short[] source;
  private final Corners corners;
  private final int rowStride;
  private final int sliceStride;
  private final EdgeCentres centres;

  HalfRows(short[] source, Extent extent) {
    this.source = source;
    corners = new Corners(extent);
    rowStride = extent.get(2);
    sliceStride = extent.get(1) * extent.get(2);
    centres = EdgeCentres.of(extent);
  }

  @Override
  public void row(double[][] at, short[] target, int start) {
    double[] pz = at[0];
    double[] py = at[1];
    double[] px = at[2];
    for (int i = 0; i < px.length; i++) {
      double z = pz[i];
      double y = py[i];
      double x = px[i];
      boolean inside = centres.hold(z, y, x);
      target[start + i] = inside ? label(z, y, x) : 0;
    }
  }

  private short label(double z, double y, double x) {
    int iz = (int) z;
    int iy = (int) y;
    int ix = (int) x;
    int o = iz * sliceStride + iy * rowStride + ix;
    int right = ix < centres.lastX() ? 1 : 0;
    int down = iy < centres.lastY() ? rowStride : 0;
    int back = iz < centres.lastZ() ? sliceStride : 0;
    int first = source[o];
    int p = o + down;
    int q = o + back;
    int r = q + down;
    int differs =
        (first ^ source[o + right])
            | (first ^ source[p])
            | (first ^ source[p + right])
            | (first ^ source[q])
            | (first ^ source[q + right])
            | (first ^ source[r])
            | (first ^ source[r + right]);
    return differs == 0 ? (short) first : vote(z, y, x);
  }

  private short vote(double z, double y, double x) {
    corners.around(z, y, x);
    short winner = 0;
    boolean found = false;
    for (int corner = 0; corner < 8; corner++) {
      int offset = corners.offset[corner];
      if (offset < 0 || corners.weight[corner] == 0 || (found && source[offset] <= winner)) {
        continue;
      }
      double score = 0;
      for (int other = 0; other < 8; other++) {
        int o = corners.offset[other];
        score += o >= 0 && source[o] == source[offset] ? corners.weight[other] : 0;
      }
      if (score >= HALF) {
        winner = source[offset];
        found = true;
      }
    }
    return winner;
  }
}
