package io.github.nnunet4j.samples;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.ParametricAugmentation;
import io.github.nnunet4j.augment.SampleBuffer;
import io.github.nnunet4j.image.Extent;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * An augmentation of one's own: the grey values of each channel are bent along a Bezier curve that
 * never turns back (Zhou et al. 2019, "Models Genesis", arXiv 1908.06912), and sometimes inverted.
 * What is drawn is a value of its own, so the change can be tested without chance.
 *
 * @param inverted how often a channel is inverted, 0 to 1
 */
public record OwnAugmentation(double inverted)
    implements ParametricAugmentation<List<OwnAugmentation.Curve>> {
  private static final int BINS = 512;

  /**
   * A cubic curve from (0, 0) to (1, 1), or to be read from the right.
   *
   * @param x1 of the first control point, 0 to 1
   * @param y1 of the first control point, 0 to 1
   * @param x2 of the second control point, 0 to 1
   * @param y2 of the second control point, 0 to 1
   * @param falling whether dark becomes bright
   */
  public record Curve(double x1, double y1, double x2, double y2, boolean falling) {}

  /** One curve per channel; all chance is in here. */
  @Override
  public List<Curve> draw(int channels, RandomGenerator random) {
    return Stream.generate(() -> curve(random)).limit(channels).toList();
  }

  private Curve curve(RandomGenerator random) {
    return new Curve(
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble(),
        random.nextDouble() < inverted);
  }

  /** Extent, number of channels and labels stay; voxels to be written are asked for by write. */
  @Override
  public void changeIn(SampleBuffer buffer, List<Curve> curves) {
    for (int c = 0; c < buffer.channels(); c++) {
      bend(buffer.write(c), table(curves.get(c)));
    }
  }

  private static void bend(float[] voxels, float[] table) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float voxel : voxels) {
      low = Math.min(low, voxel);
      high = Math.max(high, voxel);
    }
    float range = high - low;
    if (range == 0) {
      return; // one grey value has no curve
    }
    for (int i = 0; i < voxels.length; i++) {
      float place = (voxels[i] - low) / range * BINS;
      int bin = Math.min((int) place, BINS - 1);
      float value = table[bin] + (place - bin) * (table[bin + 1] - table[bin]);
      voxels[i] = low + range * value;
    }
  }

  /** The height of the curve above BINS + 1 equally spaced places. */
  private static float[] table(Curve curve) {
    float[] table = new float[BINS + 1];
    double lastX = 0;
    double lastY = 0;
    int at = 0;
    for (int step = 1; step <= 4 * BINS; step++) {
      double t = step / (4.0 * BINS);
      double x = bezier(curve.x1(), curve.x2(), t);
      double y = bezier(curve.y1(), curve.y2(), t);
      for (; at <= BINS && at <= x * BINS; at++) {
        double height = lastY + (y - lastY) * ((double) at / BINS - lastX) / (x - lastX);
        table[at] = (float) (curve.falling() ? 1 - height : height);
      }
      lastX = x;
      lastY = y;
    }
    return table;
  }

  private static double bezier(double first, double second, double t) {
    double rest = 1 - t;
    return 3 * rest * rest * t * first + 3 * rest * t * t * second + t * t * t;
  }

  /** The default chain for a patch, then curves for every third sample. */
  public static Augmentation chain(Extent patch) {
    return Augmentations.standard(patch).then(new OwnAugmentation(0.1).withProbability(1 / 3.0));
  }
}
