package io.github.nnunet4j.infer;

import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Volume;
import java.util.List;

/**
 * What the networks say about one image, before it is brought to the image's own grid: averaged
 * over tiles, mirrored passes and folds. Immutable.
 */
public final class Logits {
  private final Volume values;
  private final Placement placement;

  Logits(Volume values, Placement placement) {
    this.values = values;
    this.placement = placement;
  }

  /**
   * The logits.
   *
   * @return one float32 channel per head of the network, on the network grid (transposed, cropped,
   *     at the spacing of the plan)
   */
  public Volume values() {
    return values;
  }

  Placement placement() {
    return placement;
  }

  /**
   * The mean of the logits that several predictors of one configuration gave for one image.
   *
   * @param members at least one, all on one network grid
   * @return the mean, voxel by voxel
   * @throws PredictionException if the grids or heads differ; models of different configurations
   *     are averaged by their probabilities instead
   */
  public static Logits mean(List<Logits> members) {
    Logits first = members.get(0);
    float[][] sums = new float[first.values.channels()][];
    for (int c = 0; c < sums.length; c++) {
      sums[c] = first.values.toArray(c);
    }
    for (Logits member : members.subList(1, members.size())) {
      requireAlike(first, member);
      for (int c = 0; c < sums.length; c++) {
        add(sums[c], member.values.unsafeArray(c));
      }
    }
    for (float[] sum : sums) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= members.size();
      }
    }
    return new Logits(Volume.wrap(first.values.grid(), sums), first.placement);
  }

  private static void add(float[] sum, float[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += values[i];
    }
  }

  private static void requireAlike(Logits first, Logits member) {
    if (member.values.channels() != first.values.channels()
        || !member.values.grid().equals(first.values.grid())
        || !member.placement.equals(first.placement)) {
      throw new PredictionException(
          new Problem(
              "mean of logits",
              "members alike to " + first,
              member.toString(),
              "Average the probabilities of models whose configurations differ."));
    }
  }

  @Override
  public String toString() {
    return "Logits of " + values.channels() + " heads, " + values.grid().extent() + " voxels";
  }
}
