package io.github.nnunet4j.samples;

import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.VolumeValidation;
import java.util.Collections;
import java.util.List;

/**
 * A validation of whole volumes of one's own: counts the worst class alone, so that {@code
 * t.stopWhen(StoppingRules.reaches(Measure.VOLUME_DICE, 0.9))} waits for every organ.
 *
 * @param usual scores all classes, such as {@code experiment.volumeValidation(config)}
 */
public record OwnVolumeValidation(VolumeValidation usual) implements VolumeValidation {
  @Override
  public List<Double> dice(Progress progress, Weights weights) {
    List<Double> known =
        usual.dice(progress, weights).stream().filter(dice -> !dice.isNaN()).toList();
    return known.isEmpty() ? List.of(Double.NaN) : List.of(Collections.min(known));
  }
}
