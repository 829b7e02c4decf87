package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StoppingRulesTest {
  private static EpochResult volumes(int epoch, Double... dice) {
    return new EpochResult(
        epoch,
        Rates.of(0.01),
        new EpochResult.Loss(0.5, 0.5),
        new EpochResult.Dice(List.of(0.5), 0.5, 0.5, List.of(dice)),
        new EpochResult.Time(1, 0));
  }

  private static boolean stops(StoppingRule rule, List<EpochResult> history) {
    return rule.stops(new Progress(history.size(), 100, history), Rates.of(0.01));
  }

  @Test
  void stopsAtTheTargetOfWholeVolumes() {
    StoppingRule rule = StoppingRules.reaches(Measure.VOLUME_DICE, 0.8);
    assertThat(stops(rule, List.of())).isFalse();
    assertThat(stops(rule, List.of(volumes(0)))).isFalse();
    assertThat(stops(rule, List.of(volumes(0, 0.7, 0.8)))).isFalse();
    assertThat(stops(rule, List.of(volumes(0, 0.7, 0.9)))).isTrue();
    assertThat(stops(rule, List.of(volumes(0, 0.9), volumes(1)))).isFalse();
  }

  @Test
  void patienceWaitsForALowRate() {
    StoppingRule rule = StoppingRules.patience(4, 1e-3, 1e-4);
    List<EpochResult> flat = Histories.of(6, e -> Histories.loss(e, 1));
    Progress next = new Progress(6, 100, flat);
    assertThat(rule.stops(next, Rates.of(1e-3))).isFalse();
    assertThat(rule.stops(next, Rates.of(1e-4))).isTrue();
    assertThat(stops(StoppingRules.patience(4, 1e-3, Double.POSITIVE_INFINITY), flat)).isTrue();
    assertThat(stops(rule, flat.subList(0, 5))).isFalse();
  }

  @Test
  void rulesCombine() {
    StoppingRule yes = (next, rates) -> true;
    StoppingRule no = StoppingRules.never();
    assertThat(stops(yes.or(no), List.of())).isTrue();
    assertThat(stops(no.or(no), List.of())).isFalse();
    assertThat(stops(yes.and(no), List.of())).isFalse();
    assertThat(stops(yes.and(yes), List.of())).isTrue();
  }

  @Test
  void rulesPrintAndCompare() {
    StoppingRule rule =
        StoppingRules.patienceOfV1().or(StoppingRules.reaches(Measure.VOLUME_DICE, 0.8));
    assertThat(rule)
        .hasToString("patience(50, 5.0E-4, 1.0E-6, memory 0.93).or(reaches(VOLUME_DICE, 0.8))")
        .isEqualTo(
            StoppingRules.patience(50, 5e-4, 1e-6)
                .or(StoppingRules.reaches(Measure.VOLUME_DICE, 0.8)));
    assertThat(StoppingRules.never().and(StoppingRules.never()))
        .hasToString("never().and(never())");
    assertThatThrownBy(() -> StoppingRules.patience(0, 0, 0)).hasMessageContaining("epochs");
    assertThatThrownBy(() -> StoppingRules.reaches(Measure.ONLINE_DICE, Double.NaN))
        .hasMessageContaining("target");
  }
}
