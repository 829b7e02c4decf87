package io.github.nnunet4j.plan;

import static io.github.nnunet4j.plan.PlanText.number;
import static io.github.nnunet4j.plan.PlanText.say;
import static io.github.nnunet4j.plan.PlanText.sizes;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Percentiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Why the target spacing is what it is. */
record SpacingReasons(
    PlannerRules rules, Fingerprint fingerprint, Spacing target, List<Integer> order) {
  /** Sentences for a configuration of full resolution. */
  List<String> of(boolean slices) {
    List<String> lines = new ArrayList<>();
    double[] median = IntStream.range(0, 3).mapToDouble(axis -> percentile(axis, 50)).toArray();
    lines.add(
        say(
            "%d cases of median spacing %s mm in the order of the images (%s)",
            fingerprint.spacings().size(), sizes(median), PlanText.rule(rules.spacing)));
    for (int axis = 0; axis < 3; axis++) {
      if (target.get(axis) != median[axis]) {
        lines.add(
            say(
                "axis %d gets %s in place of %s: the cases have %s to %s there, a tenth of them at"
                    + " most %s",
                axis,
                number(target.get(axis)),
                number(median[axis]),
                number(percentile(axis, 0)),
                number(percentile(axis, 100)),
                number(percentile(axis, 10))));
      }
    }
    if (!order.equals(List.of(0, 1, 2))) {
      lines.add(say("axes of the images in the order %s (%s)", order, rule()));
    }
    if (slices) {
      lines.add(
          say("slices along axis %d of the images, whose spacing does not count", order.get(0)));
    }
    return lines;
  }

  private String rule() {
    return PlanText.rule(rules.transpose);
  }

  private double percentile(int axis, double q) {
    double[] values = fingerprint.spacings().stream().mapToDouble(s -> s.get(axis)).toArray();
    return q == 0
        ? Arrays.stream(values).min().orElseThrow()
        : q == 100 ? Arrays.stream(values).max().orElseThrow() : Percentiles.of(values, q);
  }
}
