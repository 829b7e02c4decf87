package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * nnU-Net v1's stopping rule on the moving average of the training loss. All of it follows from the
 * history: the rate after an epoch is that of the next one.
 */
record Patience(int epochs, double improvement, double rate, double memory)
    implements StoppingRule {
  Patience {
    Checks.positive(epochs, "epochs");
    Checks.argument(improvement >= 0, "improvement must not be negative, was %s", improvement);
    Checks.argument(rate >= 0, "rate must not be negative, was %s", rate);
  }

  /** What is known after an epoch: the best average, the epoch it counts from, whether to stop. */
  record Known(double best, int bestEpoch, boolean stops) {}

  @Override
  public boolean stops(Progress next, Rates rates) {
    return known(next.history(), rates).stops();
  }

  Known known(List<EpochResult> history, Rates next) {
    MovingAverage average = new MovingAverage(memory);
    double smooth = Double.NaN;
    Known known = new Known(Double.NaN, 0, false);
    for (int epoch = 0; epoch < history.size(); epoch++) {
      smooth = average.next(smooth, history.get(epoch).loss().training());
      Rates after = epoch + 1 < history.size() ? history.get(epoch + 1).rates() : next;
      known = known(known, smooth, epoch, after.learningRate());
    }
    return known;
  }

  private Known known(Known before, double smooth, int epoch, double rateAfter) {
    boolean first = Double.isNaN(before.best());
    boolean better = first || smooth + improvement < before.best();
    double best = better ? smooth : before.best();
    int bestEpoch = better ? epoch : before.bestEpoch();
    if (epoch - bestEpoch <= epochs) {
      return new Known(best, bestEpoch, false);
    }
    return rateAfter > rate
        ? new Known(best, epoch - epochs / 2, false)
        : new Known(best, bestEpoch, true);
  }

  @Override
  public String toString() {
    return "patience(" + epochs + ", " + improvement + ", " + rate + ", memory " + memory + ")";
  }
}
