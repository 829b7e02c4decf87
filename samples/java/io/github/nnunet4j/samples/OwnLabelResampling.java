package io.github.nnunet4j.samples;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.LabelResampling;
import java.util.Arrays;

/**
 * A resampling of labels of one's own: a vessel of one voxel survives on a coarser grid. Each voxel
 * takes the most frequent label among those that it covers, and background only if nothing else is
 * there; on a finer grid that is the nearest label.
 */
public record OwnLabelResampling() implements LabelResampling {
  /** Writes it into a plan and reads it again. */
  public static final StrategyCodec<LabelResampling> CODEC =
      StrategyCodec.constant("vessels-survive/1", new OwnLabelResampling());

  @Override
  public LabelMap apply(LabelMap source, Grid target) {
    Extent from = source.grid().extent();
    Extent to = target.extent();
    short[] labels = new short[Math.toIntExact(to.voxels())];
    int at = 0;
    for (int z = 0; z < to.get(0); z++) {
      int[] slices = covered(z, from.get(0), to.get(0));
      for (int y = 0; y < to.get(1); y++) {
        int[] rows = covered(y, from.get(1), to.get(1));
        for (int x = 0; x < to.get(2); x++) {
          labels[at++] = vote(source, slices, rows, covered(x, from.get(2), to.get(2)));
        }
      }
    }
    return LabelMap.wrap(target, labels);
  }

  /** The first source voxel of a target voxel and the first of the next one. */
  private static int[] covered(int place, int size, int targetSize) {
    int first = (int) ((long) place * size / targetSize);
    int next = (int) ((place + 1L) * size / targetSize);
    return new int[] {first, Math.max(first + 1, next)};
  }

  private static short vote(LabelMap source, int[] slices, int[] rows, int[] columns) {
    int[] found =
        new int[(slices[1] - slices[0]) * (rows[1] - rows[0]) * (columns[1] - columns[0])];
    int count = 0;
    for (int z = slices[0]; z < slices[1]; z++) {
      for (int y = rows[0]; y < rows[1]; y++) {
        for (int x = columns[0]; x < columns[1]; x++) {
          found[count++] = source.at(z, y, x);
        }
      }
    }
    Arrays.sort(found); // equal votes go to the smaller label, whatever the order of the voxels
    int winner = 0;
    int votes = 0;
    for (int i = 0, first = 0; i < count; i++) {
      first = found[i] == found[first] ? first : i;
      if (found[i] != 0 && i - first + 1 > votes) {
        winner = found[i];
        votes = i - first + 1;
      }
    }
    return (short) winner;
  }
}
