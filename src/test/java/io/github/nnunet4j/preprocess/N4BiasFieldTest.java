package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class N4BiasFieldTest {
  private static final N4BiasField QUICK =
      N4BiasField.builder().maximumIterations(4, 3).convergenceThreshold(0).build();

  /** Two tissues and air under a field that grows along x. */
  private static Volume image(long seed, int z, int y, int x) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] voxels = new float[z * y * x];
    for (int i = 0; i < voxels.length; i++) {
      boolean air = random.nextInt(6) == 0;
      double tissue = i / 7 % 2 == 0 ? 100 : 160;
      double bias = Math.exp(0.5 * (i % x) / x);
      voxels[i] = air ? 0 : (float) (bias * (tissue + random.nextDouble(-5, 5)));
    }
    return Volume.wrap(Grid.of(z, y, x), voxels);
  }

  private static Mask all(Volume image) {
    return ForegroundRules.whole().mask(image);
  }

  @Property(tries = 20)
  void leavesAConstantImageUnchanged(
      @ForAll @FloatRange(min = 0.01f, max = 5000) float value,
      @ForAll @IntRange(min = 1, max = 6) int slices) {
    float[] voxels = new float[slices * 5 * 7];
    Arrays.fill(voxels, value);
    Volume image = Volume.wrap(Grid.of(slices, 5, 7), voxels);
    assertThat(N4BiasField.standard().correct(image)).isEqualTo(image);
  }

  @Property(tries = 20)
  void scalesWithTheImage(
      @ForAll long seed, @ForAll @FloatRange(min = 0.01f, max = 100) float factor) {
    Volume image = image(seed, 6, 9, 11);
    float[] once = QUICK.correct(image).unsafeArray(0);
    float[] scaled = QUICK.correct(image.map(v -> v * factor)).unsafeArray(0);
    for (int i = 0; i < once.length; i++) {
      assertThat(scaled[i]).isCloseTo(once[i] * factor, within(2e-4f * (1 + once[i]) * factor));
    }
  }

  @Property(tries = 4)
  void doesNotDependOnTheNumberOfThreads(
      @ForAll long seed, @ForAll @IntRange(min = 2, max = 7) int threads) {
    Volume image = image(seed, 40, 44, 50);
    Mask mask = ForegroundRules.nonzero().mask(image);
    BiasField one = QUICK.estimate(image, mask, 1);
    BiasField more = QUICK.estimate(image, mask, threads);
    assertThat(more.correct(image, threads)).isEqualTo(one.correct(image, 1));
    assertThat(more.logarithm(image.grid(), threads)).isEqualTo(one.logarithm(image.grid(), 1));
    assertThat(more).hasToString(one.toString());
  }

  @Property(tries = 10)
  void correctsAPictureAlikeAlongWhicheverAxisItIsFlat(@ForAll long seed) {
    Volume flat = image(seed, 1, 16, 20);
    float[] corrected = QUICK.correct(flat).unsafeArray(0);
    for (Grid grid : List.of(Grid.of(16, 1, 20), Grid.of(16, 20, 1))) {
      Volume turned = flat.withGrid(grid);
      Mask mask = ForegroundRules.nonzero().mask(turned);
      BiasField field = QUICK.estimate(turned, mask, 1);
      assertThat(field.controlPoints()).containsExactlyInAnyOrder(1, 5, 5);
      float[] other = field.correct(turned, 1).unsafeArray(0);
      for (int i = 0; i < other.length; i++) {
        assertThat(other[i]).isCloseTo(corrected[i], within(1e-4f * (1 + corrected[i])));
      }
    }
  }

  @Example
  void takesNonPositiveVoxelsForNoTissue() {
    Volume image = image(3, 6, 9, 11);
    Volume negative = image.map(v -> v == 0 ? -7 : v);
    BiasField nonzero = QUICK.estimate(image, ForegroundRules.nonzero().mask(image), 1);
    assertThat(QUICK.estimate(negative, all(negative), 1).logarithm(image.grid(), 1))
        .isEqualTo(nonzero.logarithm(image.grid(), 1));
    float[] corrected = nonzero.correct(negative, 1).unsafeArray(0);
    for (int i = 0; i < corrected.length; i++) {
      assertThat(Math.signum(corrected[i])).isEqualTo(Math.signum(negative.unsafeArray(0)[i]));
    }
  }

  @Example
  void shrinksOnlyTheEstimation() {
    Volume image = image(4, 21, 30, 34);
    Mask mask = ForegroundRules.nonzero().mask(image);
    BiasField full = N4BiasField.standard().estimate(image, mask, 2);
    BiasField thin =
        N4BiasField.standard().toBuilder().shrinkFactors(2, 3, 50).build().estimate(image, mask, 2);
    float[] want = full.logarithm(image.grid(), 1).unsafeArray(0);
    float[] got = thin.logarithm(image.grid(), 1).unsafeArray(0);
    double apart = 0;
    for (int i = 0; i < got.length; i++) {
      apart += Math.abs(got[i] - want[i]) / got.length;
    }
    assertThat(thin.extent()).isEqualTo(image.grid().extent());
    assertThat(apart).isLessThan(0.05);
  }

  @Example
  void correctsAnotherContrastOfTheSameVoxels() {
    Volume image = image(5, 5, 6, 7);
    BiasField field = QUICK.estimate(image, all(image), 1);
    float[] one = image.unsafeArray(0);
    Volume both = Volume.wrap(image.grid(), one, image.map(v -> 2 * v).unsafeArray(0));
    Volume corrected = field.correct(both, 2);
    assertThat(corrected.channel(0)).isEqualTo(field.correct(image, 1));
    assertThat(corrected.channels()).isEqualTo(2);
    refused(() -> field.correct(image(5, 5, 6, 8), 1), "5x6x7", "5x6x8");
    assertThatThrownBy(() -> field.logarithm(Grid.of(1, 2, 3), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5x6x7");
  }

  private static void refused(ThrowingCallable call, String... says) {
    assertThatThrownBy(call).isInstanceOf(PreprocessException.class).hasMessageContainingAll(says);
  }

  @Example
  void refusesWhatHasNoField() {
    Volume image = image(6, 5, 6, 7);
    Grid grid = image.grid();
    Mask empty = Mask.wrap(grid, new boolean[5 * 6 * 7]);
    refused(() -> QUICK.estimate(image, empty, 1), "mask with voxels", "foreground rule");
    Volume air = image.map(v -> -1);
    refused(() -> QUICK.estimate(air, all(air), 1), "positive intensities", "210 voxels");
    Volume hole = image.map(v -> v == 0 ? Float.NaN : v);
    refused(() -> QUICK.estimate(hole, all(hole), 1), "finite voxels", "NaN at (z, y, x)");
    Mask other = Mask.wrap(Grid.of(1, 2, 3), new boolean[6]);
    refused(() -> QUICK.estimate(image, other, 1), "5x6x7", "1x2x3");
    Volume two = Volume.wrap(grid, image.unsafeArray(0), image.unsafeArray(0));
    refused(() -> QUICK.estimate(two, all(image), 1), "one channel", "2 channels");
    N4BiasField fine = N4BiasField.builder().maximumIterations(1, 1, 1, 1, 1, 1, 1, 1).build();
    refused(() -> fine.estimate(image, all(image), 1), "at most 42", "axis 0", "fewer fitting");
  }

  @Example
  void refusesAShrinkFactorThatMissesTheMask() {
    Volume image = image(7, 16, 16, 16);
    boolean[] inside = new boolean[16 * 16 * 16];
    inside[0] = true;
    float[] voxels = image.toArray(0);
    voxels[0] = 1;
    Volume seen = Volume.wrap(image.grid(), voxels);
    Mask corner = Mask.wrap(image.grid(), inside);
    N4BiasField thin = QUICK.toBuilder().shrinkFactor(4).build();
    refused(() -> thin.estimate(seen, corner, 1), "[4, 4, 4]", "smaller shrink factor");
    assertThat(QUICK.correct(seen, corner, 1)).isEqualTo(seen);
  }

  @Example
  void refusesSettingsOutOfRange() {
    List<ThrowingCallable> wrong =
        List.of(
            () -> N4BiasField.builder().maximumIterations().build(),
            () -> N4BiasField.builder().maximumIterations(50, 0).build(),
            () -> N4BiasField.builder().convergenceThreshold(Double.NaN).build(),
            () -> N4BiasField.builder().biasFieldFullWidthAtHalfMaximum(0).build(),
            () -> N4BiasField.builder().wienerFilterNoise(-1).build(),
            () -> N4BiasField.builder().histogramBins(1).build(),
            () -> N4BiasField.builder().splineOrder(6).build(),
            () -> N4BiasField.builder().controlPoints(3).build(),
            () -> N4BiasField.builder().shrinkFactor(0).build(),
            () -> new ForegroundRules.Otsu(1));
    for (ThrowingCallable call : wrong) {
      assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Example
  void printsAndComparesBySettings() {
    assertThat(QUICK.toBuilder().build()).isEqualTo(QUICK).hasSameHashCodeAs(QUICK);
    assertThat(QUICK).isNotEqualTo(N4BiasField.standard());
    assertThat(N4BiasField.standard())
        .hasToString(
            "N4BiasField[maximumIterations=[50, 50, 50, 50], convergenceThreshold=0.001,"
                + " biasFieldFullWidthAtHalfMaximum=0.15, wienerFilterNoise=0.01,"
                + " histogramBins=200, controlPoints=[4, 4, 4], splineOrder=3,"
                + " shrinkFactors=[1, 1, 1], foreground=Nonzero[]]");
  }

  @Example
  void findsTissueByRule() {
    float[] voxels = {-2, 0, 0, 1, 2, 10, 11, 12};
    Volume image = Volume.wrap(Grid.of(2, 2, 2), voxels);
    assertThat(ForegroundRules.nonzero().mask(image).count()).isEqualTo(6);
    assertThat(ForegroundRules.whole().mask(image).count()).isEqualTo(8);
    assertThat(ForegroundRules.above(2).mask(image).count()).isEqualTo(3);
    assertThat(ForegroundRules.otsu().mask(image).count()).isEqualTo(3);
    assertThat(ForegroundRules.otsu().mask(image.map(v -> 4)).count()).isEqualTo(8);
  }

  @Example
  void stopsALevelThatHasConverged() {
    Volume image = image(8, 8, 9, 10);
    N4BiasField patient = N4BiasField.builder().maximumIterations(500, 500).build();
    BiasField field = patient.estimate(image, ForegroundRules.nonzero().mask(image), 1);
    assertThat(field.convergence()).isBetween(0.0, 0.001);
    assertThat(field.iterations()).hasSize(2).allMatch(n -> n < 500);
  }

  @Example
  void comesBeforeAnotherNormalization() {
    IntensityNormalization chain = QUICK.normalization().then(IntensityNormalizations.zScore());
    Volume image = image(9, 8, 9, 10);
    IntensityNormalization.Context context =
        new IntensityNormalization.Context(Optional.empty(), IntensityStatistics.builder().build());
    Volume corrected = QUICK.correct(image);
    assertThat(chain.apply(image, context, 2))
        .isEqualTo(chain.apply(image, context))
        .isEqualTo(IntensityNormalizations.zScore().apply(corrected, context));
    assertThat(chain)
        .isEqualTo(QUICK.normalization().then(IntensityNormalizations.zScore()))
        .isNotEqualTo(IntensityNormalizations.zScore())
        .asString()
        .contains(QUICK.toString(), "ZScore[]")
        .doesNotContain("@");
  }

  @Example
  void keepsTheGridOfTheImage() {
    Grid grid =
        Grid.of(Extent.of(4, 5, 6), Spacing.millimetres(3, 0.7, 0.8))
            .placed(new double[] {1, 2, 3}, new double[] {1, 0, 0, 0, -1, 0, 0, 0, 1});
    Volume image = image(10, 4, 5, 6).withGrid(grid);
    assertThat(QUICK.correct(image).grid()).isEqualTo(grid);
  }
}
