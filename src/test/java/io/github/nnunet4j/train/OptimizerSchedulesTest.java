package io.github.nnunet4j.train;

import static io.github.nnunet4j.train.OptimizerSchedules.constant;
import static io.github.nnunet4j.train.OptimizerSchedules.cosine;
import static io.github.nnunet4j.train.OptimizerSchedules.cycle;
import static io.github.nnunet4j.train.OptimizerSchedules.exponential;
import static io.github.nnunet4j.train.OptimizerSchedules.laggingWarmUpOfV1;
import static io.github.nnunet4j.train.OptimizerSchedules.polynomial;
import static io.github.nnunet4j.train.OptimizerSchedules.reduceOnPlateau;
import static io.github.nnunet4j.train.OptimizerSchedules.steps;
import static io.github.nnunet4j.train.OptimizerSchedules.warmUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerSchedulesTest {
  @Test
  void momentumCanFollowTheProgress() {
    OptimizerSchedule schedule = constant(0.1).withMomentum(p -> 0.99 - 0.09 * p.fraction());
    assertThat(schedule.at(new Progress(5, 10))).isEqualTo(Rates.of(0.1, 0.945));
    assertThat(schedule.afterWarmUp(2).at(new Progress(0, 12))).isEqualTo(Rates.of(0.05, 0.99));
    OptimizerSchedule fixed = constant(0.1).withMomentum(Momentums.constant(0.9));
    assertThat(fixed.at(new Progress(3, 10))).isEqualTo(Rates.of(0.1, 0.9));
    assertThat(fixed).hasToString("constant(0.1).withMomentum(0.9)");
  }

  @Test
  void phasesSeeTheirOwnEpochsAndHistory() {
    List<EpochResult> history = Histories.of(7, e -> Histories.loss(e, e));
    OptimizerSchedule nosy =
        p -> {
          assertThat(p.epoch()).isEqualTo(3);
          assertThat(p.epochs()).isEqualTo(6);
          assertThat(p.history()).isEqualTo(history.subList(4, 7));
          return Rates.of(1);
        };
    OptimizerSchedule all = constant(2).forEpochs(3).then(constant(3).forEpochs(1)).then(nosy);
    assertThat(all.at(new Progress(7, 10, history))).isEqualTo(Rates.of(1));
    assertThat(all.at(new Progress(2, 10))).isEqualTo(Rates.of(2));
    assertThat(all.at(new Progress(3, 10))).isEqualTo(Rates.of(3));
  }

  @Test
  void howPhasesArePutTogetherMakesNoDifference() {
    SchedulePhase a = warmUp(3);
    SchedulePhase b = cosine(0.1).forEpochs(4);
    SchedulePhase c = warmUp(2);
    OptimizerSchedule d = polynomial(0.01, 0.9);
    OptimizerSchedule left = a.then(b).then(c).then(d);
    OptimizerSchedule right = a.then(b.then(c.then(d)));
    assertThat(left).isEqualTo(right).hasSameHashCodeAs(right).hasToString(right.toString());
    assertThat(left)
        .hasToString("warmUp(3).then(cosine(0.1).forEpochs(4)).then(warmUp(2)).then(" + d + ")");
    assertThat(a.then(b).then(c)).isEqualTo(a.then(b.then(c))).hasSameHashCodeAs(a.then(b.then(c)));
    assertThat(a.then(b).epochs()).isEqualTo(7);
    assertThat(a).hasToString("warmUp(3)").isNotEqualTo(c).isNotEqualTo(d);
    for (int e = 0; e < 20; e++) {
      assertThat(left.at(new Progress(e, 20))).isEqualTo(right.at(new Progress(e, 20)));
    }
  }

  @Test
  void aRiseKeepsTheMomentumOfWhatFollows() {
    OptimizerSchedule schedule = warmUp(4).then(constant(0.4).withMomentum(p -> 0.8));
    assertThat(schedule.at(new Progress(1, 10))).isEqualTo(Rates.of(0.2, 0.8));
  }

  @Test
  void aTrainingShorterThanItsPhasesHasRates() {
    OptimizerSchedule schedule = warmUp(50).then(polynomial(0.01, 0.9));
    assertThat(schedule.at(new Progress(4, 5)).learningRate()).isCloseTo(1e-3, within(1e-15));
  }

  @Test
  void aPlateauAfterARiseWatchesItsOwnEpochsAlone() {
    OptimizerSchedule plateau = reduceOnPlateau(1).patience(2).factor(0.5).memory(0).build();
    OptimizerSchedule schedule = warmUp(10).then(plateau);
    List<EpochResult> flat = Histories.of(14, e -> Histories.loss(e, 1));
    assertThat(schedule.at(new Progress(13, 100, flat.subList(0, 13))).learningRate()).isEqualTo(1);
    assertThat(schedule.at(new Progress(14, 100, flat)).learningRate()).isEqualTo(0.5);
  }

  @Test
  void epochsWithoutAValueLeaveAPlateauAlone() {
    OptimizerSchedule schedule =
        reduceOnPlateau(1).rising(Measure.ONLINE_DICE).patience(0).memory(0).build();
    List<EpochResult> rising = Histories.of(3, e -> Histories.dice(e, e == 1 ? Double.NaN : e));
    assertThat(schedule.at(new Progress(2, 9, rising.subList(0, 1))).learningRate()).isEqualTo(1);
    assertThat(schedule.at(new Progress(3, 9, rising)).learningRate()).isEqualTo(0.2);
  }

  @Test
  void stepsAndExponentialAndCosineWithAFloor() {
    assertThat(steps(1, 0.5, 2, 4).at(new Progress(4, 9))).isEqualTo(Rates.of(0.25));
    assertThat(exponential(1e-6, 1).at(new Progress(3, 6)).learningRate())
        .isCloseTo(1e-3, within(1e-15));
    assertThat(cosine(1, 0.2).at(new Progress(5, 10)).learningRate()).isCloseTo(0.6, within(1e-12));
  }

  static Stream<Arguments> printed() {
    return Stream.of(
        Arguments.of(constant(1), "constant(1.0)"),
        Arguments.of(cosine(1), "cosine(1.0)"),
        Arguments.of(cosine(1, 0.5), "cosine(1.0, 0.5)"),
        Arguments.of(steps(0.01, 0.1, 500, 675), "steps(0.01, 0.1, [500, 675])"),
        Arguments.of(cycle(100, 1e-6, 1e-3), "cycle(100, 1.0E-6, 0.001)"),
        Arguments.of(exponential(1e-6, 10), "exponential(1.0E-6, 10.0)"),
        Arguments.of(laggingWarmUpOfV1(0.01, 50, 0.9), "laggingWarmUpOfV1(0.01, 50, 0.9)"),
        Arguments.of(
            polynomial(0.01, 0.9).afterWarmUp(50), "warmUp(50).then(polynomial(0.01, 0.9))"),
        Arguments.of(
            OptimizerSchedules.afterFailedStart(constant(1), 100, 0.95),
            "afterFailedStart(constant(1.0), 100, 0.95)"),
        Arguments.of(
            constant(1).withMomentum(Momentums.falling(0.99, 0.9, 801, 1001)),
            "constant(1.0).withMomentum(falling(0.99, 0.9, 801, 1001))"),
        Arguments.of(
            reduceOnPlateau(3e-4).build(),
            "reduceOnPlateau(3.0E-4, TRAINING_LOSS falling, memory 0.93, factor 0.2, patience 30,"
                + " threshold 0.001, cooldown 0, lowest 0.0, from epoch 0)"));
  }

  @ParameterizedTest
  @MethodSource("printed")
  void schedulesPrint(OptimizerSchedule schedule, String text) {
    assertThat(schedule).hasToString(text);
  }

  @Test
  void schedulesCompare() {
    assertThat(warmUp(50).then(polynomial(0.01, 0.9)))
        .isEqualTo(polynomial(0.01, 0.9).afterWarmUp(50))
        .isNotEqualTo(polynomial(0.01, 0.9).afterWarmUp(49));
    assertThat(reduceOnPlateau(1).build())
        .isEqualTo(reduceOnPlateau(1).build())
        .hasSameHashCodeAs(reduceOnPlateau(1).build())
        .isNotEqualTo(reduceOnPlateau(1).relativeThreshold(1e-3).build())
        .isNotEqualTo(reduceOnPlateau(1).from(1).build());
    assertThat(Rates.of(0.1, 0.9)).hasToString("learning rate 0.1, momentum 0.9");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    refused(() -> constant(0), "rate must be positive");
    refused(() -> Rates.of(Double.NaN), "learningRate");
    refused(() -> Rates.of(-1e-3), "not negative, was -0.001");
    refused(() -> Rates.of(1, 1.5), "momentum");
    refused(() -> steps(1, 0.1, 5, 5), "rise from 1 on, not [5, 5]");
    refused(() -> cycle(1, 0, 1), "2 epochs or more");
    refused(() -> cycle(4, 1, 1), "low < high");
    refused(() -> cosine(1, 2), "lowest must lie in 0 to 1.0");
    refused(() -> warmUp(0), "epochs");
    refused(() -> Momentums.falling(0.9, 0.5, 7, 7), "comes after the first 7");
    refused(() -> reduceOnPlateau(1).factor(1), "factor");
    refused(() -> reduceOnPlateau(1).threshold(-1), "threshold");
    refused(() -> reduceOnPlateau(1).lowest(-1), "lowest");
    refused(() -> new Progress(3, 10).within(4, 2), "begins at 0 to 3");
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
  }

  @Test
  void plotsItself(@TempDir Path folder) throws IOException {
    Path one = folder.resolve("rate.png");
    warmUp(50).then(polynomial(0.01, 0.9)).plot(1000, one);
    requirePicture(one, 640);
    Path two = folder.resolve("momentum.png");
    polynomial(0.01, 0.9).withMomentum(Momentums.falling(0.99, 0.9, 801, 1001)).plot(1000, two);
    requirePicture(two, 1280);
    constant(1).plot(1, two);
    requirePicture(two, 640);
  }

  private static void requirePicture(Path file, int width) throws IOException {
    BufferedImage image = ImageIO.read(file.toFile());
    assertThat(image.getWidth()).isEqualTo(width);
    assertThat(image.getHeight()).isEqualTo(400);
    int[] pixels = image.getRGB(0, 0, width, 400, null, 0, width);
    assertThat(IntStream.of(pixels).distinct().count()).isGreaterThan(5);
  }
}
