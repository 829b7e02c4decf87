package io.github.nnunet4j.train;

import java.util.List;
import java.util.random.RandomGenerator;

/** Chooses the case of a sample; a function of its arguments alone, for several threads. */
@FunctionalInterface
public interface CaseChoice {
  /**
   * Chooses a case.
   *
   * @param cases the training cases, at least one
   * @param random the only source of randomness
   * @return one of the list
   */
  TrainingCase choose(List<? extends TrainingCase> cases, RandomGenerator random);
}
