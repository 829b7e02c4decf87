package io.github.nnunet4j.fingerprint;

import io.github.nnunet4j.internal.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Statistics of the samples of all cases one after the other, with NumPy's rounding, without
 * holding the samples: they are drawn twice, once for the mean and once for the deviation from it.
 */
final class SampleStatistics {
  private static final double[] PERCENT = {0.5, 50, 99.5};

  private final List<ForegroundPool> pools;
  private final int samples;
  private final int threads;
  private final int length;
  private final SumTree tree;
  private final RankSelection[] selections;
  private final double[][] sums;

  /**
   * Statistics.
   *
   * @param pools none empty, at least one
   * @param samples how many are drawn from each pool and channel
   * @param single whether NumPy would hold float32, and not float64 because some case of the data
   *     set has no foreground
   */
  SampleStatistics(List<ForegroundPool> pools, int samples, boolean single, int threads) {
    this.pools = pools;
    this.samples = samples;
    this.threads = threads;
    length = Math.multiplyExact(pools.size(), samples);
    tree = new SumTree(length, single);
    int channels = pools.get(0).channels();
    selections = new RankSelection[channels];
    for (int c = 0; c < channels; c++) {
      selections[c] = new RankSelection(ranks());
    }
    sums = new double[channels][tree.leaves()];
  }

  /** Ranks of the minimum, the maximum, and of the neighbours of each percentile. */
  private long[] ranks() {
    long[] ranks = new long[2 + 2 * PERCENT.length];
    ranks[1] = length - 1L;
    for (int p = 0; p < PERCENT.length; p++) {
      long below = (long) position(p);
      ranks[2 + 2 * p] = below;
      ranks[3 + 2 * p] = Math.min(below + 1, length - 1L);
    }
    return ranks;
  }

  private double position(int percent) {
    return (length - 1) * (PERCENT[percent] / 100);
  }

  List<IntensityStatistics> perChannel() {
    int channels = sums.length;
    double[] means = new double[channels];
    for (long[][] tally : pass(Optional.empty())) {
      for (int c = 0; c < channels; c++) {
        selections[c].addCoarse(tally[c]);
      }
    }
    for (int c = 0; c < channels; c++) {
      selections[c].refine();
      means[c] = tree.rounded(tree.total(sums[c]) / length);
    }
    for (long[][] tally : pass(Optional.of(means))) {
      for (int c = 0; c < channels; c++) {
        selections[c].addFine(tally[c]);
      }
    }
    List<IntensityStatistics> out = new ArrayList<>();
    for (int c = 0; c < channels; c++) {
      double variance = tree.rounded(tree.total(sums[c]) / length);
      out.add(statistics(selections[c], means[c], tree.rounded(Math.sqrt(variance))));
    }
    return out;
  }

  private IntensityStatistics statistics(RankSelection selection, double mean, double deviation) {
    return IntensityStatistics.builder()
        .mean(mean)
        .standardDeviation(deviation)
        .minimum(selection.value(0))
        .maximum(selection.value(1))
        .percentile00_5(percentile(selection, 0))
        .median(percentile(selection, 1))
        .percentile99_5(percentile(selection, 2))
        .build();
  }

  private double percentile(RankSelection selection, int percent) {
    double weight = position(percent) - Math.floor(position(percent));
    float below = selection.value(2 + 2 * percent);
    float above = selection.value(3 + 2 * percent);
    double gap = tree.rounded((double) above - below);
    return weight >= 0.5 ? above - gap * (1 - weight) : below + gap * weight;
  }

  /**
   * Draws all samples, counts them and adds them up into {@link #sums}.
   *
   * @param means per channel, to add up squared deviations from them
   * @return the counts of each thread, per channel
   */
  private List<long[][]> pass(Optional<double[]> means) {
    List<Map<Integer, double[]>> shared = sharedLeaves();
    Queue<long[][]> tallies = new ConcurrentLinkedQueue<>();
    Parallel.forEach(
        pools.size(),
        threads,
        "fingerprint",
        i -> {
          long[][] mine = tallies.poll();
          long[][] tally = mine == null ? newTally() : mine;
          ForegroundPool.Draws draws = pools.get(i).draws();
          for (int c = 0; c < sums.length; c++) {
            draws.channel(c);
            int channel = c;
            channel(i, c, draws, means.map(m -> m[channel]), tally[c], shared.get(c));
          }
          tallies.add(tally);
        });
    for (int c = 0; c < sums.length; c++) {
      for (Map.Entry<Integer, double[]> leaf : shared.get(c).entrySet()) {
        sums[c][leaf.getKey()] = tree.leafSum(leaf.getValue(), leaf.getValue().length);
      }
    }
    return List.copyOf(tallies);
  }

  private void channel(
      int pool,
      int channel,
      ForegroundPool.Draws draws,
      Optional<Double> mean,
      long[] tally,
      Map<Integer, double[]> shared) {
    double[] buffer = new double[io.github.nnunet4j.internal.PairwiseSum.BLOCK];
    int at = pool * samples;
    int end = at + samples;
    for (int leaf = tree.leafAt(at); at < end; leaf++) {
      int stop = Math.min(end, tree.start(leaf + 1));
      int count = stop - at;
      draws.fill(buffer, count);
      selections[channel].count(buffer, count, tally);
      if (mean.isPresent()) {
        tree.squareDeviations(buffer, count, mean.get());
      }
      double[] whole = shared.get(leaf);
      if (whole == null) {
        sums[channel][leaf] = tree.leafSum(buffer, count);
      } else {
        System.arraycopy(buffer, 0, whole, at - tree.start(leaf), count);
      }
      at = stop;
    }
  }

  private long[][] newTally() {
    long[][] tally = new long[sums.length][];
    for (int c = 0; c < tally.length; c++) {
      tally[c] = new long[selections[c].tallySize()];
    }
    return tally;
  }

  /** Room for the leaves that hold samples of more than one case. */
  private List<Map<Integer, double[]>> sharedLeaves() {
    List<Map<Integer, double[]>> all = new ArrayList<>();
    for (int c = 0; c < sums.length; c++) {
      Map<Integer, double[]> shared = new HashMap<>();
      for (int i = 1; i < pools.size(); i++) {
        int leaf = tree.leafAt(i * samples);
        if (tree.start(leaf) != i * samples) {
          shared.computeIfAbsent(leaf, l -> new double[tree.start(l + 1) - tree.start(l)]);
        }
      }
      all.add(shared);
    }
    return all;
  }
}
