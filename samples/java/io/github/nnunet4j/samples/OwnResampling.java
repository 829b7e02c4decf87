package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.Resampling;

/**
 * A resampling of one's own: each voxel becomes the mean of those that it covers (area averaging),
 * so that noise falls and nothing is lost where the target is coarser; a spline looks at its knots
 * only.
 */
public record OwnResampling() implements Resampling {
  /** The word is a check, not a key: both sides hand over the same strategy. */
  public static final StrategyCodec<Resampling> WORD =
      StrategyCodec.constant("mean/1", new OwnResampling());

  /** Writes and reads plans in which it stands. */
  public static final PlanCodec CODEC = PlanCodec.standard().withResampling(WORD);

  /** The plan with every configuration's images resampled this way. */
  public static Plan in(Plan plan) {
    Plan changed = plan;
    for (String name : plan.names()) {
      changed = changed.with(name, c -> c.recipe(r -> r.imageResampling(new OwnResampling())));
    }
    return changed;
  }

  @Override
  public Volume apply(Volume source, Grid target) {
    float[][] channels = new float[source.channels()][];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = channel(source, c, target.extent());
    }
    return Volume.wrap(target, channels);
  }

  private static float[] channel(Volume source, int channel, Extent target) {
    Extent extent = source.grid().extent();
    float[] out = new float[Math.toIntExact(target.voxels())];
    int at = 0;
    for (int z = 0; z < target.get(0); z++) {
      for (int y = 0; y < target.get(1); y++) {
        for (int x = 0; x < target.get(2); x++) {
          int[] place = {z, y, x};
          int[] from = new int[3];
          int[] to = new int[3];
          for (int axis = 0; axis < 3; axis++) {
            from[axis] = border(place[axis], extent.get(axis), target.get(axis));
            int next = border(place[axis] + 1, extent.get(axis), target.get(axis));
            to[axis] = Math.max(from[axis] + 1, next);
          }
          out[at++] = mean(source, channel, from, to);
        }
      }
    }
    return out;
  }

  private static int border(int place, int size, int targetSize) {
    return (int) ((long) place * size / targetSize);
  }

  private static float mean(Volume source, int channel, int[] from, int[] to) {
    double sum = 0;
    int count = 0;
    for (int z = from[0]; z < to[0]; z++) {
      for (int y = from[1]; y < to[1]; y++) {
        for (int x = from[2]; x < to[2]; x++, count++) {
          sum += source.at(channel, z, y, x);
        }
      }
    }
    return (float) (sum / count);
  }
}
