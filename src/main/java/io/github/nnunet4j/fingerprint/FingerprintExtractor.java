package io.github.nnunet4j.fingerprint;

import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.LoadedCase;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.NonzeroCrop;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Parallel;
import java.util.Arrays;
import java.util.List;

/**
 * Takes the fingerprint of a data set as nnU-Net v2 does. Each case is loaded once and cropped to
 * its nonzero region. For the intensities, 10^8 / cases voxels with a label above 0 (the ignore
 * label included) are drawn from each case and channel with replacement, by NumPy's random stream
 * of seed 1234 anew for each case; a case without foreground adds none. The result does not depend
 * on the number of threads. Memory: the cases that the threads have loaded, and per case and
 * channel the foreground voxels or the samples, whichever are fewer.
 */
public final class FingerprintExtractor {
  private static final int ALL_SAMPLES = 100_000_000;

  private final int threads;
  private final CaseListener listener;

  private FingerprintExtractor(int threads, CaseListener listener) {
    this.threads = threads;
    this.listener = listener;
  }

  /**
   * An extractor that uses all processors.
   *
   * @return the extractor
   */
  public static FingerprintExtractor standard() {
    return new FingerprintExtractor(Parallel.processors(), CaseListener.silent());
  }

  /**
   * The same extractor on another number of threads.
   *
   * @param count how many cases are in memory at the same time, at least 1
   * @return an extractor
   */
  public FingerprintExtractor threads(int count) {
    return new FingerprintExtractor(count, listener);
  }

  /**
   * The same extractor with a listener, which may also end the work by throwing.
   *
   * @param newListener hears of each case that is done
   * @return an extractor
   */
  public FingerprintExtractor listener(CaseListener newListener) {
    return new FingerprintExtractor(threads, newListener);
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
    Extent[] extents = new Extent[cases];
    Spacing[] spacings = new Spacing[cases];
    ForegroundPool[] pools = new ForegroundPool[cases];
    double[] relativeSizes = new double[cases];
    Cases.forEach(
        dataset.cases(),
        threads,
        "fingerprint",
        listener,
        (i, one) -> {
          LoadedCase loaded =
              LoadedCase.of(one, dataset.channels().size())
                  .requireNumbers()
                  .requireDeclared(dataset.labels());
          NonzeroCrop crop = NonzeroCrop.of(loaded.image());
          extents[i] = crop.box().size();
          spacings[i] = loaded.image().grid().spacing();
          relativeSizes[i] = crop.relativeSize();
          pools[i] = ForegroundPool.of(loaded, crop.box(), samples);
        });
    List<ForegroundPool> filled = Arrays.stream(pools).filter(pool -> !pool.isEmpty()).toList();
    if (filled.isEmpty()) {
      throw problem(
          dataset,
          "some voxel with a label above 0",
          "only background in all " + cases + " cases, the first " + dataset.ids().get(0),
          "Check the label files: without foreground there is nothing to learn.");
    }
    return new Fingerprint(
        Arrays.asList(extents),
        Arrays.asList(spacings),
        new SampleStatistics(filled, samples, filled.size() == cases, threads).perChannel(),
        median(relativeSizes));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static DatasetException problem(
      Dataset dataset, String expected, String found, String next) {
    return new DatasetException(new Problem("data set " + dataset.name(), expected, found, next));
  }
}
