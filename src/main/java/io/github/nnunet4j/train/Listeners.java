package io.github.nnunet4j.train;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.util.List;
import java.util.function.Consumer;

/** Tells all listeners; one that fails is named. */
record Listeners(List<TrainingListener> all) {
  void tell(String what, Consumer<TrainingListener> message) {
    for (TrainingListener listener : all) {
      try {
        message.accept(listener);
      } catch (CancelledException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new StrategyException(
            new Problem(
                "listener " + listener + ", " + what,
                "no failure",
                e.toString(),
                "Its own stack trace follows; the last checkpoint is intact."),
            e);
      }
    }
  }
}
