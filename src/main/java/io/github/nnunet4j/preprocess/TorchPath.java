package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;

/** What a torch resampling does between two given grids: the interpolation along each axis. */
final class TorchPath {
  private final LinearAxis[] axes = new LinearAxis[3];

  private TorchPath() {}

  /** One mode along the separate axis, another along the others; without a separate axis linear. */
  static TorchPath of(
      Extent in, Extent out, int separate, TorchMode common, TorchMode alongSeparate) {
    TorchPath path = new TorchPath();
    for (int a = 0; a < 3; a++) {
      path.axes[a] = (a == separate ? alongSeparate : common).axis(in.get(a), out.get(a));
    }
    return path;
  }

  LinearSlabs slabs() {
    return LinearSlabs.of(axes[0], axes[1], axes[2]);
  }

  Volume resample(Volume source, Grid target, int threads) {
    LinearSlabs slabs = slabs();
    float[][] out = new float[source.channels()][];
    for (int c = 0; c < out.length; c++) {
      out[c] = slabs.whole(source.unsafeArray(c), threads);
    }
    return Volume.wrap(target, out);
  }

  LabelMap resample(LabelMap source, Grid target, boolean majority, int threads) {
    LinearLabels labels =
        majority
            ? LinearLabels.majority(axes[0], axes[1], axes[2])
            : LinearLabels.torch(axes[0], axes[1], axes[2]);
    return LabelMap.wrap(target, labels.resample(source.unsafeArray(), threads));
  }
}
