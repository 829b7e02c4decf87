package io.github.nnunet4j.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.fingerprint.IntensitiesJson;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import io.github.nnunet4j.internal.Nearest;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resampling;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plan from the JSON tree of a plans file; every complaint names its JSON path. */
final class PlanReader {
  private static final Set<String> KEYS =
      Set.of(
          "dataset_name",
          "plans_name",
          "original_median_spacing_after_transp",
          "original_median_shape_after_transp",
          "image_reader_writer",
          "transpose_forward",
          "transpose_backward",
          "configurations",
          "experiment_planner_used",
          "label_manager",
          IntensitiesJson.KEY,
          OriginJson.KEY);

  private final PlanCodec codec;

  PlanReader(PlanCodec codec) {
    this.codec = codec;
  }

  Plan read(JsonView root) {
    if (root.isObject() && root.has("plans_per_stage")) {
      throw root.failure(
          "a plan of nnU-Net v2, with the key \"configurations\", not one of v1, which has"
              + " \"plans_per_stage\"",
          "Plan again with the planners of nnU-Net v1 in V1Planners, or with any other.");
    }
    requireSpelt(root, KEYS);
    List<Integer> order = order(root.get("transpose_forward"));
    root.find("transpose_backward").ifPresent(view -> requireInverse(order, view));
    List<IntensityStatistics> intensities = IntensitiesJson.read(root);
    JsonView configurations = root.get("configurations");
    List<Configuration> all = new ArrayList<>();
    Map<String, String> parents = new LinkedHashMap<>();
    configurations
        .entries()
        .forEach(
            (name, view) -> view.find("inherits_from").ifPresent(p -> parents.put(name, p.text())));
    Inheritance.check(parents, configurations.entries().keySet());
    ConfigurationReader reader = new ConfigurationReader(codec, configurations, order, intensities);
    requireStrategies(reader, configurations.keys());
    for (String name : configurations.keys()) {
      all.add(reader.read(name));
    }
    Plan.Builder plan =
        Plan.builder(root.get("dataset_name").text())
            .plansName(root.get("plans_name").text())
            .originalMedianSpacing(spacing(root.get("original_median_spacing_after_transp")))
            .originalMedianExtent(extent(root.get("original_median_shape_after_transp")))
            .imageReaderWriter(root.get("image_reader_writer").text())
            .axisOrder(order)
            .configurations(all)
            .experimentPlanner(root.get("experiment_planner_used").text())
            .labelManager(root.get("label_manager").text())
            .intensities(intensities)
            .extras(extras(root, KEYS));
    root.find(OriginJson.KEY).map(OriginJson::read).ifPresent(plan::origin);
    return plan.build();
  }

  /** A key that is nearly a known one would be kept as a note and change nothing. */
  private static void requireSpelt(JsonView view, Set<String> known) {
    for (String key : view.keys()) {
      Nearest.misspelt(key, known)
          .filter(meant -> !view.node().has(meant))
          .ifPresent(
              meant -> {
                throw view.failure(
                    "the key \"" + meant + "\", not \"" + key + "\"",
                    "Rename it to " + meant + ".");
              });
    }
  }

  /** One exception names every strategy of the file that nobody can decode. */
  private static void requireStrategies(ConfigurationReader reader, List<String> names) {
    List<Problem> missing = new ArrayList<>();
    for (String name : names) {
      for (Runnable read : reader.strategies(name)) {
        try {
          read.run();
        } catch (PlanException e) {
          e.problems().stream().filter(p -> !missing.contains(p)).forEach(missing::add);
        }
      }
    }
    if (missing.size() > 1) { // a single one is found again, with its cause
      throw new PlanException(missing);
    }
  }

  /** What this library does not know is kept as it stands. */
  static Map<String, String> extras(JsonView view, Set<String> known) {
    Map<String, String> extras = new LinkedHashMap<>();
    view.node()
        .properties()
        .forEach(
            entry -> {
              if (!known.contains(entry.getKey())) {
                extras.put(entry.getKey(), Json.line(entry.getValue()));
              }
            });
    return extras;
  }

  private static List<Integer> order(JsonView view) {
    List<Integer> order = view.list(JsonView::integer);
    if (order.size() != 3 || !order.containsAll(List.of(0, 1, 2))) {
      throw view.failure("a permutation of 0, 1, 2", "Write [0, 1, 2] to leave the axes alone.");
    }
    return order;
  }

  private static void requireInverse(List<Integer> order, JsonView view) {
    List<Integer> inverse = List.of(order.indexOf(0), order.indexOf(1), order.indexOf(2));
    if (!view.list(JsonView::integer).equals(inverse)) {
      throw view.failure("the inverse of transpose_forward, " + inverse, "Write " + inverse + ".");
    }
  }

  static Extent extent(JsonView view) {
    List<Integer> sizes = view.list(JsonView::integer);
    if ((sizes.size() != 2 && sizes.size() != 3) || sizes.stream().anyMatch(s -> s < 1)) {
      throw view.failure("two or three positive whole numbers", "Give voxels per axis.");
    }
    return Extent.of(sizes.stream().mapToInt(Integer::intValue).toArray());
  }

  static Spacing spacing(JsonView view) {
    List<Double> sizes = view.list(JsonView::number);
    boolean positive = sizes.stream().allMatch(s -> s > 0 && s < Double.POSITIVE_INFINITY);
    if ((sizes.size() != 2 && sizes.size() != 3) || !positive) {
      throw view.failure("two or three positive numbers", "Give millimetres per axis.");
    }
    return Spacing.millimetres(sizes.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** One configuration, with what it inherits. */
  record ConfigurationReader(
      PlanCodec codec,
      JsonView configurations,
      List<Integer> order,
      List<IntensityStatistics> intensities) {

    Configuration read(String name) {
      JsonView own = configurations.get(name);
      requireSpelt(own, known());
      JsonView view = merged(name);
      Configuration.Builder builder =
          Configuration.builder(name)
              .dataIdentifier(view.get("data_identifier").text())
              .batchSize(batchSize(view.get("batch_size")))
              .patch(extent(view.get("patch_size")))
              .medianSize(view.get("median_image_size_in_voxels").list(JsonView::number))
              .recipe(recipe(view))
              .preprocessor(view.get("preprocessor_name").text())
              .topology(topology(view.get("architecture")))
              .batchDice(view.get("batch_dice").bool())
              .previousStage(view.find("previous_stage").map(JsonView::text).orElse(null))
              .nextStages(
                  view.find("next_stage").map(ConfigurationReader::stages).orElse(List.of()))
              .extras(extras(own, known()));
      own.find("inherits_from")
          .ifPresent(
              parent -> {
                builder.inheritsFrom(parent.text());
                builder.stated(stated(own));
              });
      return builder.build();
    }

    private static Set<String> known() {
      Set<String> known = new HashSet<>(Set.of("inherits_from"));
      for (ConfigurationPart part : ConfigurationPart.values()) {
        known.addAll(part.keys());
      }
      return known;
    }

    private static Set<ConfigurationPart> stated(JsonView own) {
      Set<ConfigurationPart> stated = EnumSet.noneOf(ConfigurationPart.class);
      for (ConfigurationPart part : ConfigurationPart.values()) {
        if (part.keys().stream().anyMatch(own.node()::has)) {
          stated.add(part);
        }
      }
      return stated;
    }

    private JsonView merged(String name) {
      JsonView own = configurations.get(name);
      if (!own.has("inherits_from")) {
        return own;
      }
      ObjectNode all = ((ObjectNode) merged(own.get("inherits_from").text()).node()).deepCopy();
      if (own.has("preprocessor_name")) {
        all.remove(StepWords.KEY); // listed for the name of the parent
      }
      all.setAll((ObjectNode) own.node());
      return own.withNode(all);
    }

    private static List<String> stages(JsonView view) {
      return view.isArray() ? view.list(JsonView::text) : List.of(view.text());
    }

    private static int batchSize(JsonView view) {
      int size = view.integer();
      if (size < 1) {
        throw view.failure("a positive whole number", "The smallest batch is 1.");
      }
      return size;
    }

    private Recipe recipe(JsonView view) {
      JsonView schemes = view.get("normalization_schemes");
      List<JsonView> words = schemes.list();
      List<Boolean> masks = view.get("use_mask_for_norm").list(JsonView::bool);
      if (words.size() != intensities.size() || masks.size() != intensities.size()) {
        throw schemes.failure(
            intensities.size() + " entries here and in use_mask_for_norm, one per channel",
            "Write one per channel of " + IntensitiesJson.KEY + ".");
      }
      List<Recipe.ChannelRecipe> channels = new ArrayList<>();
      for (int c = 0; c < words.size(); c++) {
        channels.add(
            new Recipe.ChannelRecipe(
                codec.intensityNormalizations().decode(scheme(words.get(c)), words.get(c)),
                masks.get(c),
                intensities.get(c)));
      }
      return Recipe.builder()
          .axisOrder(order)
          .targetSpacing(spacing(view.get("spacing")))
          .channels(channels)
          .imageResampling(resampling(view, "resampling_fn_data"))
          .labelResampling(labelResampling(view))
          .probabilityResampling(resampling(view, "resampling_fn_probabilities"))
          .steps(new StepReader(codec.steps()).read(view))
          .build();
    }

    private Resampling resampling(JsonView view, String key) {
      return codec.resamplings().decode(fields(view, key), view.get(key));
    }

    private LabelResampling labelResampling(JsonView view) {
      String key = "resampling_fn_seg";
      return codec.labelResamplings().decode(fields(view, key), view.get(key));
    }

    /** Reads each strategy of a configuration by itself. */
    List<Runnable> strategies(String name) {
      JsonView view = merged(name);
      return List.of(
          () ->
              view.get("normalization_schemes")
                  .list(one -> codec.intensityNormalizations().decode(scheme(one), one)),
          () -> resampling(view, "resampling_fn_data"),
          () -> labelResampling(view),
          () -> resampling(view, "resampling_fn_probabilities"),
          () -> new StepReader(codec.steps()).read(view),
          () -> topology(view.get("architecture")));
    }

    static Fields scheme(JsonView view) {
      return view.isObject()
          ? withValues(Fields.of(view.get("word").text()), view.get("values"))
          : Fields.of(view.text());
    }

    private static Fields fields(JsonView view, String key) {
      return withValues(Fields.of(view.get(key).text()), view.get(key + "_kwargs"));
    }

    private static Fields withValues(Fields word, JsonView values) {
      Fields fields = word;
      for (Map.Entry<String, JsonView> entry : values.entries().entrySet()) {
        @Nullable Object value = JsonValues.value(entry.getValue().node());
        fields = fields.with(entry.getKey(), value);
      }
      return fields;
    }

    private NetworkTopology topology(JsonView view) {
      JsonView arguments = view.get("arch_kwargs");
      Fields fields = withValues(Fields.of(view.get("network_class_name").text()), arguments);
      return codec.topologies(arguments.where(), arguments).decode(fields, arguments);
    }
  }
}
