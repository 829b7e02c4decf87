package io.github.nnunet4j.fingerprint;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.LoadedCase;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.MemoryGate;
import io.github.nnunet4j.internal.Parallel;
import io.github.nnunet4j.internal.Percentiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Takes the fingerprint of a data set as nnU-Net v2 does. Each case is loaded once and cropped to
 * its nonzero region. For the intensities, 10^8 / cases voxels with a label above 0 (the ignore
 * label included) are drawn from each case and channel with replacement, by NumPy's random stream
 * of seed 1234 anew for each case; a case without foreground adds none. The result does not depend
 * on the number of threads.
 *
 * <p>Memory: the cases that are loaded at the same time, which {@link #memory} limits, and per case
 * and channel the foreground voxels or the samples, whichever are fewer.
 */
public final class FingerprintExtractor {
  private static final int ALL_SAMPLES = 100_000_000;

  private final int threads;
  private final long memory;
  private final CaseListener listener;

  private FingerprintExtractor(int threads, long memory, CaseListener listener) {
    this.threads = Checks.positive(threads, "threads");
    Checks.argument(memory > 0, "memory must be positive, was %s bytes", memory);
    this.memory = memory;
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /**
   * An extractor that uses all processors and half of the heap.
   *
   * @return the extractor
   */
  public static FingerprintExtractor standard() {
    return new FingerprintExtractor(
        Parallel.processors(), Runtime.getRuntime().maxMemory() / 2, CaseListener.silent());
  }

  /**
   * The same extractor on another number of threads.
   *
   * @param count how many cases are looked at at the same time, at least 1; fewer where they would
   *     take more memory than allowed
   * @return an extractor
   * @throws IllegalArgumentException if it is less than 1
   */
  public FingerprintExtractor threads(int count) {
    return new FingerprintExtractor(count, memory, listener);
  }

  /**
   * The same extractor with another limit for the cases that are in memory at the same time: image,
   * labels and crop mask, 4 bytes per voxel and channel and 3 more per voxel. A case that alone is
   * larger is loaded alone. How large a case will be is foretold from the files and sizes of those
   * before it, the first one being loaded alone; a wrong guess is corrected as soon as the case is
   * there.
   *
   * @param bytes positive; half of the heap by default
   * @return an extractor
   * @throws IllegalArgumentException if it is not positive
   */
  public FingerprintExtractor memory(long bytes) {
    return new FingerprintExtractor(threads, bytes, listener);
  }

  /**
   * The same extractor with a listener, which may also end the work by throwing.
   *
   * @param newListener hears of each case that is done
   * @return an extractor
   */
  public FingerprintExtractor listener(CaseListener newListener) {
    return new FingerprintExtractor(threads, memory, newListener);
  }

  /**
   * Takes the fingerprint of the training cases.
   *
   * @param dataset at least one case
   * @return extents and spacings in the order of the cases, statistics per channel
   * @throws DatasetException if a case cannot be read, its parts do not fit, it has NaN voxels, or
   *     no case has any foreground
   * @throws io.github.nnunet4j.error.CancelledException if the calling thread is interrupted
   */
  public Fingerprint extract(Dataset dataset) {
    int cases = dataset.cases().size();
    if (cases == 0) {
      throw problem(dataset, "at least one training case", "none", "Add cases.");
    }
    int samples = Math.max(1, ALL_SAMPLES / cases);
    List<CaseFacts> facts = facts(dataset, samples);
    List<ForegroundPool> filled =
        facts.stream().map(CaseFacts::pool).filter(pool -> !pool.isEmpty()).toList();
    if (filled.isEmpty()) {
      throw problem(
          dataset,
          "some voxel with a label above 0",
          "only background in all " + cases + " cases, the first " + dataset.ids().get(0),
          "Check the label files: without foreground there is nothing to learn.");
    }
    return new Fingerprint(
        facts.stream().map(CaseFacts::extent).toList(),
        facts.stream().map(CaseFacts::spacing).toList(),
        new SampleStatistics(filled, samples, filled.size() == cases, threads).perChannel(),
        Percentiles.median(facts.stream().mapToDouble(CaseFacts::relativeSize).toArray()));
  }

  /** Looks at every case, as many at once as threads and memory allow. */
  private List<CaseFacts> facts(Dataset dataset, int samples) {
    CaseFacts[] facts = new CaseFacts[dataset.cases().size()];
    MemoryGate gate = new MemoryGate(memory);
    CaseSizes sizes = new CaseSizes();
    Cases.forEach(
        dataset.cases(),
        threads,
        "fingerprint",
        listener,
        (i, one) -> {
          try (MemoryGate.Pass room = gate.enter("fingerprint", () -> sizes.expected(one))) {
            LoadedCase loaded = load(one, dataset);
            long bytes = CaseFacts.bytes(loaded);
            sizes.saw(one, bytes);
            room.is(bytes);
            facts[i] = CaseFacts.of(loaded, samples);
          }
        });
    return Arrays.asList(facts);
  }

  private static LoadedCase load(Case one, Dataset dataset) throws IOException {
    return LoadedCase.of(one, dataset.channels().size())
        .requireNumbers()
        .requireDeclared(dataset.labels());
  }

  private static DatasetException problem(
      Dataset dataset, String expected, String found, String next) {
    return new DatasetException(new Problem("data set " + dataset.name(), expected, found, next));
  }
}
