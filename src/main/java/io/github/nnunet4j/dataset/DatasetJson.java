package io.github.nnunet4j.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code dataset.json}: reads nnU-Net v2's form and that of nnU-Net v1 and the Medical Segmentation
 * Decathlon ({@code modality}, labels from number to name), writes v2's.
 */
public final class DatasetJson {
  private static final String READER = "overwrite_image_reader_writer";
  private static final Set<String> KNOWN =
      Set.of(
          "channel_names",
          "modality",
          "labels",
          "regions_class_order",
          "file_ending",
          "numTraining",
          READER);

  /** Keys of v1's form that list files; v2 finds them in the folders. */
  private static final Set<String> LISTS = Set.of("training", "test", "numTest");

  private DatasetJson() {}

  /**
   * Reads a description.
   *
   * @param file usually named {@code dataset.json}
   * @return the description
   * @throws IOException if it cannot be read
   * @throws DatasetException if a key is missing or a value breaks a rule; the message says where
   */
  public static DatasetDescription read(Path file) throws IOException {
    return read(view(file));
  }

  /**
   * Reads a description from text.
   *
   * @param text JSON
   * @return the description
   * @throws IOException if it is not JSON
   * @throws DatasetException if a key is missing or a value breaks a rule; the message says where
   */
  public static DatasetDescription parse(String text) throws IOException {
    return read(JsonView.root(Json.parse(text), "dataset.json", DatasetException::new));
  }

  static JsonView view(Path file) throws IOException {
    return JsonView.read(file, DatasetException::new);
  }

  static DatasetDescription read(JsonView root) {
    DatasetDescription.Builder builder =
        DatasetDescription.builder().channels(channels(root)).labels(labels(root));
    boolean old = isOld(root);
    if (!old || root.has("file_ending")) {
      builder.fileEnding(root.get("file_ending").text());
    }
    root.find("numTraining").ifPresent(n -> builder.declaredCases(n.integer()));
    root.find(READER)
        .map(JsonView::text)
        .filter(word -> !word.equals("None"))
        .ifPresent(builder::readerWriter);
    ObjectNode further = root.node().deepCopy();
    further.remove(KNOWN);
    if (old) {
      further.remove(LISTS);
    }
    return builder.further(further).build();
  }

  /** Whether labels are keyed by number, as in v1 and the Decathlon. */
  static boolean isOld(JsonView root) {
    Map<String, JsonView> labels = root.get("labels").entries();
    return !labels.isEmpty() && labels.values().stream().allMatch(v -> v.node().isTextual());
  }

  private static List<Channel> channels(JsonView root) {
    JsonView names =
        root.find("channel_names")
            .or(() -> root.find("modality"))
            .orElseGet(() -> root.get("channel_names"));
    Map<String, JsonView> entries = names.entries();
    List<Channel> channels = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      JsonView name = entries.get(Integer.toString(i));
      if (name == null) {
        throw names.failure(
            "the keys \"0\" to \"" + (entries.size() - 1) + "\"",
            "Number the channels without gaps, as their files are.");
      }
      channels.add(new Channel(name.text()));
    }
    return channels;
  }

  private static Labels labels(JsonView root) {
    JsonView labels = root.get("labels");
    Map<String, Region> entries = new LinkedHashMap<>();
    if (isOld(root)) {
      labels
          .entries()
          .forEach(
              (number, name) -> {
                Region region = Region.label(number(number, labels));
                String known = region.isBackground() ? "background" : name.text();
                if (entries.put(known, region) != null) {
                  throw labels.failure("different names", "Rename one of \"" + known + "\".");
                }
              });
    } else {
      labels.entries().forEach((name, value) -> entries.put(name, region(value)));
    }
    List<Integer> order =
        root.find("regions_class_order").map(v -> v.list(JsonView::integer)).orElse(List.of());
    try {
      return Labels.ofRegions(entries, order);
    } catch (DatasetException e) {
      throw new DatasetException(e.within(root.where()), e);
    }
  }

  private static int number(String key, JsonView labels) {
    if (!key.matches("\\d{1,5}")) {
      throw labels.failure("numbers as keys and names as values", "Correct \"" + key + "\".");
    }
    return Integer.parseInt(key);
  }

  private static Region region(JsonView value) {
    if (!value.isArray()) {
      return Region.label(value.integer());
    }
    List<Integer> labels = value.list(JsonView::integer);
    if (labels.isEmpty()) {
      throw value.failure("at least one label", "List the labels of the region.");
    }
    return new Region(labels, true);
  }

  /**
   * Writes a description in v2's form, atomically.
   *
   * @param description what to write
   * @param file replaced if there
   * @throws IOException if it cannot be written
   */
  public static void write(DatasetDescription description, Path file) throws IOException {
    Json.write(file, tree(description));
  }

  /**
   * The description as JSON in v2's form.
   *
   * @param description what to write
   * @return indented text
   */
  public static String text(DatasetDescription description) {
    return Json.text(tree(description));
  }

  private static ObjectNode tree(DatasetDescription description) {
    ObjectNode root = Json.object();
    ObjectNode channels = root.putObject("channel_names");
    for (Channel channel : description.channels()) {
      channels.put(Integer.toString(channels.size()), channel.name());
    }
    ObjectNode labels = root.putObject("labels");
    description
        .labels()
        .declared()
        .forEach(
            (name, region) -> {
              if (region.list()) {
                ArrayNode list = labels.putArray(name);
                region.labels().forEach(list::add);
              } else {
                labels.put(name, region.labels().get(0));
              }
            });
    if (!description.labels().regionsClassOrder().isEmpty()) {
      ArrayNode order = root.putArray("regions_class_order");
      description.labels().regionsClassOrder().forEach(order::add);
    }
    description.declaredCases().ifPresent(n -> root.put("numTraining", n));
    root.put("file_ending", description.fileEnding());
    description.readerWriter().ifPresent(word -> root.put(READER, word));
    root.setAll(description.further());
    return root;
  }
}
