package io.github.nnunet4j.samples;

import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.Rates;
import io.github.nnunet4j.train.StoppingRule;
import java.util.List;

/**
 * A stopping rule of one's own: the generalization loss of Prechelt (1998, "Early stopping - but
 * when?"). Stops once the error of the validation, 1 less the moving average of the Dice, lies a
 * part above the smallest that was reached.
 *
 * @param percent by how much the error may rise above its minimum, positive
 */
public record OwnStoppingRule(double percent) implements StoppingRule {
  @Override
  public boolean stops(Progress next, Rates rates) {
    List<Double> errors =
        next.history().stream().map(epoch -> 1 - epoch.dice().movingAverage()).toList();
    double least =
        errors.stream().filter(error -> !error.isNaN()).reduce(Math::min).orElse(Double.NaN);
    // comparisons with NaN are false: a training without validation goes on
    return !errors.isEmpty() && errors.get(errors.size() - 1) > least * (1 + percent / 100);
  }
}
