package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * The samples of one step and the cases they come from.
 *
 * @param samples of equal extent and number of channels, at least one
 * @param caseIds one per sample
 */
public record Batch(List<Sample> samples, List<String> caseIds) {
  /** Checks the counts. */
  public Batch {
    samples = List.copyOf(samples);
    caseIds = List.copyOf(caseIds);
    Checks.argument(
        !samples.isEmpty() && samples.size() == caseIds.size(),
        "%d samples do not go with %d case ids",
        samples.size(),
        caseIds.size());
  }
}
