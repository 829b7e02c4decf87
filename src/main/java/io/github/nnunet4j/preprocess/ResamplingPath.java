package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.internal.ChannelSpline;
import io.github.nnunet4j.internal.SplineAxis;

/** What a spline resampling does between two given grids: which axis is separate, which kernel. */
final class ResamplingPath {
  private final SplineResampling resampling;
  private final Extent in;
  private final Extent out;
  private final int separate;

  private ResamplingPath(SplineResampling resampling, Extent in, Extent out, int separate) {
    this.resampling = resampling;
    this.in = in;
    this.out = out;
    this.separate = separate;
  }

  static ResamplingPath of(SplineResampling resampling, Grid source, Grid target) {
    int axis = resampling.separateZ().axis(source.spacing(), target.spacing()).orElse(-1);
    return new ResamplingPath(resampling, source.extent(), target.extent(), axis);
  }

  /** The order along each axis. */
  int[] orders() {
    int[] orders = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      orders[axis] = axis == separate ? resampling.orderZ() : resampling.order();
    }
    return orders;
  }

  /** Whether no axis needs more than linear interpolation. */
  boolean linear() {
    for (int order : orders()) {
      if (order > 1) {
        return false;
      }
    }
    return true;
  }

  LinearSlabs slabs() {
    return LinearSlabs.of(orders(), in, out);
  }

  float[] resample(float[] channel, int threads) {
    if (linear()) {
      return slabs().whole(channel, threads);
    }
    if (separate <= 0) {
      return spline(in, out, orders()).resample(channel, threads);
    }
    int[] first = separate == 1 ? new int[] {1, 0, 2} : new int[] {2, 0, 1};
    int[] back = separate == 1 ? new int[] {1, 0, 2} : new int[] {1, 2, 0};
    float[] turned = Transposition.apply(channel, in, first);
    int[] orders = {resampling.orderZ(), resampling.order(), resampling.order()};
    float[] result =
        spline(in.permuted(first), out.permuted(first), orders).resample(turned, threads);
    return Transposition.apply(result, out.permuted(first), back);
  }

  private ChannelSpline spline(Extent from, Extent to, int[] orders) {
    return new ChannelSpline(
        SplineAxis.of(from.get(0), to.get(0), orders[0]),
        SplineAxis.of(from.get(1), to.get(1), orders[1]),
        SplineAxis.of(from.get(2), to.get(2), orders[2]),
        separate >= 0);
  }
}
