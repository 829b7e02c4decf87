package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.Rates;
import io.github.nnunet4j.train.StoppingRule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every stopping rule promises. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyRuleTest extends StoppingRuleLaws {
 *   protected StoppingRule rule() {
 *     return new MyRule(0.9);
 *   }
 * }
 * }</pre>
 */
public abstract class StoppingRuleLaws {
  private static final int EPOCHS = 120;

  /** A new rule under test; each call makes an equal one. */
  protected abstract StoppingRule rule();

  /** Whether it prints its settings; false for a lambda. */
  protected boolean printed() {
    return true;
  }

  /** Loss and Dice get better for half of the training, then stay; the rate falls to almost 0. */
  private static EpochResult result(int epoch) {
    double loss = 1 - 0.8 * Math.min(1, 2.0 * epoch / EPOCHS);
    return new EpochResult(
        epoch,
        rates(epoch),
        new EpochResult.Loss(loss, loss),
        new EpochResult.Dice(List.of(1 - loss), 1 - loss, 1 - loss, List.of(1 - loss)),
        new EpochResult.Time(1, 0));
  }

  private static Rates rates(int epoch) {
    return Rates.of(0.01 * Math.pow(10, -8.0 * epoch / EPOCHS));
  }

  private static boolean asked(StoppingRule rule, int epoch) {
    List<EpochResult> history =
        IntStream.range(0, epoch).mapToObj(StoppingRuleLaws::result).toList();
    return rule.stops(new Progress(epoch, EPOCHS, history), rates(epoch));
  }

  @Test
  void dependsOnItsArgumentsAlone() {
    StoppingRule rule = rule();
    List<Boolean> inOrder =
        IntStream.range(1, EPOCHS).mapToObj(epoch -> asked(rule, epoch)).toList();
    for (int epoch = EPOCHS - 1; epoch > 0; epoch--) {
      assertThat(asked(rule, epoch)).as("again").isEqualTo(inOrder.get(epoch - 1));
      assertThat(asked(rule(), epoch)).as("after a restart").isEqualTo(inOrder.get(epoch - 1));
    }
  }

  @Test
  void combines() {
    for (int epoch = 1; epoch < EPOCHS; epoch++) {
      boolean alone = asked(rule(), epoch);
      assertThat(asked(rule().or((next, rates) -> false), epoch)).isEqualTo(alone);
      assertThat(asked(rule().and((next, rates) -> true), epoch)).isEqualTo(alone);
    }
  }

  @Test
  void printsItsSettings() {
    if (printed()) {
      assertThat(rule().toString()).isNotBlank().doesNotContain("$$Lambda", "@");
      assertThat(rule()).hasToString(rule().toString());
    }
  }
}
