package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.loss.Ramp;
import io.github.nnunet4j.loss.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses as a training asks for them. */
@Tag("engine")
@Timeout(120)
class LossesInTrainingTest {
  @TempDir Path folder;

  static Stream<LossFunction> losses() {
    LossFunction ce = Losses.crossEntropy();
    return Stream.of(
        ce.fadingInto(Losses.dice(), 0.2, 0.9),
        Losses.generalizedDice(true, false, 1e-5).plus(ce),
        Losses.matthewsCorrelation(true, true, 0),
        Losses.squaredDice(false, false, 1e-5).minusLog(),
        Losses.focal(2).withAlpha(0.5, 0).withSmooth(1e-5),
        Losses.tversky(0.3, 0.7).focal(4.0 / 3),
        Losses.dice().plus(Losses.boundary().times(new Ramp(0.01, 0.1, 0, 1))),
        Losses.dice().plus(Losses.hausdorff().times(0.1)),
        Losses.dice().plus(Losses.centerlineDice(2)));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void eachTrains(LossFunction loss) {
    TrainingData data = TinyTraining.data();
    TrainerConfig config = TinyTraining.config(data).loss(loss).build();
    try (Trainer trainer = Trainer.start(data, config, folder)) {
      List<EpochResult> epochs = trainer.run();
      assertThat(epochs).allMatch(epoch -> Double.isFinite(epoch.loss().training()));
      assertThat(epochs).allMatch(epoch -> Double.isFinite(epoch.loss().validation()));
    }
  }

  @Test
  void isAskedForOncePerEpoch() {
    List<Double> asked = Collections.synchronizedList(new ArrayList<>());
    LossFunction loss =
        Losses.during(
            progress -> {
              asked.add(progress);
              return Losses.dice().plus(Losses.crossEntropy());
            });
    TrainingData data = TinyTraining.data();
    TrainerConfig config = TinyTraining.config(data).loss(loss).build();
    try (Trainer trainer = Trainer.start(data, config, folder)) {
      trainer.run();
    }
    List<Double> expected = new ArrayList<>();
    for (int epoch = 0; epoch < config.epochs(); epoch++) {
      expected.add((double) epoch / config.epochs());
    }
    assertThat(asked).isEqualTo(expected);
  }

  @Test
  void namesALossThatIsNotThere() {
    LossFunction loss = Losses.dice().times(progress -> progress > 0 ? Double.NaN : 1);
    TrainingData data = TinyTraining.data();
    TrainerConfig config = TinyTraining.config(data).checkpointEvery(1).loss(loss).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContainingAll("epoch 1, loss ", "Dice[", "a weight is finite");
    assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(1);
  }

  @Test
  void namesTheLossAndTheShapesWhereItIsNaN() {
    LossFunction loss = Losses.dice().times(1).plus((logits, target) -> logits.log().sum());
    TrainingData data = TinyTraining.data();
    TrainerConfig config = TinyTraining.config(data).loss(loss).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContainingAll(
            "epoch 0, iteration 0", "NaN of (1.0 * Dice[", "on 2 patches 12x16x8");
  }

  @Test
  void namesTheShapeOfLogitsWhoseLossIsNoNumber() {
    LossFunction loss = (logits, target) -> logits.sum(new int[] {1});
    TrainingData data = TinyTraining.data();
    TrainerConfig config = TinyTraining.config(data).loss(loss).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContainingAll("of logits (2, 3, 12, 16, 8)", "an array (2, 12, 16, 8)");
  }

  @Test
  void coarseOutputsLearnSharesOfClassesIfAskedTo() {
    TrainingData data = TinyTraining.data();
    int outputs = data.configuration().topology().scales().size();
    List<Boolean> soft = Collections.synchronizedList(new ArrayList<>());
    LossFunction spy =
        (logits, target) -> {
          requireSameGrid(logits.getShape().getShape(), target);
          soft.add(target.soft());
          return Losses.dice().plus(Losses.crossEntropy()).evaluate(logits, target);
        };
    TrainerConfig config =
        TinyTraining.config(data)
            .loss(spy)
            .deepSupervision(
                new DeepSupervision(Collections.nCopies(outputs, 1.0)).withSoftTargets())
            .build();
    assertThat(config.toString()).contains("soft targets");
    try (Trainer trainer = Trainer.start(data, config, folder)) {
      assertThat(trainer.runEpoch().loss().training()).isFinite();
    }
    assertThat(soft.subList(0, outputs).get(0)).isFalse();
    assertThat(soft.subList(1, outputs)).isNotEmpty().doesNotContain(false);
  }

  private static void requireSameGrid(long[] logits, Target target) {
    assertThat(target.oneHot().getShape().getShape()).isEqualTo(logits);
  }
}
