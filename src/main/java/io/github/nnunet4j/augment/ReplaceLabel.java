package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.random.RandomGenerator;

/**
 * Gives the voxels of one label another, in the labels and in those of a previous stage (nnU-Net
 * {@code RemoveLabelTransform}: -1, outside of the nonzero region, becomes background).
 *
 * @param label to be replaced, -32768 to 32767
 * @param replacement what it becomes, -32768 to 32767
 */
public record ReplaceLabel(int label, int replacement) implements BufferAugmentation {
  /** Checks the range. */
  public ReplaceLabel {
    Checks.argument(
        label == (short) label && replacement == (short) replacement,
        "labels lie within -32768 and 32767, not %d and %d",
        label,
        replacement);
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    for (int map = 0; map < buffer.labelMaps(); map++) {
      replace(buffer, map);
    }
  }

  /** Replaces in one of the label maps. */
  void replace(SampleBuffer buffer, int map) {
    short from = (short) label;
    short to = (short) replacement;
    short[] present = buffer.readLabels(map);
    for (int block = 0; block < present.length; block += Linear.BLOCK) {
      int end = Math.min(present.length, block + Linear.BLOCK);
      if (holds(present, block, end, from)) {
        present = buffer.writeLabels(map);
        replace(present, block, end, from, to);
      }
    }
  }

  /** Looks at a whole block without leaving early, which the compiler turns into wide steps. */
  private static boolean holds(short[] labels, int from, int to, short wanted) {
    int found = 0;
    for (int i = from; i < to; i++) {
      found += labels[i] == wanted ? 1 : 0;
    }
    return found != 0;
  }

  private static void replace(short[] labels, int from, int to, short label, short by) {
    for (int i = from; i < to; i++) {
      labels[i] = labels[i] == label ? by : labels[i];
    }
  }
}
