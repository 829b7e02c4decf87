package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.Objects;
import java.util.Optional;

/**
 * What happens when in a training.
 *
 * @param length the counts
 * @param stopping may end it early
 * @param restart draws new weights if nothing was learned
 * @param volumes scores whole volumes
 * @param dummyData whether one random batch stands for all data
 */
record Course(
    Length length,
    Optional<StoppingRule> stopping,
    Optional<FailedStart> restart,
    Optional<VolumeCheck> volumes,
    boolean dummyData) {

  /** Whole volumes are scored after every so many epochs. */
  record VolumeCheck(int every, VolumeValidation how) {
    VolumeCheck {
      Checks.positive(every, "everyEpochs");
      Objects.requireNonNull(how, "how");
    }

    boolean isDueAfter(int epoch) {
      return (epoch + 1) % every == 0;
    }

    @Override
    public String toString() {
      return how + " every " + every + " epochs";
    }
  }
}
