package io.github.nnunet4j.samples;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.LabelMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A mirroring of one's own for labels that say left and right: in every second sample the patient
 * is mirrored and the labels change sides. Handed over with {@code t.mirrorAxes(0, 1)}, so that the
 * default chain leaves the third axis to this one.
 *
 * @param axis that runs from one side of the patient to the other: 0 = z, 1 = y, 2 = x
 * @param otherSide the label of the other side, for each label that has one
 */
public record OwnMirroring(int axis, Map<Integer, Integer> otherSide) implements Augmentation {
  /** Copies, as every strategy is a value. */
  public OwnMirroring {
    otherSide = Map.copyOf(otherSide);
  }

  @Override
  public Sample apply(Sample sample, RandomGenerator random) {
    if (random.nextBoolean()) {
      return sample; // untouched, so it may be handed on
    }
    Sample mirrored = Augmentations.mirror(axis).change(sample, Set.of(axis));
    return new Sample(
        mirrored.image(), exchanged(mirrored.labels()), mirrored.previous().map(this::exchanged));
  }

  private LabelMap exchanged(LabelMap labels) {
    short[] voxels = labels.toArray();
    for (int i = 0; i < voxels.length; i++) {
      int label = voxels[i];
      voxels[i] = (short) (int) otherSide.getOrDefault(label, label);
    }
    return LabelMap.wrap(labels.grid(), voxels);
  }

  /** None: prediction averages over mirror images, and there nobody changes the sides back. */
  @Override
  public Set<Integer> mirroredAxes() {
    return Set.of();
  }
}
