package io.github.nnunet4j.loss;

import io.github.nnunet4j.internal.Checks;
import java.util.function.DoubleUnaryOperator;

/**
 * A weight that goes in a line from one number to another while the training goes from begin to
 * end, and stays as it is before and after.
 *
 * @param from the weight until begin
 * @param to the weight from end on
 * @param begin a progress, 0 to 1
 * @param end a progress, above begin, at most 1
 */
public record Ramp(double from, double to, double begin, double end)
    implements DoubleUnaryOperator {
  /** Checks the numbers. */
  public Ramp {
    Checks.argument(
        Double.isFinite(from) && Double.isFinite(to), "weights are finite, not %s, %s", from, to);
    Checks.argument(
        begin >= 0 && begin < end && end <= 1, "0 <= begin < end <= 1, not %s, %s", begin, end);
  }

  @Override
  public double applyAsDouble(double progress) {
    if (progress <= begin) {
      return from;
    }
    return progress >= end ? to : from + (to - from) * (progress - begin) / (end - begin);
  }
}
