package io.github.nnunet4j.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.LoadedCase;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.PairwiseSum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SampleStatisticsTest {
  /** Everything at once in one array, in double precision, sorted. */
  @Property(tries = 150)
  void twoPassesGiveWhatOneSortedArrayGives(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int cases,
      @ForAll @IntRange(min = 1, max = 700) int samples,
      @ForAll @IntRange(min = 1, max = 4) int threads) {
    Random random = new Random(seed);
    List<ForegroundPool> pools = new ArrayList<>();
    double[] all = new double[cases * samples];
    for (int i = 0; i < cases; i++) {
      pools.add(pool(random, samples));
      double[] part = new double[samples];
      ForegroundPool.Draws draws = pools.get(i).draws();
      for (int c = 0; c < 2; c++) {
        draws.channel(c);
        double[] chunk = new double[ForegroundPool.CHUNK];
        for (int at = 0; at < samples; at += chunk.length) {
          int count = Math.min(chunk.length, samples - at);
          draws.fill(chunk, count);
          System.arraycopy(chunk, 0, part, at, count);
        }
      }
      System.arraycopy(part, 0, all, i * samples, samples);
    }
    IntensityStatistics found =
        new SampleStatistics(pools, samples, false, threads).perChannel().get(1);
    double mean = PairwiseSum.of(all) / all.length;
    double[] squares = Arrays.stream(all).map(v -> (v - mean) * (v - mean)).toArray();
    assertThat(found.mean()).isEqualTo(mean);
    assertThat(found.standardDeviation())
        .isEqualTo(Math.sqrt(PairwiseSum.of(squares) / all.length));
    Arrays.sort(all);
    assertThat(found.minimum()).isEqualTo(all[0]);
    assertThat(found.maximum()).isEqualTo(all[all.length - 1]);
    double middle = (all.length - 1) / 2.0;
    assertThat(found.median())
        .isEqualTo((all[(int) Math.floor(middle)] + all[(int) Math.ceil(middle)]) / 2);
  }

  private static ForegroundPool pool(Random random, int samples) {
    int n = 1 + random.nextInt(400);
    Grid grid = Grid.of(1, 1, n);
    float[][] image = new float[2][n];
    short[] labels = new short[n];
    for (int i = 0; i < n; i++) {
      image[0][i] = random.nextInt(5);
      image[1][i] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(6) - 3));
      labels[i] = 1;
    }
    LoadedCase one = new LoadedCase("x", Volume.wrap(grid, image), LabelMap.wrap(grid, labels));
    return ForegroundPool.of(one, Box.whole(grid.extent()), samples);
  }
}
