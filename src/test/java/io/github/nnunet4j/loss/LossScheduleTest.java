package io.github.nnunet4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.error.StrategyException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class LossScheduleTest {
  private static final LossFunction BROKEN =
      (logits, target) -> {
        throw new IllegalStateException("not to be called");
      };

  private static double value(LossFunction loss) {
    try (NDManager manager = NDManager.newBaseManager();
        NDArray logits = manager.create(new float[] {1, -2, 3, 9}, new Shape(1, 2, 1, 2))) {
      NDArray labels = manager.zeros(new Shape(1, 1, 1, 2), DataType.INT64);
      return loss.evaluate(logits, Targets.ofLabels(labels, 2)).getFloat();
    }
  }

  @Test
  void weightsFollowTheProgress() {
    LossFunction ce = Losses.crossEntropy();
    LossFunction loss = ce.fadingInto(Losses.dice(), 0.2, 0.6);
    assertThat(value(loss.at(0.1))).isCloseTo(value(ce), offset(1e-6));
    assertThat(value(loss.at(0.4))).isCloseTo((value(ce) + value(Losses.dice())) / 2, offset(1e-6));
    assertThat(value(loss.at(0.9))).isCloseTo(value(Losses.dice()), offset(1e-6));
  }

  @Test
  void partsOfWeightZeroAreNotComputed() {
    LossFunction loss = Losses.crossEntropy().fadingInto(BROKEN, 0.5, 1);
    assertThat(value(loss.at(0.5))).isPositive();
    assertThatThrownBy(() -> value(loss.at(0.6))).hasMessageContaining("not to be called");
    assertThat(value(Losses.dice().times(0).plus(Losses.crossEntropy().times(0)))).isZero();
  }

  @Test
  void everyLossMadeOfOthersPassesTheProgressOn() {
    LossFunction scheduled = Losses.during(p -> p < 0.5 ? Losses.dice() : Losses.dice().times(0.5));
    LossFunction whole =
        Losses.onProbabilities(scheduled.minusLog().times(2).plus(scheduled.times(p -> 1 - p)));
    assertThat(whole.at(0.75))
        .isEqualTo(
            Losses.onProbabilities(
                Losses.dice()
                    .times(0.5)
                    .minusLog()
                    .times(2)
                    .plus(new WeightedLoss(Losses.dice().times(0.5), 0.25))));
    assertThat(Losses.dice().at(0.3)).isEqualTo(Losses.dice());
  }

  @Test
  void asksForTheProgressBeforeTheFirstEvaluation() {
    for (LossFunction loss :
        new LossFunction[] {
          Losses.dice().times(new Ramp(0, 1, 0, 1)),
          Losses.during(p -> Losses.dice()),
          Losses.crossEntropy().fadingInto(Losses.dice(), 0, 1)
        }) {
      assertThatThrownBy(() -> value(loss))
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("Call at(progress)");
    }
  }

  @Test
  void refusesImpossibleSchedules() {
    assertThatThrownBy(() -> new Ramp(0, Double.NaN, 0, 1)).hasMessageContaining("finite");
    assertThatThrownBy(() -> new Ramp(0, 1, 0.5, 0.5)).hasMessageContaining("begin < end");
    assertThatThrownBy(() -> Losses.dice().times(p -> Double.NaN).at(0))
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> Losses.during(p -> null).at(0.5)).hasMessageContaining("no loss");
  }

  @Test
  void printsReadably() {
    assertThat(Losses.crossEntropy().fadingInto(Losses.dice(), 0.5, 0.75).times(2))
        .hasToString(
            "2.0 * (Ramp[from=1.0, to=0.0, begin=0.5, end=0.75] * CrossEntropy[classWeights=[], "
                + "labelSmoothing=0.0] + Ramp[from=0.0, to=1.0, begin=0.5, end=0.75] * "
                + "Dice[batchDice=false, background=false, smooth=1.0E-5])");
    assertThat(Losses.dice().asInV1().withLeastOverlap(3).minusLog())
        .hasToString(
            "-log(-Dice[batchDice=false, background=false, smooth=1.0E-5, offset=1.0E-8,"
                + " leastOverlap=3.0])");
    assertThat(Losses.onProbabilities(Losses.bce()))
        .hasToString("BinaryCrossEntropy[] on probabilities");
  }
}
