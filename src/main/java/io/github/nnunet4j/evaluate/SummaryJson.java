package io.github.nnunet4j.evaluate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.evaluate.Summary.CaseScores;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** nnU-Net v2's {@code summary.json}, written as Python writes it and read back. */
public final class SummaryJson {
  private SummaryJson() {}

  /**
   * Writes a summary, atomically. NaN is written as the bare word, as Python does.
   *
   * @param summary what to write
   * @param file replaced if there
   * @throws IOException if it cannot be written
   */
  public static void write(Summary summary, Path file) throws IOException {
    Json.write(file, tree(summary));
  }

  /**
   * The summary as JSON.
   *
   * @param summary what to write
   * @return indented text, keys in order
   */
  public static String text(Summary summary) {
    return Json.text(tree(summary));
  }

  private static ObjectNode tree(Summary summary) {
    ObjectNode root = Json.object();
    root.set("foreground_mean", averages(summary.foregroundMean()));
    root.set("mean", keyed(summary.mean(), SummaryJson::averages));
    ArrayNode cases = root.putArray("metric_per_case");
    for (CaseScores one : summary.cases()) {
      ObjectNode node = cases.addObject();
      node.set("metrics", keyed(one.scores().counts(), SummaryJson::counts));
      node.put("prediction_file", one.prediction());
      node.put("reference_file", one.reference());
    }
    return root;
  }

  private static <T> ObjectNode keyed(Map<Region, T> values, Function<T, ObjectNode> node) {
    Map<String, T> sorted = new TreeMap<>();
    values.forEach((region, value) -> sorted.put(region.key(), value));
    ObjectNode out = Json.object();
    sorted.forEach((key, value) -> out.set(key, node.apply(value)));
    return out;
  }

  private static ObjectNode averages(Averages averages) {
    ObjectNode node = Json.object();
    for (Metric metric : Metric.values()) {
      node.put(metric.key(), averages.get(metric));
    }
    return node;
  }

  private static ObjectNode counts(Confusion counts) {
    ObjectNode node = Json.object();
    for (Metric metric : Metric.values()) {
      if (metric.isCount()) {
        node.put(metric.key(), (long) metric.of(counts));
      } else {
        node.put(metric.key(), metric.of(counts));
      }
    }
    return node;
  }

  /**
   * Reads a summary.
   *
   * @param file usually named {@code summary.json}
   * @return the summary, with the means that the file has
   * @throws IOException if it cannot be read
   * @throws DatasetException if it is JSON of another form; the message says where
   */
  public static Summary read(Path file) throws IOException {
    JsonView root = JsonView.read(file, DatasetException::new);
    return new Summary(
        root.get("metric_per_case").list(SummaryJson::caseScores),
        regions(root.get("mean"), SummaryJson::averages),
        averages(root.get("foreground_mean")));
  }

  private static CaseScores caseScores(JsonView view) {
    return new CaseScores(
        view.get("reference_file").text(),
        view.get("prediction_file").text(),
        new Scores(regions(view.get("metrics"), SummaryJson::counts)));
  }

  private static <T> Map<Region, T> regions(JsonView view, Function<JsonView, T> value) {
    Map<Region, T> out = new LinkedHashMap<>();
    view.entries()
        .forEach(
            (key, child) -> {
              try {
                out.put(Region.parse(key), value.apply(child));
              } catch (IllegalArgumentException e) {
                throw view.failure("labels such as 1 or (1, 2) as keys", e.getMessage() + ".");
              }
            });
    return out;
  }

  private static Averages averages(JsonView view) {
    return Averages.ofValues(metric -> view.get(metric.key()).number());
  }

  private static Confusion counts(JsonView view) {
    return new Confusion(
        (long) view.get("TP").number(),
        (long) view.get("FP").number(),
        (long) view.get("FN").number(),
        (long) view.get("TN").number());
  }
}
