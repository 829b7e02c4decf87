package io.github.nnunet4j.samples.trainers;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.train.TrainerConfig;

/**
 * A change of how to train, as in {@code experiment.train(t -> t.epochs(5), folder)}, that may look
 * at the experiment.
 */
@FunctionalInterface
public interface TrainingEdit {
  /**
   * Changes the settings.
   *
   * @param t a builder with nnU-Net v2's defaults
   * @param experiment what is trained; gives labels, plan, data
   * @return the builder
   */
  TrainerConfig.Builder edit(TrainerConfig.Builder t, Experiment experiment);
}
