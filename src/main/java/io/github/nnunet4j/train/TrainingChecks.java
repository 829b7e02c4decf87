package io.github.nnunet4j.train;

import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;

/** What data and configuration of a training must have in common. */
final class TrainingChecks {
  private TrainingChecks() {}

  /**
   * Fails if they do not fit each other.
   *
   * @throws TrainingException naming what does not
   */
  static void require(TrainingData data, TrainerConfig config) {
    requireWeightPerOutput(data, config);
    int largestPass = (config.batchSize() + config.passes() - 1) / config.passes();
    BatchArrays.requireFits(
        largestPass, data.channels(), data.labels(), data.configuration().patch());
  }

  private static void requireWeightPerOutput(TrainingData data, TrainerConfig config) {
    int outputs = data.configuration().topology().scales().size();
    config
        .deepSupervision()
        .filter(d -> d.weights().size() != outputs)
        .ifPresent(
            d -> {
              throw new TrainingException(
                  new Problem(
                      "deepSupervision",
                      outputs + " weights, one per output of the network",
                      d.weights().toString(),
                      "Give one weight per scale of the topology, or switch it off."));
            });
  }
}
