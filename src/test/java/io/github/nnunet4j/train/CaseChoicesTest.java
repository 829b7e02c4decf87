package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaseChoicesTest {
  private static final List<TrainingCase> CASES =
      List.of(TinyTraining.ball(1), TinyTraining.ball(2), TinyTraining.ball(3));

  private static Map<String, Long> counts(CaseChoice choice, int draws) {
    SplittableRandom random = new SplittableRandom(4);
    return IntStream.range(0, draws)
        .mapToObj(i -> choice.choose(CASES, random).id())
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
  }

  @Test
  void weightsSayHowOften() {
    CaseChoice choice =
        CaseChoices.weighted(Map.of("ball_1", 1.0, "ball_2", 0.0, "ball_3", 3.0, "other", 9.0));
    Map<String, Long> counts = counts(choice, 20000);
    assertThat(counts).containsOnlyKeys("ball_1", "ball_3");
    assertThat(counts.get("ball_3") / 20000.0).isCloseTo(0.75, within(0.015));
    assertThat(counts(CaseChoices.uniform(), 300)).hasSize(3);
  }

  @Test
  void aCaseWithoutAWeightIsNamed() {
    CaseChoice choice = CaseChoices.weighted(Map.of("ball_1", 1.0));
    assertThatThrownBy(() -> counts(choice, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContainingAll("case weights", "none for case ball_2");
    CaseChoice zeros =
        CaseChoices.weighted(Map.of("ball_1", 0.0, "ball_2", 0.0, "ball_3", 0.0, "other", 1.0));
    assertThatThrownBy(() -> counts(zeros, 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("only zeros");
  }

  @Test
  void impossibleWeightsAreRefused() {
    assertThatThrownBy(() -> CaseChoices.weighted(Map.of("a", -1.0)))
        .hasMessageContaining("case a must be finite and not negative, was -1.0");
    assertThatThrownBy(() -> CaseChoices.weighted(Map.of("a", 0.0)))
        .hasMessageContaining("must be positive");
  }

  @Test
  void choicesPrintAndCompare() {
    assertThat(CaseChoices.weighted(Map.of("b", 1.0, "a", 2.0)))
        .hasToString("weighted({a=2.0, b=1.0})")
        .isEqualTo(CaseChoices.weighted(Map.of("a", 2.0, "b", 1.0)));
    assertThat(CaseChoices.uniform()).hasToString("uniform()").isEqualTo(CaseChoices.uniform());
    assertThat(Oversamplings.probabilisticLike(0.33)).hasToString("probabilisticLike(0.33)");
    assertThat(Oversamplings.acrossDevices(0.33, 2)).hasToString("acrossDevices(0.33, 2)");
    assertThat(Oversamplings.acrossDevicesOfV1(0.33, 2)).hasToString("acrossDevicesOfV1(0.33, 2)");
    assertThatThrownBy(
            () -> Oversamplings.acrossDevices(0.33, 3).forced(0, 2, new SplittableRandom(1)))
        .hasMessageContaining("a batch of 2 does not suffice for 3 devices");
  }

  @Test
  void aRareClassComesAsOftenAsAFrequentOne() {
    Extent window = Extent.of(4, 4, 4);
    TrainingCase rare = onlyClass(TinyTraining.ball(4), 2);
    List<TrainingCase> cases =
        List.of(
            onlyClass(TinyTraining.ball(1), 1),
            onlyClass(TinyTraining.ball(2), 1),
            onlyClass(TinyTraining.ball(3), 1),
            rare);
    PatchSampler sampler =
        PatchSamplers.classBalanced(
            new PatchWindow(window, window, false), Oversamplings.lastPart(1));
    SplittableRandom random = new SplittableRandom(9);
    long fromRare =
        IntStream.range(0, 4000)
            .filter(i -> sampler.choose(cases, new SampleSlot(0, 0, 0, 1), random).source() == rare)
            .count();
    assertThat(fromRare / 4000.0).isCloseTo(0.5, within(0.03));
  }

  private static TrainingCase onlyClass(TrainingCase whole, int label) {
    return TrainingCases.inMemory(
        whole.id(),
        whole.read(new Box(0, 0, 0, whole.extent())),
        whole.classes().stream().filter(c -> c.labels().equals(List.of(label))).toList());
  }
}
