package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Finds the largest patch that fits into memory: starts with the aspect ratio of the spacing, no
 * larger than the median case, and shortens the axis that covers most of its median (nnU-Net v2
 * {@code get_plans_for_configuration}).
 */
final class PatchSearch {
  private final Planner planner;
  private final Spacing spacing;
  private final double[] median;
  private final ToDoubleFunction<Pooling> estimate;

  /** A patch that fits and what it costs. */
  record Found(Pooling pooling, double estimate) {}

  PatchSearch(
      Planner planner, Spacing spacing, double[] median, ToDoubleFunction<Pooling> estimate) {
    this.planner = planner;
    this.spacing = spacing;
    this.median = median;
    this.estimate = estimate;
  }

  Found find(String configuration) {
    Pooling pooling = Pooling.of(spacing, start());
    double cost = cost(configuration, pooling);
    List<Integer> divisor = pooling.divisor();
    while (planner.memory().isTooLarge(cost, spacing.rank())) {
      double[] patch = doubles(pooling.patch());
      int axis = mostCovered(patch);
      double[] tentative = patch.clone();
      tentative[axis] -= divisor.get(axis);
      if (tentative[axis] <= 0) {
        throw tooSmall(configuration, pooling.patch(), cost);
      }
      // A shorter patch may pool less: its own divisor gives the step, so no valid size is skipped.
      patch[axis] -= Pooling.of(spacing, tentative).divisor().get(axis);
      pooling = Pooling.of(spacing, patch);
      divisor = pooling.divisor();
      cost = cost(configuration, pooling);
    }
    return new Found(pooling, cost);
  }

  private double cost(String configuration, Pooling pooling) {
    double cost = estimate.applyAsDouble(pooling);
    if (!(cost > 0)) {
      throw new PlanException(
          new Problem(
              "configuration " + configuration,
              "a topology that knows its feature maps",
              "an estimate of " + cost,
              "Implement NetworkTopology.featureMapValues, or plan by hand."));
    }
    return cost;
  }

  private PlanException tooSmall(String configuration, Extent patch, double cost) {
    return new PlanException(
        new Problem(
            "configuration " + configuration + ", memory target",
            "room for the smallest patch, " + (long) cost + " feature map values for " + patch,
            (long) planner.memory().reference(spacing.rank())
                + " values for "
                + planner.memory().targetGigabytes()
                + " GB",
            "Raise the memory target."));
  }

  private double[] start() {
    int rank = spacing.rank();
    double[] inverse = Arrays.stream(spacing.toArray()).map(s -> 1 / s).toArray();
    double product = 1;
    for (double value : inverse) {
      product *= value;
    }
    double edge = rank == 3 ? 256.0 * 256 * 256 : 2048.0 * 2048;
    double scale = Math.pow(edge / product, 1.0 / rank);
    double[] patch = new double[rank];
    for (int a = 0; a < rank; a++) {
      patch[a] = Math.min(Math.rint(inverse[a] * scale), median[a]);
    }
    return patch;
  }

  private int mostCovered(double[] patch) {
    int most = 0;
    for (int a = 1; a < patch.length; a++) {
      if (patch[a] / median[a] >= patch[most] / median[most]) {
        most = a;
      }
    }
    return most;
  }

  private static double[] doubles(Extent extent) {
    return Arrays.stream(extent.toArray()).asDoubleStream().toArray();
  }
}
