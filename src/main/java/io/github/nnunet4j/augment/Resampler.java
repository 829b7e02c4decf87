package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/** Takes image and labels at the points of {@link AffineRows}, row by row. */
final class Resampler {
  private static final short OUTSIDE = -1;

  private final AffineRows rows;
  private final Spatial.Sampling sampling;
  private final Corners corners;
  private final LabelVote vote = new LabelVote();
  private final int ny;
  private final int nx;

  Resampler(AffineRows rows, Spatial.Sampling sampling) {
    this.rows = rows;
    corners = new Corners(rows.from);
    this.sampling = sampling;
    this.ny = rows.from.get(1);
    this.nx = rows.from.get(2);
  }

  /** Fills the output; in the plane, the coordinates of a row serve every slice. */
  void run(float[][] source, short[][] sourceLabels, float[][] image, short[][] labels) {
    Extent to = rows.to;
    for (int z = 0; z < to.get(0); z++) {
      for (int y = 0; y < to.get(1); y++) {
        rows.row(z, y);
        int at = (z * to.get(1) + y) * to.get(2);
        int slice = rows.inPlane ? z * ny * nx : 0;
        for (int c = 0; c < image.length; c++) {
          imageRow(source[c], slice, image[c], at);
        }
        for (int map = 0; map < labels.length; map++) {
          labelRow(sourceLabels[map], slice, labels[map], at);
        }
      }
    }
  }

  private void imageRow(float[] source, int slice, float[] target, int at) {
    if (sampling.image() == Spatial.Image.NEAREST) {
      for (int x = 0; x < rows.to.get(2); x++) {
        int offset = rows.nearestOffset(x);
        target[at + x] = offset < 0 ? 0 : source[offset];
      }
      return;
    }
    for (int x = 0; x < rows.begin; x++) {
      target[at + x] = edge(source, x);
    }
    if (rows.inPlane) {
      planeRow(source, slice, target, at);
    } else {
      spaceRow(source, target, at);
    }
    for (int x = rows.end; x < rows.to.get(2); x++) {
      target[at + x] = edge(source, x);
    }
  }

  private float edge(float[] source, int x) {
    corners.around(rows, x);
    if (corners.outside) {
      return 0;
    }
    float sum = 0;
    for (int corner = 0; corner < 8; corner++) {
      int offset = corners.offset[corner];
      if (offset >= 0 && corners.weight[corner] != 0) {
        sum += corners.weight[corner] * source[offset];
      }
    }
    return sum;
  }

  private void spaceRow(float[] source, float[] target, int at) {
    int[] offset = rows.offset;
    float[] fz = rows.fz;
    float[] fy = rows.fy;
    float[] fx = rows.fx;
    int row = nx;
    int slice = ny * nx;
    int end = rows.end;
    for (int x = rows.begin; x < end; x++) {
      int o = offset[x];
      float wx = fx[x];
      float wy = fy[x];
      float a = source[o] + wx * (source[o + 1] - source[o]);
      int p = o + row;
      float b = source[p] + wx * (source[p + 1] - source[p]);
      int q = o + slice;
      float c = source[q] + wx * (source[q + 1] - source[q]);
      int r = q + row;
      float d = source[r] + wx * (source[r + 1] - source[r]);
      float near = a + wy * (b - a);
      float far = c + wy * (d - c);
      target[at + x] = near + fz[x] * (far - near);
    }
  }

  private void planeRow(float[] source, int slice, float[] target, int at) {
    int[] offset = rows.offset;
    float[] fy = rows.fy;
    float[] fx = rows.fx;
    int row = nx;
    int end = rows.end;
    for (int x = rows.begin; x < end; x++) {
      int o = offset[x] + slice;
      float wx = fx[x];
      float a = source[o] + wx * (source[o + 1] - source[o]);
      int p = o + row;
      float b = source[p] + wx * (source[p + 1] - source[p]);
      target[at + x] = a + fy[x] * (b - a);
    }
  }

  private void labelRow(short[] source, int slice, short[] target, int at) {
    int count = rows.to.get(2);
    if (sampling.labels() == Spatial.Labels.NEAREST) {
      for (int x = 0; x < count; x++) {
        target[at + x] = nearest(source, x);
      }
      return;
    }
    for (int x = 0; x < rows.begin; x++) {
      target[at + x] = edgeLabel(source, x);
    }
    if (rows.inPlane) {
      planeLabels(source, slice, target, at);
    } else {
      spaceLabels(source, target, at);
    }
    for (int x = rows.end; x < count; x++) {
      target[at + x] = edgeLabel(source, x);
    }
  }

  private void spaceLabels(short[] source, short[] target, int at) {
    int[] offset = rows.offset;
    int row = nx;
    int slice = ny * nx;
    int end = rows.end;
    for (int x = rows.begin; x < end; x++) {
      int o = offset[x];
      int p = o + row;
      int q = o + slice;
      int r = q + row;
      int first = source[o];
      int differs =
          (first ^ source[o + 1])
              | (first ^ source[p])
              | (first ^ source[p + 1])
              | (first ^ source[q])
              | (first ^ source[q + 1])
              | (first ^ source[r])
              | (first ^ source[r + 1]);
      target[at + x] = differs == 0 ? (short) first : edgeLabel(source, x);
    }
  }

  private void planeLabels(short[] source, int slice, short[] target, int at) {
    int[] offset = rows.offset;
    int row = nx;
    int end = rows.end;
    for (int x = rows.begin; x < end; x++) {
      int o = offset[x] + slice;
      int p = o + row;
      int first = source[o];
      int differs = (first ^ source[o + 1]) | (first ^ source[p]) | (first ^ source[p + 1]);
      target[at + x] = differs == 0 ? (short) first : edgeLabel(source, x);
    }
  }

  /** The vote of the corners; those outside vote for -1. */
  private short edgeLabel(short[] source, int x) {
    corners.around(rows, x);
    if (corners.outside) {
      return OUTSIDE;
    }
    vote.clear();
    for (int corner = 0; corner < 8; corner++) {
      if (corners.weight[corner] != 0) {
        int offset = corners.offset[corner];
        vote.add(offset < 0 ? OUTSIDE : source[offset], corners.weight[corner]);
      }
    }
    return vote.winner(sampling.labels(), nearest(source, x));
  }

  private short nearest(short[] source, int x) {
    int offset = rows.nearestOffset(x);
    return offset < 0 ? OUTSIDE : source[offset];
  }
}
