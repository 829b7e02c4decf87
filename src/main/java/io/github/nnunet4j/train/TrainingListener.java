package io.github.nnunet4j.train;

import java.nio.file.Path;

/**
 * Hears how a training goes, on the training thread between two steps. A listener that throws ends
 * the training; the last checkpoint stays intact.
 */
public interface TrainingListener {
  /**
   * Before the first iteration of an epoch.
   *
   * @param progress the epoch
   * @param rates in force during it
   */
  default void epochStarted(Progress progress, Rates rates) {}

  /**
   * After each training iteration.
   *
   * @param progress the epoch
   * @param iteration within the epoch, from 0
   * @param loss of this iteration
   */
  default void iterationEnded(Progress progress, int iteration, double loss) {}

  /**
   * After the validation iterations of an epoch.
   *
   * @param result losses, Dice, rates and time
   */
  default void epochEnded(EpochResult result) {}

  /**
   * After a checkpoint is safely on disk.
   *
   * @param file the checkpoint
   */
  default void checkpointWritten(Path file) {}
}
