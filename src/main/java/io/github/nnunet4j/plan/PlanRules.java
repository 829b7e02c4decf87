package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.preprocess.Recipe.ChannelRecipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The rules that every plan keeps, however it was made. Places are JSON paths of a plans file. */
final class PlanRules {
  private final Plan plan;
  private final List<Problem> problems = new ArrayList<>();

  private PlanRules(Plan plan) {
    this.plan = plan;
  }

  /** Everything that is wrong with a plan. */
  static List<Problem> check(Plan plan) {
    PlanRules rules = new PlanRules(plan);
    rules.common();
    plan.configurations().forEach(rules::configuration);
    return rules.problems;
  }

  private void common() {
    if (!Set.copyOf(plan.axisOrder()).equals(Set.of(0, 1, 2)) || plan.axisOrder().size() != 3) {
      problem(
          "transpose_forward",
          "a permutation of 0, 1, 2",
          plan.axisOrder(),
          "Write [0, 1, 2] to leave the axes as they are.");
    }
    if (plan.originalMedianSpacing().rank() != 3) {
      problem(
          "original_median_spacing_after_transp",
          "three numbers",
          plan.originalMedianSpacing(),
          "Two-dimensional data has one slice.");
    }
    if (plan.originalMedianExtent().rank() != 3) {
      problem(
          "original_median_shape_after_transp",
          "three numbers",
          plan.originalMedianExtent(),
          "Two-dimensional data has one slice.");
    }
  }

  private void configuration(Configuration c) {
    String at = "configurations." + c.name() + ".";
    if (ranks(at, c)) {
      patch(at, c.patch(), c.topology().divisor());
    }
    recipe(at, c);
    c.previousStage().ifPresent(stage -> known(at + "previous_stage", stage));
    chain(at + "previous_stage", c);
    c.nextStages().forEach(stage -> known(at + "next_stage", stage));
  }

  /** Stages end with one that stands alone. */
  private void chain(String where, Configuration last) {
    Set<String> seen = new LinkedHashSet<>();
    Configuration at = last;
    while (at.previousStage().filter(plan::has).isPresent()) {
      if (!seen.add(at.name())) {
        problem(
            where,
            "stages that begin with one that stands alone",
            "a circle " + String.join(" behind ", seen),
            "Take previous_stage from one of them.");
        return;
      }
      at = plan.configuration(at.previousStage().get());
    }
  }

  private void known(String where, String stage) {
    if (!plan.has(stage)) {
      problem(
          where,
          "one of the configurations " + plan.names(),
          "\"" + stage + "\"",
          "Name an existing configuration.");
    }
  }

  /** Whether the network has as many dimensions as the patch; sizes that do not are noted too. */
  private boolean ranks(String at, Configuration c) {
    int rank = c.patch().rank();
    if (c.recipe().targetSpacing().rank() != rank) {
      problem(
          at + "spacing",
          rank + " numbers, as the patch has",
          c.recipe().targetSpacing(),
          "Give patch and spacing the same number of axes.");
    }
    if (c.medianSize().size() != rank) {
      problem(
          at + "median_image_size_in_voxels",
          rank + " numbers, as the patch has",
          c.medianSize(),
          "Give patch and median size the same number of axes.");
    }
    List<Integer> divisor = c.topology().divisor();
    boolean fits = divisor.isEmpty() || divisor.size() == rank;
    if (!fits) {
      problem(
          at + "architecture",
          "a network of " + rank + " dimensions, as the patch has",
          divisor.size() + " dimensions",
          "Change the patch or the network.");
    }
    return fits;
  }

  private void patch(String at, Extent patch, List<Integer> divisor) {
    Extent nearest = nearest(patch, divisor, 1);
    if (!nearest.equals(patch)) {
      problem(
          at + "patch_size",
          "multiples of " + (divisor.isEmpty() ? "1" : divisor) + ", the strides of the network",
          list(patch),
          "The nearest valid patch is " + list(nearest) + ".");
    } else if (tooLarge(patch)) {
      problem(
          at + "patch_size",
          "at most 2^31-1 voxels",
          list(patch),
          "Choose a patch that fits into memory.");
    }
  }

  private static boolean tooLarge(Extent patch) {
    double voxels = 1;
    for (int axis : patch.toArray()) {
      voxels *= axis;
    }
    return voxels > Integer.MAX_VALUE;
  }

  /** The nearest patch whose axes are multiples, at least {@code edge} of them where pooled. */
  static Extent nearest(Extent patch, List<Integer> divisor, int edge) {
    return Extent.of(
        patch.rank(),
        axis -> {
          int step = divisor.isEmpty() ? 1 : divisor.get(axis);
          long multiples =
              Math.max(step == 1 ? 1 : edge, Math.round(patch.get(axis) / (double) step));
          return (int) Math.min(Integer.MAX_VALUE / step, multiples) * step;
        });
  }

  private void recipe(String at, Configuration c) {
    List<ChannelRecipe> channels = c.recipe().channels();
    if (channels.size() != plan.intensities().size()) {
      problem(
          at + "normalization_schemes",
          plan.intensities().size() + " channels, as the plan has intensity statistics",
          channels.size() + " channels",
          "List one normalization per input channel.");
    } else if (!channels.stream()
        .map(ChannelRecipe::statistics)
        .toList()
        .equals(plan.intensities())) {
      problem(
          at + "normalization_schemes",
          "the intensity statistics of the plan",
          "others in the recipe",
          "A plans file has one set of statistics: change them with Plan.Builder.intensities and"
              + " in every recipe.");
    }
    if (!c.recipe().axisOrder().equals(plan.axisOrder())) {
      problem(
          "transpose_forward",
          plan.axisOrder() + " in every recipe",
          c.recipe().axisOrder() + " in " + c.name(),
          "A plan has one order of axes: change it in plan and recipes alike.");
    }
  }

  static String list(Extent extent) {
    return Arrays.toString(extent.toArray());
  }

  private void problem(String where, String expected, Object found, String next) {
    problems.add(new Problem("$." + where, expected, found.toString(), next));
  }
}
