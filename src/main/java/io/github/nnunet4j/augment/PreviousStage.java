package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Turns the labels of the previous stage into image channels, one for each label, 1 where the voxel
 * has it, else 0 (nnU-Net {@code MoveSegAsOneHotToDataTransform}).
 *
 * @param labels in the order of the channels; usually all foreground labels
 * @param removed true to forget the label map then
 */
public record PreviousStage(List<Integer> labels, boolean removed) implements BufferAugmentation {
  /** Copies the labels. */
  public PreviousStage {
    labels = List.copyOf(labels);
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    Checks.argument(
        buffer.labelMaps() > 1,
        "a stage of a cascade needs samples with the labels of the previous stage");
    LabelMap map = LabelMap.wrap(buffer.grid(), buffer.readLabels(1));
    float[][] channels = new float[labels.size()][];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = map.indicator(labels.get(i));
    }
    buffer.append(channels);
    if (removed) {
      buffer.dropPrevious();
    }
  }
}
