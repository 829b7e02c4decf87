package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Extent;
import java.util.List;

/** Rows of a trilinearly (or partly nearest) resampled channel, computed one by one. */
final class LinearRows {
  private final int ny;
  private final int nx;
  private final AxisLine z;
  private final AxisLine y;
  private final AxisLine x;
  private final double[] blended;

  /**
   * A source of rows; holds one row and is for one thread.
   *
   * @param source extent of the channels
   * @param lines along z, y, x
   */
  LinearRows(Extent source, List<AxisLine> lines) {
    ny = source.get(1);
    nx = source.get(2);
    z = lines.get(0);
    y = lines.get(1);
    x = lines.get(2);
    blended = new double[nx];
  }

  /** Fills one row of the resampled channel. */
  void row(float[] channel, int atZ, int atY, float[] out) {
    double tz = z.t(atZ);
    double ty = y.t(atY);
    int z0 = z.lower(atZ) * ny;
    int z1 = z.upper(atZ) * ny;
    int y0 = y.lower(atY);
    int y1 = y.upper(atY);
    int a = (z0 + y0) * nx;
    int b = (z0 + y1) * nx;
    int c = (z1 + y0) * nx;
    int d = (z1 + y1) * nx;
    double wa = (1 - tz) * (1 - ty);
    double wb = (1 - tz) * ty;
    double wc = tz * (1 - ty);
    double wd = tz * ty;
    for (int i = 0; i < nx; i++) {
      blended[i] =
          wa * channel[a + i] + wb * channel[b + i] + wc * channel[c + i] + wd * channel[d + i];
    }
    for (int i = 0; i < out.length; i++) {
      double t = x.t(i);
      out[i] = (float) ((1 - t) * blended[x.lower(i)] + t * blended[x.upper(i)]);
    }
  }
}
