package io.github.nnunet4j.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.internal.JsonView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Where a plan came from, as an entry of a plans file. */
final class OriginJson {
  static final String KEY = "nnunet4j_origin";

  private OriginJson() {}

  static void write(PlanOrigin origin, ObjectNode plans) {
    ObjectNode node = plans.putObject(KEY);
    node.put("planner", origin.planner());
    node.put("fingerprint_sha256", origin.fingerprint());
    ObjectNode reasons = node.putObject("reasons");
    for (PlanReason reason : origin.reasons()) {
      ObjectNode about =
          reasons.withObjectProperty(reason.configuration()).putObject(reason.about().word());
      about.put("value", reason.value());
      ArrayNode because = about.putArray("because");
      reason.because().forEach(because::add);
    }
  }

  static PlanOrigin read(JsonView view) {
    List<PlanReason> reasons = new ArrayList<>();
    for (Map.Entry<String, JsonView> configuration : view.get("reasons").entries().entrySet()) {
      for (Map.Entry<String, JsonView> about : configuration.getValue().entries().entrySet()) {
        reasons.add(reason(configuration.getKey(), about.getKey(), about.getValue()));
      }
    }
    return new PlanOrigin(
        view.get("planner").text(), view.get("fingerprint_sha256").text(), reasons);
  }

  private static PlanReason reason(String configuration, String word, JsonView view) {
    PlanReason.About about =
        PlanReason.About.of(word)
            .orElseThrow(
                () ->
                    view.failure(
                        "one of the keys "
                            + Arrays.stream(PlanReason.About.values())
                                .map(PlanReason.About::word)
                                .toList()
                            + ", not \""
                            + word
                            + "\"",
                        "Correct the key, or remove " + KEY + ": a plan needs no origin."));
    return new PlanReason(
        configuration, about, view.get("value").text(), view.get("because").list(JsonView::text));
  }
}
