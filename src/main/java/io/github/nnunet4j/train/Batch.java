package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.stream.IntStream;

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

  /** The same samples in so many batches, the larger ones first; as devices would share them. */
  List<Batch> parts(int count) {
    return IntStream.range(0, count).mapToObj(i -> part(count, i)).toList();
  }

  private Batch part(int count, int index) {
    AcrossDevices.Share share = AcrossDevices.share(samples.size(), count, index);
    return new Batch(
        samples.subList(share.low(), share.high()), caseIds.subList(share.low(), share.high()));
  }
}
