package io.github.nnunet4j.samples;

import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.plan.Plan;
import java.util.Map;

/** What the samples answer, for the tables of the guide pages. */
final class GuideAnswers {
  private GuideAnswers() {}

  static Map<String, String> of(String table) {
    Plan roads = NnUNet.plan(EditingAPlan.roads(5, 64)).plan();
    return switch (table) {
      case "mistakes" -> EditingAPlan.mistakes(roads);
      case "mistakes in a file" -> EditingAPlan.mistakesInAFile(roads);
      default -> throw new AssertionError("no table " + table);
    };
  }
}
