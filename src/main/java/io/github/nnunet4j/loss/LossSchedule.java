package io.github.nnunet4j.loss;

import io.github.nnunet4j.internal.Checks;
import java.util.function.DoubleFunction;

/**
 * Another loss at another time.
 *
 * @param rule the loss by the progress, 0 to 1
 */
public record LossSchedule(DoubleFunction<? extends LossFunction> rule) implements ProgressLoss {
  @Override
  public LossFunction at(double progress) {
    LossFunction loss = rule.apply(progress);
    Checks.argument(loss != null, "the rule gives no loss at the progress %s", progress);
    return loss.at(progress);
  }
}
