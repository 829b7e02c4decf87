package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The same random batch over and over, for benchmarks of a step without reading any data (nnU-Net
 * v2 {@code nnUNetTrainerBenchmark_5epochs_noDataLoading}): images uniform in 0 to 1, labels drawn
 * from all of the data set, the first and the last half as often as the others.
 */
final class ConstantBatch implements BatchSource {
  private final Batch batch;

  ConstantBatch(Batch batch) {
    this.batch = batch;
  }

  static ConstantBatch random(int samples, int channels, Extent patch, Labels labels, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Sample> all =
        IntStream.range(0, samples).mapToObj(i -> sample(channels, patch, labels, random)).toList();
    return new ConstantBatch(
        new Batch(all, IntStream.range(0, samples).mapToObj(i -> "dummy_" + i).toList()));
  }

  private static Sample sample(int channels, Extent patch, Labels labels, SplittableRandom random) {
    Grid grid = Grid.of(patch.get(0), patch.get(1), patch.get(2));
    int voxels = Math.toIntExact(patch.voxels());
    float[][] image = new float[channels][voxels];
    for (float[] channel : image) {
      for (int i = 0; i < voxels; i++) {
        channel[i] = random.nextFloat();
      }
    }
    List<Integer> all = labels.all();
    short[] map = new short[voxels];
    for (int i = 0; i < voxels; i++) {
      map[i] = all.get((int) Math.rint(random.nextDouble() * (all.size() - 1))).shortValue();
    }
    return new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, map));
  }

  @Override
  public void start(int epoch, int iteration) {}

  @Override
  public Batch next() {
    return batch;
  }

  @Override
  public Duration waited() {
    return Duration.ZERO;
  }

  @Override
  public void close() {}
}
