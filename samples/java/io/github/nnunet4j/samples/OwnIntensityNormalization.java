package io.github.nnunet4j.samples;

import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import java.util.Arrays;

/**
 * An intensity normalization of one's own: landmarks of the histogram of each image are laid on
 * those of the whole data set (Nyul and Udupa 1999, "On standardizing the MR image intensity
 * scale"), then mean and deviation of the data set become 0 and 1. The landmarks are the 0.5th,
 * 50th and 99.5th percentile; those of the data set stand in the fingerprint.
 */
public record OwnIntensityNormalization() implements IntensityNormalization {
  /** The word is a check, not a key: both sides hand over the same strategy. */
  public static final StrategyCodec<IntensityNormalization> WORD =
      StrategyCodec.constant("landmarks/1", new OwnIntensityNormalization());

  /** Writes and reads plans in which it stands. */
  public static final PlanCodec CODEC = PlanCodec.standard().withIntensityNormalization(WORD);

  @Override
  public Volume apply(Volume channel, Context context) {
    IntensityStatistics all = context.statistics();
    float[] own = landmarks(seen(channel, context));
    float[] common = {
      (float) all.percentile00_5(), (float) all.median(), (float) all.percentile99_5()
    };
    float mean = (float) all.mean();
    float deviation = (float) Math.max(all.standardDeviation(), 1e-8);
    return channel.map(value -> (moved(value, own, common) - mean) / deviation);
  }

  /** The voxels inside the mask, ascending; all if there is none or nothing is in it. */
  private static float[] seen(Volume channel, Context context) {
    float[] voxels = channel.toArray(0); // a copy: the argument stays as it is
    if (context.mask().isPresent() && context.mask().get().count() > 0) {
      boolean[] inside = context.mask().get().unsafeArray();
      int count = 0;
      for (int i = 0; i < voxels.length; i++) {
        if (inside[i]) {
          voxels[count++] = voxels[i];
        }
      }
      voxels = Arrays.copyOf(voxels, count);
    }
    Arrays.sort(voxels);
    return voxels;
  }

  private static float[] landmarks(float[] ascending) {
    int last = ascending.length - 1;
    return new float[] {
      ascending[(int) Math.round(0.005 * last)],
      ascending[(int) Math.round(0.5 * last)],
      ascending[(int) Math.round(0.995 * last)]
    };
  }

  /** Straight lines between the landmarks, and on beyond them; steps where two coincide. */
  private static float moved(float value, float[] from, float[] to) {
    int part = value < from[1] ? 0 : 1;
    float length = from[part + 1] - from[part];
    float slope = length > 0 ? (to[part + 1] - to[part]) / length : 0;
    return to[1] + (value - from[1]) * slope;
  }

  /** The plan with the first channel of every configuration normalized this way. */
  public static Plan in(Plan plan) {
    Plan changed = plan;
    for (String name : plan.names()) {
      changed =
          changed.with(
              name, c -> c.recipe(r -> r.normalization(0, new OwnIntensityNormalization())));
    }
    return changed;
  }
}
