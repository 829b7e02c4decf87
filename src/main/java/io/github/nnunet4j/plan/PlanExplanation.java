package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Why a plan is what it is, for people: the reasons that its planner left and, where there are none
 * or the plan was changed since, what the plan itself shows.
 */
final class PlanExplanation {
  private final Plan plan;
  private final StringBuilder out = new StringBuilder();

  private PlanExplanation(Plan plan) {
    this.plan = plan;
  }

  static String of(Plan plan) {
    PlanExplanation explanation = new PlanExplanation(plan);
    explanation.header();
    plan.configurations().forEach(explanation::configuration);
    return explanation.out.toString();
  }

  private void line(String text) {
    out.append(text).append(System.lineSeparator());
  }

  private void header() {
    line(plan.plansName() + " of " + plan.datasetName());
    Optional<PlanOrigin> origin = plan.origin();
    if (origin.isPresent()) {
      line("planned by " + origin.get().planner());
      line("from the fingerprint " + origin.get().fingerprint());
    } else {
      line(
          "planned by "
              + plan.experimentPlanner()
              + "; it left no reasons, so this is what the plan itself shows");
    }
  }

  private void configuration(Configuration c) {
    line("");
    line(c.name() + c.inheritsFrom().map(parent -> ", inherits from " + parent).orElse(""));
    for (PlanReason.About about : PlanReason.About.values()) {
      String value = about.value(c);
      line("  " + about.word() + ": " + value);
      because(c, about, value).forEach(sentence -> line("    - " + sentence));
    }
  }

  private List<String> because(Configuration c, PlanReason.About about, String value) {
    Optional<PlanReason> reason = reason(c.name(), about);
    if (reason.filter(r -> r.value().equals(value)).isPresent()) {
      return reason.get().because();
    }
    Optional<Configuration> parent = c.inheritsFrom().map(plan::configuration);
    if (reason.isEmpty() && parent.filter(p -> about.value(p).equals(value)).isPresent()) {
      return List.of("as " + parent.get().name());
    }
    List<String> sentences = new ArrayList<>();
    reason.ifPresent(r -> sentences.add("changed since it was planned as " + r.value()));
    sentences.addAll(shown(c, about));
    return sentences;
  }

  private Optional<PlanReason> reason(String configuration, PlanReason.About about) {
    return plan.origin().stream()
        .flatMap(origin -> origin.reasons().stream())
        .filter(r -> r.configuration().equals(configuration) && r.about() == about)
        .findFirst();
  }

  /** What anybody can see who knows the plan alone. */
  private List<String> shown(Configuration c, PlanReason.About about) {
    return switch (about) {
      case SPACING -> spacing(c);
      case STAGES -> List.of();
      case PATCH -> patch(c);
      case NETWORK -> network(c);
      case BATCH ->
          List.of(
              PlanText.whole((double) c.patch().voxels() * c.batchSize()) + " voxels in a step");
    };
  }

  private List<String> spacing(Configuration c) {
    Spacing cases = plan.originalMedianSpacing();
    int first = cases.rank() - c.patch().rank();
    double[] own = IntStream.range(first, cases.rank()).mapToDouble(cases::get).toArray();
    return List.of(
        "the cases came with a median of "
            + PlanText.sizes(own)
            + " mm; the median case has "
            + PlanText.sizes(c.medianSize())
            + " voxels here");
  }

  private static List<String> patch(Configuration c) {
    List<String> parts = new ArrayList<>();
    for (int axis = 0; axis < c.patch().rank(); axis++) {
      parts.add(PlanText.percent(c.patch().get(axis) / c.medianSize().get(axis)));
    }
    return List.of(String.join(", ", parts) + " of the axes of the median case");
  }

  private static List<String> network(Configuration c) {
    List<String> sentences = new ArrayList<>();
    List<Integer> divisor = c.topology().divisor();
    if (!divisor.isEmpty()) {
      Extent smallest = Extent.of(divisor.size(), axis -> c.patch().get(axis) / divisor.get(axis));
      sentences.add("the smallest feature map has " + PlanText.sizes(smallest) + " voxels");
    }
    long values = c.topology().featureMapValues(c.patch(), c.recipe().channels().size(), 1);
    if (values > 0) {
      sentences.add(PlanText.whole((double) values) + " feature map values a sample, one output");
    }
    return sentences;
  }
}
