package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  /** Doubles every voxel: whatever the tiles, the mean must be twice the image. */
  private static final TileNetwork DOUBLE =
      (tiles, shape, logits) -> {
        FloatBuffer in = tiles.asFloatBuffer();
        FloatBuffer out = FloatBuffer.allocate(in.remaining());
        while (in.hasRemaining()) {
          out.put(2 * in.get());
        }
        logits.accept(out.flip());
      };

  @Property(tries = 150)
  void everyVoxelGetsTheMeanOfItsTiles(
      @ForAll @IntRange(min = 1, max = 14) int z,
      @ForAll @IntRange(min = 1, max = 14) int y,
      @ForAll @IntRange(min = 1, max = 14) int x,
      @ForAll @IntRange(min = 1, max = 6) int batch,
      @ForAll boolean flat,
      @ForAll @IntRange(min = 4, max = 10) int tenths) {
    Volume image = random(Extent.of(z, y, x), 2, 100 * z + 10 * y + x);
    Extent patch = flat ? Extent.of(5, 4) : Extent.of(3, 5, 4);
    Tiling tiling = new Tiling(image.grid().extent(), patch, tenths / 10.0);
    Volume mean = run(image, tiling, Mirroring.all(), batch, List.of(DOUBLE, DOUBLE), 2);
    for (int c = 0; c < 2; c++) {
      float[] actual = mean.unsafeArray(c);
      float[] expected = image.unsafeArray(c);
      for (int i = 0; i < actual.length; i++) {
        assertThat(actual[i]).isCloseTo(2 * expected[i], within(1e-4f));
      }
    }
  }

  @Test
  void mirrorsTilesAndMirrorsTheirLogitsBack() {
    // A network that marks the first corner of what it sees.
    TileNetwork corner =
        (tiles, shape, logits) -> {
          FloatBuffer out = FloatBuffer.allocate(tiles.asFloatBuffer().remaining());
          int perTile = out.capacity() / (int) shape[0];
          for (int i = 0; i < shape[0]; i++) {
            out.put(i * perTile, 8);
          }
          logits.accept(out);
        };
    Volume image = random(Extent.of(3, 4, 5), 1, 1);
    Tiling tiling = new Tiling(image.grid().extent(), Extent.of(3, 4, 5), 0.5);
    Volume mean = run(image, tiling, Mirroring.axes(0, 2), 3, List.of(corner), 1);
    for (int z : new int[] {0, 2}) {
      for (int x : new int[] {0, 4}) {
        assertThat(mean.at(0, z, 0, x)).isEqualTo(2);
        assertThat(mean.at(0, z, 3, x)).isZero();
      }
    }
  }

  @Test
  void showsZerosOutsideOfTheImageAndTellsTheShape() {
    List<long[]> shapes = new ArrayList<>();
    List<Float> sums = new ArrayList<>();
    TileNetwork spy =
        (tiles, shape, logits) -> {
          shapes.add(shape);
          float sum = 0;
          FloatBuffer in = tiles.asFloatBuffer();
          while (in.hasRemaining()) {
            sum += in.get();
          }
          sums.add(sum);
          DOUBLE.forward(tiles, shape, logits);
        };
    Grid grid = Grid.of(2, 3, 3);
    float[] ones = new float[18];
    java.util.Arrays.fill(ones, 1);
    Volume image = Volume.wrap(grid, ones);
    run(
        image,
        new Tiling(grid.extent(), Extent.of(4, 8, 8), 0.5),
        Mirroring.none(),
        1,
        List.of(spy),
        1);
    assertThat(shapes).hasSize(1);
    assertThat(shapes.get(0)).containsExactly(1, 1, 4, 8, 8);
    assertThat(sums).containsExactly(18f);
    run(
        image,
        new Tiling(grid.extent(), Extent.of(2, 2), 0.5),
        Mirroring.none(),
        3,
        List.of(spy),
        1);
    assertThat(shapes.get(1)).containsExactly(3, 1, 2, 2);
    assertThat(shapes.get(shapes.size() - 1)).containsExactly(2, 1, 2, 2);
  }

  @Test
  void averagesNetworks() {
    TileNetwork zero =
        (tiles, shape, logits) ->
            logits.accept(FloatBuffer.allocate(tiles.asFloatBuffer().remaining()));
    Volume image = random(Extent.of(6, 6, 6), 1, 4);
    Tiling tiling = new Tiling(image.grid().extent(), Extent.of(4, 4, 4), 0.5);
    Volume mean = run(image, tiling, Mirroring.none(), 2, List.of(DOUBLE, zero), 1);
    float[] expected = image.unsafeArray(0);
    for (int i = 0; i < expected.length; i++) {
      assertThat(mean.unsafeArray(0)[i]).isCloseTo(expected[i], within(1e-5f));
    }
  }

  @Test
  void addsLargeTilesWithSeveralThreadsToTheSameResult() {
    Volume image = random(Extent.of(40, 70, 64), 16, 9);
    Tiling tiling = new Tiling(image.grid().extent(), Extent.of(36, 64, 64), 0.5);
    float[] weight = TileWeights.gaussian().of(tiling.tile());
    Volume one = sum(image, tiling, weight, 1);
    Volume four = sum(image, tiling, weight, 4);
    assertThat(four).isEqualTo(one);
  }

  private static Volume sum(Volume image, Tiling tiling, float[] weight, int threads) {
    SlidingWindow window = new SlidingWindow(image, tiling, Mirroring.none(), 1);
    LogitSum sum = new LogitSum(image.grid(), tiling.tile(), weight, 16, 1, threads);
    window.run(List.of(DOUBLE), sum, done -> {});
    return sum.finish();
  }

  @Test
  void tellsProgressAndStopsWhereTheListenerThrows() {
    Volume image = random(Extent.of(4, 9, 9), 1, 2);
    Tiling tiling = new Tiling(image.grid().extent(), Extent.of(4, 4), 0.5);
    SlidingWindow window = new SlidingWindow(image, tiling, Mirroring.axes(0), 5);
    float[] weight = TileWeights.uniform().of(tiling.patch());
    List<Integer> done = new ArrayList<>();
    LogitSum sum = new LogitSum(image.grid(), tiling.tile(), weight, 1, window.contributions(1), 1);
    window.run(List.of(DOUBLE), sum, done::add);
    assertThat(done.get(0)).isEqualTo(5);
    assertThat(done.get(done.size() - 1)).isEqualTo(window.passes());
    LogitSum other = new LogitSum(image.grid(), tiling.tile(), weight, 1, 2, 1);
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(
            () ->
                window.run(
                    List.of(DOUBLE),
                    other,
                    n -> {
                      throw new IllegalStateException("stop");
                    }));
  }

  @Test
  void refusesLogitsThatAreNotFinite() {
    TileNetwork broken =
        (tiles, shape, logits) -> {
          FloatBuffer out = FloatBuffer.allocate(tiles.asFloatBuffer().remaining());
          out.put(0, Float.NaN);
          logits.accept(out);
        };
    Volume image = random(Extent.of(4, 4, 4), 1, 3);
    Tiling tiling = new Tiling(image.grid().extent(), Extent.of(4, 4, 4), 0.5);
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> run(image, tiling, Mirroring.none(), 1, List.of(broken), 1))
        .withMessageContaining("slice 0")
        .withMessageContaining("NaN");
  }

  @Test
  void refusesATileThatNoBufferHolds() {
    Volume image = random(Extent.of(1, 1, 1), 3, 3);
    Tiling tiling = new Tiling(image.grid().extent(), Extent.of(700, 700, 700), 0.5);
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> new SlidingWindow(image, tiling, Mirroring.none(), 1))
        .withMessageContaining("700x700x700");
  }

  private static Volume run(
      Volume image,
      Tiling tiling,
      Mirroring mirroring,
      int batch,
      List<TileNetwork> networks,
      int heads) {
    SlidingWindow window = new SlidingWindow(image, tiling, mirroring, batch);
    float[] weight = TileWeights.gaussian().of(tiling.patch());
    LogitSum sum =
        new LogitSum(
            image.grid(), tiling.tile(), weight, heads, window.contributions(networks.size()), 2);
    window.run(networks, sum, done -> {});
    return sum.finish();
  }

  private static Volume random(Extent extent, int channels, long seed) {
    Random random = new Random(seed);
    float[][] values = new float[channels][(int) extent.voxels()];
    for (float[] channel : values) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) random.nextGaussian();
      }
    }
    return Volume.wrap(Grid.of(extent.get(0), extent.get(1), extent.get(2)), values);
  }
}
