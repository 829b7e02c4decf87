package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/** Linear interpolation of labels by vote, at the points of a row; see {@link LabelVote}. */
final class VoteRows implements PointResampler.LabelRows {
  private final short[] source;
  private final Extent extent;
  private final Spatial.Labels rule;
  private final Outside outside;
  private final Corners corners;
  private final LabelVote vote = new LabelVote();

  VoteRows(short[] source, Extent extent, Spatial.Sampling sampling) {
    this.source = source;
    this.extent = extent;
    rule = sampling.labels();
    outside = sampling.outside();
    corners = new Corners(extent);
  }

  @Override
  public void row(double[][] at, short[] target, int start) {
    short beyond = (short) outside.label();
    for (int i = 0; i < at[2].length; i++) {
      double z = outside.fold(at[0][i], extent.get(0));
      double y = outside.fold(at[1][i], extent.get(1));
      double x = outside.fold(at[2][i], extent.get(2));
      corners.around(z, y, x);
      if (corners.outside) {
        target[start + i] = beyond;
        continue;
      }
      vote.clear();
      for (int corner = 0; corner < 8; corner++) {
        float weight = corners.weight[corner];
        if (weight != 0) {
          int offset = corners.offset[corner];
          vote.add(offset < 0 ? beyond : source[offset], weight);
        }
      }
      target[start + i] = vote.winner(rule, nearest(z, y, x));
    }
  }

  private short nearest(double z, double y, double x) {
    double iz = Math.rint(z);
    double iy = Math.rint(y);
    double ix = Math.rint(x);
    int ny = extent.get(1);
    int nx = extent.get(2);
    boolean inside = iz >= 0 && iz < extent.get(0) && iy >= 0 && iy < ny && ix >= 0 && ix < nx;
    int offset = (((int) iz) * ny + (int) iy) * nx + (int) ix;
    return inside ? source[offset] : (short) outside.label();
  }
}
