package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.UNet;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Why one thing of a configuration came out as it did when it was planned.
 *
 * @param configuration such as 3d_fullres
 * @param about what was decided
 * @param value what came out; a plan that says something else has been changed since
 * @param because the steps of the decision, one sentence each
 */
public record PlanReason(String configuration, About about, String value, List<String> because) {
  /** Copies the list. */
  public PlanReason {
    Objects.requireNonNull(configuration, "configuration");
    Objects.requireNonNull(about, "about");
    Objects.requireNonNull(value, "value");
    because = List.copyOf(because);
  }

  /** What a planner decides for a configuration. */
  public enum About {
    /** The target spacing. */
    SPACING("spacing"),
    /** The stages of a cascade before and behind it. */
    STAGES("stages"),
    /** The patch. */
    PATCH("patch"),
    /** How deep the network is and what it pools. */
    NETWORK("network"),
    /** The batch size. */
    BATCH("batch");

    private final String word;

    About(String word) {
      this.word = word;
    }

    /** {@return the word for it in a plans file and in an explanation} */
    public String word() {
      return word;
    }

    static Optional<About> of(String word) {
      return Arrays.stream(values()).filter(about -> about.word.equals(word)).findFirst();
    }

    /** What a configuration says of it. */
    String value(Configuration c) {
      return switch (this) {
        case SPACING -> PlanText.sizes(c.recipe().targetSpacing().toArray()) + " mm";
        case STAGES -> stages(c);
        case PATCH -> PlanText.sizes(c.patch());
        case NETWORK -> network(c);
        case BATCH -> String.valueOf(c.batchSize());
      };
    }

    private static String stages(Configuration c) {
      String before = c.previousStage().map(stage -> "behind " + stage).orElse("");
      String next = c.nextStages().isEmpty() ? "" : "before " + String.join(", ", c.nextStages());
      String both = before + (before.isEmpty() || next.isEmpty() ? "" : ", ") + next;
      return both.isEmpty() ? "stands alone" : both;
    }

    private static String network(Configuration c) {
      String depth = c.topology() instanceof UNet net ? net.stages() + " stages, " : "";
      List<Integer> divisor = c.topology().divisor();
      return divisor.isEmpty()
          ? depth + "any patch"
          : depth + "patches in multiples of " + PlanText.sizes(divisor);
    }
  }
}
