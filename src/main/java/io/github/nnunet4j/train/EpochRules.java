package io.github.nnunet4j.train;

import io.github.nnunet4j.network.RunningNetwork;
import java.util.List;
import java.util.Objects;

/** The strategies that are asked once in an epoch; whose failure it was is said. */
record EpochRules(TrainerConfig config, RunningNetwork network) {
  /** The rates in force during an epoch. */
  Rates rates(Progress progress) {
    return Failures.blame(
        "schedule " + config.schedule(),
        "epoch " + progress.epoch(),
        () -> Objects.requireNonNull(config.schedule().at(progress), "no rates"));
  }

  /** The Dice of whole volumes, if it is their turn. */
  List<Double> volumes(Progress progress) {
    return config
        .course()
        .volumes()
        .filter(check -> check.isDueAfter(progress.epoch()))
        .map(
            check ->
                Failures.blame(
                    "volume validation " + check,
                    "epoch " + progress.epoch(),
                    () -> List.copyOf(check.how().dice(progress, network.weights()))))
        .orElse(List.of());
  }

  /** Draws new weights if the last epoch is the one to be looked at and nothing was learned. */
  void restart(List<EpochResult> history) {
    config
        .course()
        .restart()
        .filter(start -> start.epoch() == history.size() - 1 && start.isIn(history))
        .ifPresent(
            start ->
                TrainStep.alone(
                    () -> {
                      network.drawAgain(~config.seed() + history.size());
                      return start;
                    }));
  }

  /** Whether the rule ends the training; the schedule is asked for the next epoch only for it. */
  boolean stop(Progress next) {
    return config
        .stoppingRule()
        .filter(
            rule -> {
              Rates rates = rates(next);
              return Failures.blame(
                  "stopping rule " + rule,
                  "end of epoch " + (next.epoch() - 1),
                  () -> rule.stops(next, rates));
            })
        .isPresent();
  }
}
