package io.github.nnunet4j.plan;

import static io.github.nnunet4j.plan.PlanText.number;
import static io.github.nnunet4j.plan.PlanText.say;
import static io.github.nnunet4j.plan.PlanText.sizes;
import static io.github.nnunet4j.plan.PlanText.whole;

import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.List;

/** Why patch, network and batch are what they are. */
final class PatchReasons {
  /** The share of the data of which nnU-Net v2's default rule takes no more into a batch. */
  private static final double PART = 0.05;

  private PatchReasons() {}

  /**
   * A patch that was looked at.
   *
   * @param next what was done then, or nothing
   */
  record Step(PatchCandidate candidate, MemoryUse use, boolean fits, String next) {
    Step then(String what) {
      return new Step(candidate, use, fits, what);
    }
  }

  static List<String> patch(PlannerRules rules, Configuration c, List<Step> steps) {
    List<String> lines = new ArrayList<>();
    lines.add("the median case has " + sizes(c.medianSize()) + " voxels");
    for (Step step : steps) {
      if (step.candidate().first()) {
        lines.add(
            say(
                "begins with %s (%s)",
                sizes(step.candidate().wanted()), PlanText.rule(rules.initialPatch)));
      }
      lines.add(sizes(step.use().patch()) + ": " + cost(rules, step) + verdict(step));
    }
    if (!steps.isEmpty()) {
      lines.add("accepted by " + PlanText.rule(rules.priority));
    }
    return lines;
  }

  private static String cost(PlannerRules rules, Step step) {
    MemoryUse use = step.use();
    if (rules.fit != null) {
      return say(
          "%d samples take %s of %s",
          MeasuredFit.SAMPLES, bytes(use.estimate()), PlanText.memory(use.reference().values()));
    }
    return say(
        "estimate %s, reference %s with batch %d, so %s samples fit",
        whole(use.estimate()),
        whole(use.reference().values()),
        use.reference().batch(),
        number(use.batch()));
  }

  /** Measured bytes; what could not be made at all has no number. */
  static String bytes(double bytes) {
    return bytes < (double) MemoryMeter.DOES_NOT_FIT
        ? PlanText.memory(bytes)
        : "more than there is";
  }

  private static String verdict(Step step) {
    String next = step.next().isEmpty() ? "" : "; " + step.next();
    return (step.fits() ? ", enough" : ", too few") + next;
  }

  static List<String> network(PlannerRules rules, List<Step> steps) {
    List<String> lines = new ArrayList<>();
    if (steps.isEmpty()) {
      return lines;
    }
    Pooling pooling = chosen(steps).candidate().pooling();
    lines.add(say("%d poolings (%s)", pooling.stages() - 1, PlanText.rule(rules.pooling)));
    Extent patch = pooling.patch();
    for (int axis = 0; axis < patch.rank(); axis++) {
      int a = axis;
      long pools = pooling.strides().stream().filter(stride -> stride.get(a) > 1).count();
      lines.add(
          say(
              "axis %d pools %d time%s, from %d to %d voxels%s",
              axis,
              pools,
              pools == 1 ? "" : "s",
              patch.get(axis),
              patch.get(axis) / pooling.divisor().get(axis),
              flat(pooling, axis)));
    }
    return lines;
  }

  private static String flat(Pooling pooling, int axis) {
    long flat = pooling.kernels().stream().filter(kernel -> kernel.get(axis) == 1).count();
    return flat == 0 ? "" : say("; kernels of 1 in %d stages, where it is the coarser one", flat);
  }

  /** The last one that fits: a search from below also looks at one that does not. */
  private static Step chosen(List<Step> steps) {
    Step chosen = steps.get(steps.size() - 1);
    for (Step step : steps) {
      if (step.fits()) {
        chosen = step;
      }
    }
    return chosen;
  }

  static List<String> batch(PlannerRules rules, MemoryUse use, List<String> measured) {
    List<String> lines = new ArrayList<>(measured);
    if (rules.fit == null) {
      lines.add(say("%s samples fill the memory", number(use.batch())));
    }
    lines.add(
        say(
            "%s of the voxels of the data set are %s patches",
            PlanText.percent(PART), whole(use.covering(PART))));
    lines.add("chosen by " + PlanText.rule(rules.batch));
    return lines;
  }
}
