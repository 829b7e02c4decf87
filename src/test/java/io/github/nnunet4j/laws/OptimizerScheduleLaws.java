package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.OptimizerSchedule;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.Rates;
import io.github.nnunet4j.train.SchedulePhase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every schedule promises, over trainings of 1 to 1000 epochs with a history. Extend it for
 * one of your own:
 *
 * <pre>{@code
 * class MyScheduleTest extends OptimizerScheduleLaws {
 *   protected OptimizerSchedule schedule() {
 *     return new MySchedule(0.01);
 *   }
 * }
 * }</pre>
 */
public abstract class OptimizerScheduleLaws {
  /** A new schedule under test; each call makes an equal one. */
  protected abstract OptimizerSchedule schedule();

  /**
   * Whether it prints its settings, by which a resumed training sees that they have changed; false
   * for a lambda.
   */
  protected boolean printed() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50, 1000})
  void givesRatesInRangeInEveryEpoch(int epochs) {
    for (Progress progress : training(epochs)) {
      Rates rates = schedule().at(progress);
      assertThat(rates.learningRate()).as("learning rate, %s", progress).isFinite();
      assertThat(rates.learningRate()).as("learning rate, %s", progress).isNotNegative();
      rates
          .momentum()
          .ifPresent(
              momentum ->
                  assertThat(momentum)
                      .as("momentum, %s", progress)
                      .isGreaterThanOrEqualTo(0)
                      .isLessThan(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1000})
  void learnsInSomeEpoch(int epochs) {
    assertThat(training(epochs).stream().mapToDouble(p -> schedule().at(p).learningRate()))
        .as("learning rates of a training of %d epochs", epochs)
        .anyMatch(rate -> rate > 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 50, 1000})
  void dependsOnTheProgressAlone(int epochs) {
    OptimizerSchedule asked = schedule();
    List<Progress> training = training(epochs);
    List<Rates> inOrder = training.stream().map(asked::at).toList();
    List<Integer> mixed = new ArrayList<>(IntStream.range(0, epochs).boxed().toList());
    Collections.shuffle(mixed, new Random(3));
    for (int epoch : mixed) {
      Progress progress = training.get(epoch);
      assertThat(asked.at(progress)).as("%s again", progress).isEqualTo(inOrder.get(epoch));
      assertThat(schedule().at(progress))
          .as("%s after a restart", progress)
          .isEqualTo(inOrder.get(epoch));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 60})
  void canBeWarmedUp(int length) {
    OptimizerSchedule warm = schedule().afterWarmUp(length);
    double first = schedule().at(new Progress(0, 40)).learningRate();
    double before = 0;
    for (Progress progress : training(length + 40).subList(0, length)) {
      double rate = warm.at(progress).learningRate();
      assertThat(rate).as("learning rate, %s", progress).isBetween(before, first * (1 + 1e-12));
      before = rate;
    }
    assertThat(warm.at(new Progress(length, length + 40)).learningRate()).isEqualTo(first);
  }

  @Test
  void isAPhaseLikeAnyOther() {
    SchedulePhase rise = OptimizerSchedules.warmUp(3);
    SchedulePhase own = schedule().forEpochs(7);
    OptimizerSchedule last = OptimizerSchedules.constant(1);
    for (Progress progress : training(20)) {
      assertThat(rise.then(own).then(last).at(progress))
          .as("composition, %s", progress)
          .isEqualTo(rise.then(own.then(last)).at(progress));
    }
    for (Progress progress : training(7)) {
      assertThat(own.then(last).at(progress))
          .as("as a phase, %s", progress)
          .isEqualTo(schedule().at(progress));
    }
  }

  @Test
  void printsItsSettings() {
    if (printed()) {
      assertThat(schedule().toString()).isNotBlank().doesNotContain("$$Lambda", "@");
      assertThat(schedule()).hasToString(schedule().toString());
    }
  }

  /** A training whose loss falls at first, then stays as it is. */
  private static List<Progress> training(int epochs) {
    List<EpochResult> history =
        IntStream.range(0, epochs).mapToObj(OptimizerScheduleLaws::result).toList();
    return IntStream.range(0, epochs)
        .mapToObj(epoch -> new Progress(epoch, epochs, history.subList(0, epoch)))
        .toList();
  }

  private static EpochResult result(int epoch) {
    double loss = 1.0 / (1 + Math.min(epoch, 20));
    return new EpochResult(
        epoch,
        Rates.of(0.01),
        new EpochResult.Loss(loss, loss),
        new EpochResult.Dice(List.of(1 - loss), 1 - loss, 1 - loss),
        new EpochResult.Time(1, 0));
  }
}
