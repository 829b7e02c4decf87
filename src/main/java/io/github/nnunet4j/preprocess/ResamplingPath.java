package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.ChannelSpline;
import io.github.nnunet4j.internal.SplineAxis;

/** What a resampling does between two given grids: which axis is separate, which kernel. */
final class ResamplingPath {
  /**
   * The kernels.
   *
   * @param order of the B-spline along common axes, if there are no lobes
   * @param lobes of the windowed sinc along common axes, or 0
   * @param orderZ of the B-spline along the separate axis
   */
  private record Kernels(int order, int lobes, int orderZ) {
    SplineAxis common(int in, int out) {
      return lobes > 0 ? SplineAxis.sinc(in, out, lobes) : SplineAxis.of(in, out, order);
    }
  }

  private final Kernels kernels;
  private final Extent in;
  private final Extent out;
  private final int separate;

  private ResamplingPath(Kernels kernels, Extent in, Extent out, int separate) {
    this.kernels = kernels;
    this.in = in;
    this.out = out;
    this.separate = separate;
  }

  static ResamplingPath of(SplineResampling how, Grid source, Grid target) {
    return of(new Kernels(how.order(), 0, how.orderZ()), how.separateZ(), source, target);
  }

  static ResamplingPath of(SincResampling how, Grid source, Grid target) {
    return of(new Kernels(-1, how.lobes(), how.orderZ()), how.separateZ(), source, target);
  }

  private static ResamplingPath of(Kernels kernels, SeparateZ how, Grid source, Grid target) {
    int axis = how.axis(source.spacing(), target.spacing()).orElse(-1);
    return new ResamplingPath(kernels, source.extent(), target.extent(), axis);
  }

  /** Whether no axis needs more than linear interpolation. */
  boolean linear() {
    return kernels.lobes() == 0 && kernels.order() <= 1 && (separate < 0 || kernels.orderZ() <= 1);
  }

  LinearSlabs slabs() {
    int[] orders = new int[3];
    for (int axis = 0; axis < 3; axis++) {
      orders[axis] = axis == separate ? kernels.orderZ() : kernels.order();
    }
    return LinearSlabs.of(orders, in, out);
  }

  /** All channels of a volume, on the target grid. */
  Volume resample(Volume source, Grid target, int threads) {
    float[][] channels = new float[source.channels()][];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = resample(source.unsafeArray(c), threads);
    }
    return Volume.wrap(target, channels);
  }

  private float[] resample(float[] channel, int threads) {
    if (linear()) {
      return slabs().whole(channel, threads);
    }
    if (separate <= 0) {
      return spline(in, out).resample(channel, threads);
    }
    int[] first = separate == 1 ? new int[] {1, 0, 2} : new int[] {2, 0, 1};
    int[] back = separate == 1 ? new int[] {1, 0, 2} : new int[] {1, 2, 0};
    float[] turned = Transposition.apply(channel, in, first);
    float[] result = spline(in.permuted(first), out.permuted(first)).resample(turned, threads);
    return Transposition.apply(result, out.permuted(first), back);
  }

  /** A separate axis comes first. */
  private ChannelSpline spline(Extent from, Extent to) {
    boolean apart = separate >= 0;
    return new ChannelSpline(
        apart
            ? SplineAxis.of(from.get(0), to.get(0), kernels.orderZ())
            : kernels.common(from.get(0), to.get(0)),
        kernels.common(from.get(1), to.get(1)),
        kernels.common(from.get(2), to.get(2)),
        apart);
  }
}
