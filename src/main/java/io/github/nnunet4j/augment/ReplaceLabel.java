package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.random.RandomGenerator;

/**
 * Gives the voxels of one label another (nnU-Net v2 {@code RemoveLabelTransform}: -1, outside of
 * the nonzero region, becomes background).
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
    short from = (short) label;
    short to = (short) replacement;
    int first = 0;
    short[] present = buffer.readLabels();
    while (first < present.length && present[first] != from) {
      first++;
    }
    if (first == present.length) {
      return;
    }
    short[] labels = buffer.writeLabels();
    for (int i = first; i < labels.length; i++) {
      if (labels[i] == from) {
        labels[i] = to;
      }
    }
  }
}
