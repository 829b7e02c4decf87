package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the largest patch that fits into memory: starts with the initial patch and shortens one
 * axis after the other ({@code get_plans_for_configuration} of nnU-Net v2, {@code
 * get_properties_for_stage} of v1).
 */
final class PatchSearch {
  private final PlannerRules rules;
  private final Target target;
  private final Function<Wanted, Estimated> estimates;
  private final PlanningTrace trace;
  private final MemoryRule.Reference reference;

  /**
   * What a patch is searched for.
   *
   * @param configuration its name
   * @param spacing of its grid
   * @param median size of its median case
   * @param datasetVoxels voxels of all cases
   */
  record Target(String configuration, Spacing spacing, List<Double> median, double datasetVoxels) {}

  /** A patch that was asked for, and what it became. */
  record Wanted(Pooling pooling, List<Double> patch, boolean first) {
    /** A patch has hardly more than one pooling. */
    @Override
    public int hashCode() {
      return patch.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Wanted that
          && first == that.first
          && patch.equals(that.patch)
          && pooling.equals(that.pooling);
    }
  }

  /** A patch and what it costs. */
  record Estimated(PatchCandidate candidate, double values) {}

  /** A patch that fits and what it costs. */
  record Found(PatchCandidate candidate, MemoryUse use) {}

  PatchSearch(
      PlannerRules rules,
      Target target,
      Function<Wanted, Estimated> estimates,
      PlanningTrace trace) {
    this.rules = rules;
    this.target = target;
    this.estimates = estimates;
    this.trace = trace;
    reference = rules.memory.reference(target.spacing().rank());
  }

  Found find() {
    List<Double> start = rules.initialPatch.start(target.spacing(), target.median());
    Found found = measure(new Wanted(pool(start), start, true));
    while (!accepted(found)) {
      found = next(found);
    }
    return found;
  }

  /** The patch one step shorter, measured. */
  private Found next(Found found) {
    Wanted shorter = shorter(found);
    Found next = measure(shorter);
    if (next.use().patch().equals(found.use().patch())) {
      throw problem(
          "pooling",
          "a shorter patch than " + next.use().patch() + " when " + shorter.patch() + " is wanted",
          "the same patch",
          "Correct the pooling rule: it must pad as little as the strides need.");
    }
    return next;
  }

  /** All patches that the search would try if nothing ever fitted, from the largest. */
  List<Found> all() {
    List<Double> start = rules.initialPatch.start(target.spacing(), target.median());
    List<Found> all = new ArrayList<>(List.of(measure(new Wanted(pool(start), start, true))));
    while (!axes(all.get(all.size() - 1)).isEmpty()) {
      all.add(next(all.get(all.size() - 1)));
    }
    return all;
  }

  private boolean accepted(Found found) {
    boolean fits = rules.priority.fits(found.use());
    trace.candidate(target.configuration(), found.candidate(), found.use(), fits);
    return fits;
  }

  private Pooling pool(List<Double> patch) {
    return rules.pooling.fit(target.spacing(), patch);
  }

  private Found measure(Wanted wanted) {
    Estimated estimated = estimates.apply(wanted);
    if (!(estimated.values() > 0)) {
      throw problem(
          "memory estimate",
          "a topology that knows its feature maps",
          "an estimate of " + estimated.values(),
          "Implement NetworkTopology.featureMapValues, give the planner an EstimateRule, or plan"
              + " by hand.");
    }
    MemoryUse use =
        new MemoryUse(
            estimated.values(), reference, wanted.pooling().patch(), target.datasetVoxels());
    return new Found(estimated.candidate(), use);
  }

  /** The patch one step shorter along the axis that the rule chooses. */
  private Wanted shorter(Found found) {
    Extent patch = found.use().patch();
    Pooling before = found.candidate().pooling();
    List<Integer> axes = axes(found);
    if (axes.isEmpty()) {
      throw tooSmall(found.use());
    }
    int axis = rules.shrink.axis(new PatchState(patch, target.median(), target.spacing(), axes));
    if (!axes.contains(axis)) {
      throw problem(
          "order in which axes shrink", "one of the axes " + axes, "" + axis, "Correct the rule.");
    }
    // A shorter patch may pool less: its own divisor gives the step, so no valid size is skipped.
    List<Double> tentative = without(patch, axis, before.divisor(axis));
    Pooling pooling = pool(tentative);
    int step = pooling.divisor(axis);
    trace.shrunk(target.configuration(), axis, step);
    if (step == before.divisor(axis)) {
      return new Wanted(pooling, tentative, false);
    }
    List<Double> shorter = without(patch, axis, step);
    return new Wanted(pool(shorter), shorter, false);
  }

  /** Those that can become shorter. */
  private static List<Integer> axes(Found found) {
    Extent patch = found.use().patch();
    List<Integer> axes = new ArrayList<>();
    for (int a = 0; a < patch.rank(); a++) {
      if (patch.get(a) > found.candidate().pooling().divisor(a)) {
        axes.add(a);
      }
    }
    return axes;
  }

  private static List<Double> without(Extent patch, int axis, int voxels) {
    Double[] shorter = new Double[patch.rank()];
    for (int a = 0; a < shorter.length; a++) {
      shorter[a] = (double) (patch.get(a) - (a == axis ? voxels : 0));
    }
    return List.of(shorter);
  }

  private PlanException tooSmall(MemoryUse use) {
    return problem(
        "memory target",
        "room for the smallest patch, " + (long) use.estimate() + " values for " + use.patch(),
        (long) use.reference().values() + " values for " + rules.memory.targetGigabytes() + " GB",
        "Raise the memory target to " + enough(use) + " GB.");
  }

  /** The memory of which the smallest patch fits, rounded up to two digits; by powers of 1.01. */
  private String enough(MemoryUse use) {
    double factor = 1;
    MemoryUse larger = use;
    while (!rules.priority.fits(larger) && factor < 1e12) {
      factor *= 1.01;
      larger =
          new MemoryUse(
              use.estimate(),
              new MemoryRule.Reference(use.reference().values() * factor, use.reference().batch()),
              use.patch(),
              use.datasetVoxels());
    }
    return new BigDecimal(rules.memory.targetGigabytes() * factor)
        .round(new MathContext(2, RoundingMode.UP))
        .toPlainString();
  }

  private PlanException problem(String rule, String expected, String found, String next) {
    return new PlanException(
        new Problem(
            "configuration " + target.configuration() + ", " + rule, expected, found, next));
  }
}
