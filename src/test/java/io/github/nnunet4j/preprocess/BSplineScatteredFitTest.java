package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.image.Extent;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BSplineScatteredFitTest {
  /** The sums of Lee, Wolberg and Shin over every sample and every control point, one by one. */
  @Property(tries = 60)
  void givesTheSumsOfTheDefinition(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int order,
      @ForAll @IntRange(min = 1, max = 3) int thinning,
      @ForAll @IntRange(min = 1, max = 7) int slices) {
    Random random = new Random(seed);
    int[] extent = {slices, 4 + random.nextInt(8), 6 + random.nextInt(9)};
    int[] orders = {slices == 1 ? 0 : order, order, order};
    int[] size = {slices == 1 ? 1 : order + 1, order + 1 + random.nextInt(3), order + 2};
    int[][] voxels = new int[3][];
    Arrays.setAll(
        voxels, a -> IntStream.range(0, extent[a]).filter(i -> i % thinning == 0).toArray());
    float[] image = new float[extent[0] * extent[1] * extent[2]];
    boolean[] inside = new boolean[image.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextInt(4) == 0 ? 0 : 1 + random.nextFloat();
      inside[i] = random.nextInt(5) != 0;
    }
    inside[0] = true;
    image[0] = 1;
    MaskedSamples samples = MaskedSamples.of(image, inside, Extent.of(extent), voxels, 2);
    BSplineAxis[] axes = new BSplineAxis[3];
    Arrays.setAll(axes, a -> BSplineAxis.of(extent[a], voxels[a], size[a], orders[a]));
    BSplineLattice zero = BSplineLattice.zero(size, orders);
    float[] values = samples.logarithms();
    double[] got =
        new BSplineScatteredFit(samples, axes, zero, 2)
            .fit(
                (from, to, out) -> {
                  for (int i = from; i < to; i++) {
                    out[i - from] = values[i];
                  }
                })
            .values();
    double[] want = naive(image, inside, extent, voxels, axes, size);
    for (int c = 0; c < want.length; c++) {
      assertThat(got[c]).isCloseTo(want[c], within(1e-10 + 1e-9 * Math.abs(want[c])));
    }
  }

  private static double[] naive(
      float[] image,
      boolean[] inside,
      int[] extent,
      int[][] voxels,
      BSplineAxis[] axes,
      int[] size) {
    double[] numerator = new double[size[0] * size[1] * size[2]];
    double[] denominator = new double[numerator.length];
    for (int z = 0; z < voxels[0].length; z++) {
      for (int y = 0; y < voxels[1].length; y++) {
        for (int x = 0; x < voxels[2].length; x++) {
          int at = (voxels[0][z] * extent[1] + voxels[1][y]) * extent[2] + voxels[2][x];
          if (!inside[at] || image[at] <= 0) {
            continue;
          }
          double[] w = weights(axes, new int[] {z, y, x}, size);
          double squares = Arrays.stream(w).map(v -> v * v).sum();
          for (int c = 0; c < w.length; c++) {
            numerator[c] += w[c] * w[c] * w[c] * (float) Math.log(image[at]) / squares;
            denominator[c] += w[c] * w[c];
          }
        }
      }
    }
    Arrays.setAll(numerator, c -> denominator[c] > 0 ? numerator[c] / denominator[c] : 0);
    return numerator;
  }

  private static double[] weights(BSplineAxis[] axes, int[] sample, int[] size) {
    double[] w = new double[size[0] * size[1] * size[2]];
    for (int a = 0; a < axes[0].taps(); a++) {
      for (int b = 0; b < axes[1].taps(); b++) {
        for (int c = 0; c < axes[2].taps(); c++) {
          int z = axes[0].first(sample[0]) + a;
          int y = axes[1].first(sample[1]) + b;
          int x = axes[2].first(sample[2]) + c;
          w[(z * size[1] + y) * size[2] + x] =
              axes[0].weight(a, sample[0])
                  * axes[1].weight(b, sample[1])
                  * axes[2].weight(c, sample[2]);
        }
      }
    }
    return w;
  }

  @Property(tries = 40)
  void refiningKeepsTheField(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int order,
      @ForAll @IntRange(min = 1, max = 4) int slices) {
    int[] extent = {slices, 9, 14};
    int[] orders = {slices == 1 ? 0 : order, order, order};
    int[] size = {slices == 1 ? 1 : order + 1, order + 2, order + 3};
    BSplineLattice coarse = BSplineLattice.zero(size, orders);
    coarse = coarse.of(new Random(seed).doubles(coarse.values().length, -1, 1).toArray());
    BSplineLattice fine = coarse.refined();
    for (int a = 0; a < 3; a++) {
      assertThat(fine.size()[a]).isEqualTo(orders[a] == 0 ? 1 : 2 * size[a] - order);
    }
    FieldRows before = rows(coarse, extent);
    FieldRows after = rows(fine, extent);
    for (int z = 0; z < slices; z++) {
      for (int y = 0; y < extent[1]; y++) {
        double[] want = before.read(z, y, 0, extent[2]).clone();
        double[] got = after.read(z, y, 0, extent[2]);
        // the last voxel of an axis is moved a thousandth of a voxel inward on both levels
        for (int x = 0; x < want.length; x++) {
          assertThat(got[x]).isCloseTo(want[x], within(1e-12));
        }
      }
    }
  }

  private static FieldRows rows(BSplineLattice lattice, int[] extent) {
    BSplineAxis[] axes = new BSplineAxis[3];
    Arrays.setAll(
        axes,
        a ->
            BSplineAxis.of(
                extent[a],
                IntStream.range(0, extent[a]).toArray(),
                lattice.size()[a],
                lattice.orders()[a]));
    return new FieldRows(lattice, axes);
  }

  @Property(tries = 30)
  void splinesOfASpanAddUpToOne(
      @ForAll @IntRange(min = 1, max = 5) int order, @ForAll @IntRange(max = 1000) int place) {
    double[] basis = new double[order + 1];
    BSplineAxis.basis(place / 1001.0, basis);
    assertThat(Arrays.stream(basis).sum()).isCloseTo(1, within(1e-14));
    assertThat(Arrays.stream(basis).min().orElseThrow()).isGreaterThanOrEqualTo(0);
  }
}
