package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sum of several losses; the probabilities are computed once for all. Parts of weight 0 are
 * left out.
 *
 * @param parts the summands, at least one
 */
public record LossSum(List<LossFunction> parts) implements PredictionLoss {
  /** Copies the list. */
  public LossSum {
    parts = List.copyOf(parts);
    Checks.argument(!parts.isEmpty(), "a sum has at least one part");
  }

  @Override
  public NDArray evaluate(Prediction prediction, Target target) {
    List<LossFunction> counted = counted();
    NDArray sum = counted.get(0).evaluate(prediction, target);
    for (LossFunction part : counted.subList(1, counted.size())) {
      try (NDArray before = sum;
          NDArray next = part.evaluate(prediction, target)) {
        sum = before.add(next);
      }
    }
    return sum;
  }

  private List<LossFunction> counted() {
    List<LossFunction> counted =
        parts.stream().filter(p -> !(p instanceof WeightedLoss w && w.weight() == 0)).toList();
    return counted.isEmpty() ? parts : counted;
  }

  @Override
  public LossFunction plus(LossFunction other) {
    return new LossSum(Stream.concat(parts.stream(), Stream.of(other)).toList());
  }

  @Override
  public LossFunction at(double progress) {
    return new LossSum(parts.stream().map(part -> part.at(progress)).toList());
  }

  @Override
  public String toString() {
    return parts.stream().map(Object::toString).collect(Collectors.joining(" + ", "(", ")"));
  }
}
