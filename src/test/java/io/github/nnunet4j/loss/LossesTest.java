package io.github.nnunet4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("engine")
class LossesTest {
  private static final Labels CLASSES =
      Labels.of(Map.of("background", List.of(0), "a", List.of(1), "ignore", List.of(2)), List.of());
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<LossFunction> losses() {
    return Stream.of(
        Losses.defaultFor(CLASSES, true),
        Losses.crossEntropy().withClassWeights(List.of(1.0, 2.0)).withLabelSmoothing(0.1),
        Losses.dice().withBatchDice(true).withBackground(true),
        Losses.sum(Losses.topK(0.3).times(2), Losses.bce()),
        Losses.squaredDice(true, true, 1e-5).minusLog(),
        Losses.generalizedDice(false, true, 1e-5),
        new GeneralizedDice(ClassMean.of(true, true), 1e-5, true, false),
        Losses.matthewsCorrelation(true, true, 0),
        Losses.tversky(0.3, 0.7).focal(4.0 / 3),
        Losses.focal(2).withAlpha(0.25, 1).withSmooth(1e-5),
        Losses.dice().withClassWeights(List.of(1.0, 2.0)).withLeastOverlap(3),
        Losses.boundary(),
        Losses.hausdorff(),
        Losses.centerlineDice(2),
        Losses.onProbabilities(Losses.crossEntropy().fadingInto(Losses.dice(), 0, 1).at(0.5)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void leavesNoArraysBehindInTwoHundredEvaluations(LossFunction loss) {
    NDArray logits = manager.ones(new Shape(2, 2, 2, 3));
    logits.setRequiresGradient(true);
    List<short[]> samples = List.of(new short[] {0, 1, 2, 0, 1, -1}, new short[6]);
    Target target = Targets.of(manager, CLASSES, samples, Extent.of(2, 3));
    int before = 0;
    for (int i = 0; i < 200; i++) {
      try (GradientCollector collector = Engine.getInstance().newGradientCollector();
          NDManager step = manager.newSubManager();
          NDArray value = loss.evaluate(logits, target)) {
        // backward leaves a scalar in the manager of the value
        value.attach(step);
        collector.backward(value);
        logits.getGradient().close();
      }
      if (i == 0) {
        before = manager.getManagedArrays().size();
      }
    }
    assertThat(manager.getManagedArrays().size()).isEqualTo(before);
    // logits, labels, mask and, where asked for, the one-hot channels
    assertThat(before).isLessThanOrEqualTo(4);
  }

  @Test
  void deepSupervisionLeavesNoArraysBehind() {
    List<NDArray> logits = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (int size : new int[] {4, 2, 1}) {
      logits.add(manager.ones(new Shape(1, 2, size, size)));
      targets.add(Targets.ofLabels(manager.zeros(new Shape(1, 1, size, size), DataType.INT64), 2));
    }
    int before = 0;
    for (int i = 0; i < 200; i++) {
      DeepSupervision.of(3).evaluate(Losses.defaultFor(CLASSES, false), logits, targets).close();
      before = i == 0 ? manager.getManagedArrays().size() : before;
    }
    assertThat(manager.getManagedArrays().size()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("losses")
  void sumsOverAWholePatchStayExactInFloat32(LossFunction loss) {
    SplittableRandom random = new SplittableRandom(3);
    Extent extent = Extent.of(64, 64, 64);
    double[] values = new double[(int) (4 * extent.voxels())];
    Arrays.setAll(values, i -> (float) random.nextGaussian(1, 2));
    List<short[]> samples = new ArrayList<>();
    for (int s = 0; s < 2; s++) {
      short[] sample = new short[(int) extent.voxels()];
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (short) (random.nextInt(100) / 49);
      }
      samples.add(sample);
    }
    Target target = Targets.of(manager, CLASSES, samples, extent);
    NDArray wide = manager.create(values, new Shape(2, 2, 64, 64, 64));
    double exact = loss.evaluate(wide, target).getDouble();
    double found = loss.evaluate(wide.toType(DataType.FLOAT32, false), target).getFloat();
    assertThat(found).isCloseTo(exact, offset(1e-6 * Math.max(1, Math.abs(exact))));
  }

  @Test
  void isZeroWhereNothingCounts() {
    List<short[]> ignored = List.of(new short[] {2, 2, 2, 2});
    Target target = Targets.of(manager, CLASSES, ignored, Extent.of(2, 2));
    NDArray logits = manager.create(new float[] {1, -2, 3, 9, 0, 1, 2, -9}, new Shape(1, 2, 2, 2));
    assertThat(Losses.crossEntropy().evaluate(logits, target).getFloat()).isZero();
    assertThat(Losses.topK(0.5).evaluate(logits, target).getFloat()).isZero();
    assertThat(Losses.bce().evaluate(logits, target).getFloat()).isZero();
    assertThat(Losses.dice().evaluate(logits, target).getFloat()).isEqualTo(-1);
    assertThat(Losses.dice().withSmooth(0).evaluate(logits, target).getFloat()).isZero();
    for (LossFunction loss :
        List.of(
            Losses.focal(2),
            Losses.focal(2).withSmooth(0.1).summed(),
            Losses.matthewsCorrelation(true, true, 0),
            Losses.boundary(),
            Losses.hausdorff())) {
      assertThat(loss.evaluate(logits, target).getFloat()).as(loss.toString()).isZero();
    }
  }

  @Test
  void regionsTakeSigmoidAndBinaryCrossEntropyByDefault() {
    Labels regions =
        Labels.of(
            Map.of("background", List.of(0), "whole", List.of(1, 2), "core", List.of(2)),
            List.of(1, 2));
    assertThat(Losses.defaultFor(regions, true))
        .isEqualTo(Losses.dice(true, true, 1e-5).plus(Losses.bce()));
    assertThat(Losses.defaultFor(CLASSES, false))
        .isEqualTo(Losses.dice().plus(Losses.crossEntropy()));
  }

  @Test
  void printsAndCompares() {
    assertThat(Losses.dice().plus(Losses.topK(0.1).times(0.5)))
        .hasToString(
            "(Dice[batchDice=false, background=false, smooth=1.0E-5] + 0.5 * TopK[fraction=0.1, "
                + "voxels=CrossEntropy[classWeights=[], labelSmoothing=0.0]])")
        .isEqualTo(Losses.sum(Losses.dice(), Losses.topK(0.1).times(0.5)));
    assertThat(Losses.dice().plus(Losses.bce()).times(2).times(3).toString())
        .startsWith("6.0 * (Dice[")
        .endsWith("BinaryCrossEntropy[])");
  }

  @Test
  void takesAtLeastOneVoxelAndCountsAsPercentagesDo() {
    assertThat(Losses.topK(0.1).count(3)).isEqualTo(1);
    assertThat(Losses.topK(0.29).count(100)).isEqualTo(29);
    assertThat(Losses.topK(0.1).count(2_097_152L)).isEqualTo(209_715);
    assertThat(Losses.topK(1).count(7)).isEqualTo(7);
  }

  @Test
  void saysWhatIsWrongWithTheLogits() {
    Target target = Targets.of(manager, CLASSES, List.of(new short[4]), Extent.of(2, 2));
    assertThatThrownBy(() -> Losses.dice().evaluate(manager.zeros(new Shape(1, 3, 2, 2)), target))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("logits of 2 channels")
        .hasMessageContaining("(1, 3, 2, 2)");
  }

  @Test
  void crossEntropyAndTopKRefuseRegions() {
    Target regions = Targets.ofRegions(manager.ones(new Shape(1, 2, 2, 2)));
    NDArray logits = manager.zeros(new Shape(1, 2, 2, 2));
    for (LossFunction loss : List.of(Losses.crossEntropy(), Losses.topK(0.1))) {
      assertThatThrownBy(() -> loss.evaluate(logits, regions))
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("Losses.bce()");
    }
  }

  @Test
  void refusesLossesThatAreNotOneNumber() {
    Target target = Targets.of(manager, CLASSES, List.of(new short[4]), Extent.of(2, 2));
    NDArray logits = manager.zeros(new Shape(1, 2, 2, 2));
    LossFunction whole = (x, y) -> x.mul(2);
    assertThatThrownBy(
            () -> DeepSupervision.of(1).evaluate(whole, List.of(logits), List.of(target)))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("one number");
    assertThatThrownBy(() -> DeepSupervision.of(2).evaluate(whole, List.of(logits), List.of()))
        .hasMessageContaining("1 outputs and 0 targets for 2 weights");
  }

  @Test
  void refusesImpossibleSettings() {
    assertThatThrownBy(() -> Losses.topK(0)).hasMessageContaining("above 0");
    assertThatThrownBy(() -> Losses.dice().withSmooth(-1)).hasMessageContaining("smooth");
    assertThatThrownBy(() -> Losses.dice().times(Double.NaN)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new LossSum(List.of())).hasMessageContaining("one part");
    assertThatThrownBy(() -> Losses.crossEntropy().withClassWeights(List.of(-1.0)))
        .hasMessageContaining("class weights");
    assertThatThrownBy(() -> new DeepSupervision(List.of(0.0))).hasMessageContaining("one is");
    assertThatThrownBy(() -> DeepSupervision.weights(0)).hasMessageContaining("positive");
  }

  @Test
  void refusesOtherNumbersOfClassWeights() {
    Target target = Targets.of(manager, CLASSES, List.of(new short[4]), Extent.of(2, 2));
    LossFunction loss = Losses.crossEntropy().withClassWeights(List.of(1.0));
    assertThatThrownBy(() -> loss.evaluate(manager.zeros(new Shape(1, 2, 2, 2)), target))
        .hasMessageContaining("1 class weights for 2 classes");
  }
}
