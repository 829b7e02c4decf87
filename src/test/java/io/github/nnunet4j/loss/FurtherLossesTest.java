package io.github.nnunet4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Relations between losses, and values that can be found by hand. */
@Tag("engine")
class FurtherLossesTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray logits(long... shape) {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(0, 2);
    }
    return manager.create(values, new Shape(shape));
  }

  private Target labels(int classes, long... shape) {
    SplittableRandom random = new SplittableRandom(6);
    long[] values = new long[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(classes);
    }
    return Targets.ofLabels(manager.create(values, new Shape(shape)), classes);
  }

  /** Probabilities of one region along a line. */
  private double onLine(LossFunction loss, float[] p, float[] y) {
    Shape shape = new Shape(1, 1, 1, p.length);
    Target target = Targets.ofRegions(manager.create(y, shape));
    return Losses.onProbabilities(loss).evaluate(manager.create(p, shape), target).getFloat();
  }

  private static double value(LossFunction loss, NDArray logits, Target target) {
    return loss.evaluate(logits, target).getFloat();
  }

  @Test
  void tverskyWithHalvesIsDiceOfTwiceTheSmoothing() {
    NDArray logits = logits(2, 3, 4, 5);
    Target target = labels(3, 2, 1, 4, 5);
    Tversky tversky = new Tversky(ClassMean.of(true, true), 0.5, 0.5, 0.5);
    assertThat(value(tversky, logits, target))
        .isCloseTo(value(Losses.dice(true, true, 1), logits, target), offset(1e-6));
    assertThat(value(tversky.focal(1), logits, target))
        .isCloseTo(1 + value(tversky, logits, target), offset(1e-6));
  }

  @Test
  void tverskyWeighsMistakesOfBothKinds() {
    float[] y = {1, 1, 0, 0, 0};
    float[] p = {1, 0.5f, 0.5f, 0.5f, 0};
    // tp 1.5, fp 1, fn 0.5
    LossFunction loss = new Tversky(ClassMean.of(false, true), 0.25, 0.75, 0);
    assertThat(onLine(loss, p, y)).isCloseTo(-1.5 / (1.5 + 0.25 + 0.375), offset(1e-6));
    LossFunction focal = new Tversky(ClassMean.of(false, true), 0.25, 0.75, 0).focal(2);
    assertThat(onLine(focal, p, y))
        .isCloseTo(Math.sqrt(1 - 1.5 / (1.5 + 0.25 + 0.375)), offset(1e-6));
  }

  @Test
  void focalWithoutGammaIsCrossEntropy() {
    NDArray logits = logits(2, 3, 4, 5);
    Target target = labels(3, 2, 1, 4, 5);
    assertThat(value(Losses.focal(0), logits, target))
        .isCloseTo(value(Losses.crossEntropy(), logits, target), offset(1e-6));
    assertThat(value(Losses.focal(0).summed(), logits, target))
        .isCloseTo(40 * value(Losses.crossEntropy(), logits, target), offset(1e-4));
    NDArray two = logits(2, 2, 4, 5);
    Target regions = Targets.ofRegions(labels(2, 2, 1, 4, 5).oneHot());
    assertThat(value(Losses.focal(0), two, regions))
        .isCloseTo(value(Losses.bce(), two, regions), offset(1e-6));
  }

  @Test
  void focalOfRegionsIsThatOfTheSigmoid() {
    LossFunction loss = Losses.focal(2).withClassWeights(List.of(3.0));
    // -(1 - 0.75)^2 log(0.75), twice
    assertThat(onLine(loss, new float[] {0.75f, 0.25f}, new float[] {1, 0}))
        .isCloseTo(-0.0625 * Math.log(0.75), offset(1e-6));
  }

  @Test
  void boundaryLossIsTheMeanSignedDistance() {
    float[] y = {0, 0, 1, 1, 1, 1, 0};
    float[] p = {1, 0, 0, 0.5f, 1, 0, 1};
    // distances 2 1 0 -1 -1 0 1
    assertThat(onLine(Losses.boundary(), p, y)).isCloseTo((2 - 0.5 - 1 + 1) / 7, offset(1e-6));
    assertThat(onLine(Losses.boundary().withSpacing(List.of(1.0, 2.0)), p, y))
        .isCloseTo(2 * (2 - 0.5 - 1 + 1) / 7, offset(1e-6));
  }

  @Test
  void distancesOfAnObjectWithoutABorderAreZero() {
    assertThat(onLine(Losses.boundary(), new float[] {1, 1}, new float[] {1, 1})).isZero();
    assertThat(onLine(Losses.boundary(), new float[] {1, 1}, new float[2])).isZero();
  }

  @Test
  void hausdorffLossWeighsErrorsByBothDistances() {
    float[] y = {0, 0, 1, 1, 0, 0};
    float[] p = {0.75f, 0, 0, 1, 0, 0};
    // real 2 1 0 0 1 2, predicted (voxels 0 and 3) 0 1 1 0 1 2
    assertThat(onLine(Losses.hausdorff().onOneSide(), p, y))
        .isCloseTo(0.5625 * 4 / 6, offset(1e-6));
    assertThat(onLine(Losses.hausdorff(), p, y)).isCloseTo((0.5625 * 4 + 1) / 6, offset(1e-6));
    LossFunction linear = new HausdorffLoss(true, List.of(), 1, true);
    assertThat(onLine(linear, p, y)).isCloseTo(0.5625 * 2 / 6, offset(1e-6));
  }

  @Test
  void skeletonOfABarIsItsMiddle() {
    float[] bar = new float[5 * 9];
    for (int y = 1; y < 4; y++) {
      for (int x = 1; x < 8; x++) {
        bar[y * 9 + x] = 1;
      }
    }
    float[] skeleton =
        SoftSkeleton.of(manager.create(bar, new Shape(1, 1, 5, 9)), 3).toFloatArray();
    float[] middle = new float[5 * 9];
    for (int x = 2; x < 7; x++) {
      middle[2 * 9 + x] = 1;
    }
    assertThat(skeleton).isEqualTo(middle);
  }

  @Test
  void centerlineDiceSeesGapsAndNotThickness() {
    float[] thick = new float[7 * 11];
    float[] thin = new float[7 * 11];
    float[] gap = new float[7 * 11];
    for (int x = 1; x < 10; x++) {
      for (int y = 2; y < 5; y++) {
        thick[y * 11 + x] = 1;
        gap[y * 11 + x] = x > 3 && x < 7 ? 0 : 1;
      }
      thin[3 * 11 + x] = 1;
    }
    Shape shape = new Shape(1, 1, 7, 11);
    Target target = Targets.ofRegions(manager.create(thick, shape));
    LossFunction loss = Losses.onProbabilities(new CenterlineDice(ClassMean.of(false, true), 3, 0));
    assertThat(value(loss, manager.create(thick, shape), target)).isCloseTo(-1, offset(1e-6));
    assertThat(value(loss, manager.create(thin, shape), target)).isCloseTo(-1, offset(1e-6));
    assertThat(value(loss, manager.create(gap, shape), target)).isGreaterThan(-0.9);
  }

  @Test
  void skeletonsOfSlicesAndVolumesAgree() {
    NDArray flat = logits(2, 3, 6, 7);
    Target slice = labels(3, 2, 1, 6, 7);
    NDArray deep = flat.reshape(2, 3, 1, 6, 7);
    Target volume = Targets.ofLabels(slice.labels().reshape(2, 1, 1, 6, 7), 3);
    for (LossFunction loss :
        List.of(Losses.centerlineDice(2), Losses.boundary(), Losses.hausdorff())) {
      assertThat(value(loss, deep, volume)).isCloseTo(value(loss, flat, slice), offset(1e-6));
    }
  }

  @Test
  void classWeightsMeanTheScoresOfTheClasses() {
    NDArray logits = logits(2, 3, 4, 5);
    Target target = labels(3, 2, 1, 4, 5);
    Dice dice = Losses.dice(true, true, 1e-5);
    double[] alone = new double[3];
    for (int c = 0; c < 3; c++) {
      List<Double> only = List.of(c == 0 ? 1.0 : 0.0, c == 1 ? 1.0 : 0.0, c == 2 ? 1.0 : 0.0);
      alone[c] = value(dice.withClassWeights(only), logits, target);
    }
    assertThat(value(dice, logits, target))
        .isCloseTo((alone[0] + alone[1] + alone[2]) / 3, offset(1e-6));
    Dice weighted = dice.withClassWeights(List.of(7.0, 1.0, 3.0));
    assertThat(value(weighted, logits, target))
        .isCloseTo((7 * alone[0] + alone[1] + 3 * alone[2]) / 11, offset(1e-6));
    assertThat(value(weighted.withBackground(false), logits, target))
        .isCloseTo((alone[1] + 3 * alone[2]) / 4, offset(1e-6));
  }

  @Test
  void crossEntropyOfSharesIsThatOfTheirMixture() {
    NDArray logits = logits(1, 2, 1, 2);
    NDArray shares = manager.create(new float[] {0.25f, 1, 0.75f, 0}, new Shape(1, 2, 1, 2));
    Target soft = Targets.ofShares(shares);
    float[] x = logits.logSoftmax(1).toFloatArray();
    double expected = -(0.25 * x[0] + 0.75 * x[2] + x[1]) / 2;
    assertThat(value(Losses.crossEntropy(), logits, soft)).isCloseTo(expected, offset(1e-6));
    assertThat(value(Losses.topK(0.5), logits, soft))
        .isCloseTo(Math.max(-(0.25 * x[0] + 0.75 * x[2]), -x[1]), offset(1e-6));
    Target hard = labels(2, 1, 1, 1, 2);
    for (LossFunction loss :
        List.of(Losses.crossEntropy().withLabelSmoothing(0.2), Losses.focal(2), Losses.topK(0.5))) {
      assertThat(value(loss, logits, Targets.ofShares(hard.oneHot())))
          .isCloseTo(value(loss, logits, hard), offset(1e-6));
    }
  }

  @Test
  void probabilitiesAreNotMadeTwice() {
    NDArray logits = logits(2, 3, 4, 5);
    Target target = labels(3, 2, 1, 4, 5);
    LossFunction loss = Losses.dice().plus(Losses.crossEntropy()).plus(Losses.focal(2));
    assertThat(value(Losses.onProbabilities(loss), logits.softmax(1), target))
        .isCloseTo(value(loss, logits, target), offset(1e-5));
    Target regions = Targets.ofRegions(target.oneHot());
    LossFunction binary = Losses.dice().plus(Losses.bce());
    NDArray sigmoid = logits.getNDArrayInternal().sigmoid();
    assertThat(value(Losses.onProbabilities(binary), sigmoid, regions))
        .isCloseTo(value(binary, logits, regions), offset(1e-5));
    LossFunction own = (x, y) -> x.logSoftmax(1).mul(y.oneHot()).mean().neg();
    assertThat(value(Losses.onProbabilities(own), logits.softmax(1), target))
        .isCloseTo(value(own, logits, target), offset(1e-5));
  }

  @Test
  void anAbsentClassHasNoCorrelationAndNoGradient() {
    float[] p = {0.25f, 0.5f};
    assertThat(onLine(Losses.matthewsCorrelation(false, true, 0), p, new float[2])).isZero();
    assertThat(onLine(Losses.matthewsCorrelation(false, true, 1e-5), p, new float[2]))
        .isCloseTo(-1, offset(1e-6));
  }

  @Test
  void logarithmOfAnAbsentDiceIsFinite() {
    assertThat(
            onLine(Losses.dice().withSmooth(0).minusLog(), new float[] {1, 0}, new float[] {0, 1}))
        .isBetween(60.0, 70.0);
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> Losses.tversky(-1, 1)).hasMessageContaining("falsePositives");
    assertThatThrownBy(() -> Losses.tversky(1, 1).focal(0)).hasMessageContaining("gamma");
    assertThatThrownBy(() -> Losses.focal(-1)).hasMessageContaining("gamma");
    assertThatThrownBy(() -> Losses.focal(1).withAlpha(2, 0)).hasMessageContaining("alpha");
    assertThatThrownBy(() -> Losses.focal(1).withClassWeights(List.of(0.0)))
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> new Focal(List.of(), Optional.of(-1.0), 1, 0, false))
        .hasMessageContaining("class weights");
    assertThatThrownBy(() -> Losses.boundary().withSpacing(List.of(0.0)))
        .hasMessageContaining("spacing");
    assertThatThrownBy(() -> Losses.centerlineDice(-1)).hasMessageContaining("iterations");
    assertThatThrownBy(
            () ->
                new GeneralizedDice(
                    ClassMean.of(true, true).withClassWeights(List.of(1.0)), 0, false, false))
        .hasMessageContaining("volume");
    NDArray logits = logits(1, 3, 2, 2);
    Target target = labels(3, 1, 1, 2, 2);
    assertThatThrownBy(() -> Losses.boundary().withSpacing(List.of(1.0)).evaluate(logits, target))
        .hasMessageContaining("2 axes");
    assertThatThrownBy(
            () -> Losses.focal(1).withClassWeights(List.of(1.0)).evaluate(logits, target))
        .hasMessageContaining("1 class weights for 3 classes");
    assertThatThrownBy(
            () -> Losses.dice().withClassWeights(List.of(1.0, 0.0, 0.0)).evaluate(logits, target))
        .hasMessageContaining("above 0");
    assertThatThrownBy(() -> Losses.dice().evaluate(logits(1, 1, 2, 2), labels(1, 1, 1, 2, 2)))
        .hasMessageContaining("two classes");
  }
}
