package io.github.nnunet4j.train;

import io.github.nnunet4j.network.Weights;
import java.util.List;

/**
 * Scores whole validation volumes amid a training, where the online Dice looks at random patches
 * (nnU-Net v1 {@code nnUNetTrainerV2_fullEvals}). Called between two steps on the training thread;
 * its result is part of the {@link EpochResult}, so that a {@link StoppingRule} or a schedule can
 * watch it. A training does not predict by itself: {@code Experiment.volumeValidation()} is one
 * that does.
 */
@FunctionalInterface
public interface VolumeValidation {
  /**
   * The scores.
   *
   * @param progress the epoch that has just been trained
   * @param weights of the network after it
   * @return mean Dice over the cases per foreground class or region, 0 to 1; NaN where there is
   *     none
   */
  List<Double> dice(Progress progress, Weights weights);

  /**
   * The same validation under a name, by which the folder of a run tells it from other lambdas of
   * its class.
   *
   * @param name what it prints; take another one when the behaviour changes
   * @return the validation
   */
  default VolumeValidation named(String name) {
    return new Named.Volumes(this, name);
  }
}
