package io.github.nnunet4j.train;

/**
 * Decides after an epoch whether the training has come to its end before the last one. A function
 * of its arguments alone. A training that was ended so is finished: it has its final checkpoint,
 * and a resume does not go on.
 */
@FunctionalInterface
public interface StoppingRule {
  /**
   * Whether to stop; not asked after the last epoch.
   *
   * @param next the epoch that would come next; its history holds all finished epochs
   * @param rates that would be in force during it
   * @return true to end the training
   */
  boolean stops(Progress next, Rates rates);

  /**
   * Stops as soon as one of two rules does.
   *
   * @param other another rule
   * @return a rule
   */
  default StoppingRule or(StoppingRule other) {
    return new StoppingRules.Either(this, other);
  }

  /**
   * Stops when two rules agree after the same epoch.
   *
   * @param other another rule
   * @return a rule
   */
  default StoppingRule and(StoppingRule other) {
    return new StoppingRules.Both(this, other);
  }

  /**
   * The same rule under a name, by which the folder of a run tells it from other lambdas of its
   * class.
   *
   * @param name what it prints; take another one when the behaviour changes
   * @return the rule
   */
  default StoppingRule named(String name) {
    return new Named.Stop(this, name);
  }
}
