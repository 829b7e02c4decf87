package io.github.nnunet4j.train;

import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.internal.Checks;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** The built-in ways to choose cases, all of them with replacement. */
public final class CaseChoices {
  private CaseChoices() {}

  /**
   * Each case as often as any other; nnU-Net's way.
   *
   * @return the choice
   */
  public static CaseChoice uniform() {
    return new Uniform();
  }

  /**
   * Each case as often as its weight says (nnU-Net v2 {@code sampling_probabilities}). The weights
   * need not sum to 1. A training case without a weight is refused when samples are drawn.
   *
   * @param weights by case id, zero or positive and finite, one at least positive
   * @return the choice
   * @throws IllegalArgumentException if a weight is out of range or none is positive
   */
  public static CaseChoice weighted(Map<String, Double> weights) {
    return new Weighted(weights);
  }

  private record Uniform() implements CaseChoice {
    @Override
    public TrainingCase choose(List<? extends TrainingCase> cases, RandomGenerator random) {
      return cases.get(random.nextInt(cases.size()));
    }

    @Override
    public String toString() {
      return "uniform()";
    }
  }

  private record Weighted(Map<String, Double> weights) implements CaseChoice {
    Weighted {
      weights = new TreeMap<>(weights);
      weights.forEach(
          (id, weight) ->
              Checks.argument(
                  weight >= 0 && weight < Double.POSITIVE_INFINITY,
                  "the weight of case %s must be finite and not negative, was %s",
                  id,
                  weight));
      Checks.argument(
          weights.values().stream().anyMatch(w -> w > 0), "one weight at least must be positive");
      weights = Collections.unmodifiableMap(weights);
    }

    @Override
    public TrainingCase choose(List<? extends TrainingCase> cases, RandomGenerator random) {
      double[] sums = new double[cases.size()];
      double sum = 0;
      for (int i = 0; i < sums.length; i++) {
        sum += weight(cases.get(i));
        sums[i] = sum;
      }
      if (!(sum > 0)) {
        throw new TrainingException(
            new Problem(
                "case weights",
                "a positive weight among the training cases",
                "only zeros",
                "Give one of the fold's cases a weight."));
      }
      double drawn = random.nextDouble();
      int chosen = 0;
      while (chosen < sums.length - 1 && sums[chosen] / sum <= drawn) {
        chosen++;
      }
      return cases.get(chosen);
    }

    private double weight(TrainingCase one) {
      Double weight = weights.get(one.id());
      if (weight == null) {
        throw new TrainingException(
            new Problem(
                "case weights",
                "a weight for every training case",
                "none for case " + one.id(),
                "Give it a weight; 0 leaves it out."));
      }
      return weight;
    }

    @Override
    public String toString() {
      return "weighted(" + weights + ")";
    }
  }
}
