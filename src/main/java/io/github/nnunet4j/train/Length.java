package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;

/**
 * The counts of a training.
 *
 * @param epochs at most
 * @param iterations per epoch
 * @param validationIterations per epoch, 0 for none
 * @param batchSize patches per step
 * @param passes in which a step goes through its batch
 */
record Length(int epochs, int iterations, int validationIterations, int batchSize, int passes) {
  Length {
    Checks.positive(epochs, "epochs");
    Checks.positive(iterations, "iterations");
    Checks.notNegative(validationIterations, "validationIterations");
    Checks.positive(batchSize, "batchSize");
    Checks.positive(passes, "passes");
    Checks.argument(
        passes <= batchSize, "%d passes need as many patches, batchSize is %d", passes, batchSize);
  }
}
