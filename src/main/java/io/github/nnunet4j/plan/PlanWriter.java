package io.github.nnunet4j.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.fingerprint.IntensitiesJson;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import io.github.nnunet4j.preprocess.Recipe;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A plan as the JSON tree that nnU-Net v2 writes. */
final class PlanWriter {
  private final PlanCodec codec;

  PlanWriter(PlanCodec codec) {
    this.codec = codec;
  }

  ObjectNode write(Plan plan) {
    ObjectNode root = Json.object();
    root.put("dataset_name", plan.datasetName());
    root.put("plans_name", plan.plansName());
    doubles(
        root.putArray("original_median_spacing_after_transp"),
        plan.originalMedianSpacing().toArray());
    ints(
        root.putArray("original_median_shape_after_transp"), plan.originalMedianExtent().toArray());
    root.put("image_reader_writer", plan.imageReaderWriter());
    plan.axisOrder().forEach(root.putArray("transpose_forward")::add);
    plan.inverseAxisOrder().forEach(root.putArray("transpose_backward")::add);
    ObjectNode configurations = root.putObject("configurations");
    for (Configuration configuration : plan.configurations()) {
      configurations.set(configuration.name(), configuration(configuration));
    }
    root.put("experiment_planner_used", plan.experimentPlanner());
    root.put("label_manager", plan.labelManager());
    IntensitiesJson.write(plan.intensities(), root);
    extras(root, plan.extras());
    plan.origin().ifPresent(origin -> OriginJson.write(origin, root));
    return root;
  }

  /** An heir writes only what it states itself. */
  private ObjectNode configuration(Configuration c) {
    ObjectNode all = whole(c);
    ObjectNode out = Json.object();
    c.inheritsFrom().ifPresent(parent -> out.put("inherits_from", parent));
    for (ConfigurationPart part : ConfigurationPart.values()) {
      if (c.inheritsFrom().isEmpty() || c.stated().contains(part)) {
        for (String key : part.keys()) {
          if (all.has(key)) {
            out.set(key, all.get(key));
          }
        }
      }
    }
    extras(out, c.extras());
    return out;
  }

  private ObjectNode whole(Configuration c) {
    String where = "configuration " + c.name();
    ObjectNode node = Json.object();
    node.put("data_identifier", c.dataIdentifier());
    node.put("preprocessor_name", c.preprocessor());
    if (StepWords.needsList(c.preprocessor(), c.recipe().steps())) {
      node.set(StepWords.KEY, steps(c.recipe(), where));
    }
    node.put("batch_size", c.batchSize());
    ints(node.putArray("patch_size"), c.patch().toArray());
    c.medianSize().forEach(node.putArray("median_image_size_in_voxels")::add);
    preparation(node, c.recipe(), where);
    strategy(
        node,
        "resampling_fn_probabilities",
        codec
            .resamplings()
            .encode(c.recipe().probabilityResampling(), where + ", resampling of probabilities"));
    node.set("architecture", architecture(c, where + ", network"));
    node.put("batch_dice", c.batchDice());
    c.previousStage().ifPresent(stage -> node.put("previous_stage", stage));
    if (c.nextStages().size() == 1) {
      node.put("next_stage", c.nextStages().get(0));
    } else if (!c.nextStages().isEmpty()) {
      c.nextStages().forEach(node.putArray("next_stage")::add);
    }
    return node;
  }

  /** What a recipe does to a case before the network sees it. */
  private void preparation(ObjectNode node, Recipe recipe, String where) {
    doubles(node.putArray("spacing"), recipe.targetSpacing().toArray());
    normalizations(recipe, node, where);
    resamplings(recipe, node, where);
  }

  ObjectNode preparation(Recipe recipe) {
    ObjectNode node = Json.object();
    preparation(node, recipe, "recipe");
    if (!recipe.steps().equals(PreprocessingSteps.v2())) {
      node.set(StepWords.KEY, steps(recipe, "recipe"));
    }
    return node;
  }

  private void normalizations(Recipe recipe, ObjectNode node, String where) {
    ArrayNode schemes = node.putArray("normalization_schemes");
    ArrayNode masks = node.putArray("use_mask_for_norm");
    for (int i = 0; i < recipe.channels().size(); i++) {
      Recipe.ChannelRecipe channel = recipe.channels().get(i);
      String at = where + ", normalization of channel " + i;
      schemes.add(scheme(codec.intensityNormalizations().encode(channel.normalization(), at)));
      masks.add(channel.useMask());
    }
  }

  private ArrayNode steps(Recipe recipe, String where) {
    ArrayNode steps = Json.array();
    for (int i = 0; i < recipe.steps().size(); i++) {
      steps.add(scheme(codec.steps().encode(recipe.steps().get(i), where + ", step " + i)));
    }
    return steps;
  }

  private void resamplings(Recipe recipe, ObjectNode node, String where) {
    strategy(
        node,
        "resampling_fn_data",
        codec.resamplings().encode(recipe.imageResampling(), where + ", resampling of images"));
    strategy(
        node,
        "resampling_fn_seg",
        codec
            .labelResamplings()
            .encode(recipe.labelResampling(), where + ", resampling of labels"));
  }

  /** A word alone where there are no values, as nnU-Net writes it. */
  private static JsonNode scheme(Fields fields) {
    if (fields.values().isEmpty()) {
      return Json.object().textNode(fields.word());
    }
    ObjectNode node = Json.object().put("word", fields.word());
    node.set("values", JsonValues.node(fields.values()));
    return node;
  }

  private static void strategy(ObjectNode node, String key, Fields fields) {
    node.put(key, fields.word());
    node.set(key + "_kwargs", JsonValues.node(fields.values()));
  }

  private ObjectNode architecture(Configuration c, String where) {
    Fields fields =
        codec
            .topologies(where, JsonView.root(Json.object(), where, PlanException::new))
            .encode(c.topology(), where);
    ObjectNode node = Json.object();
    node.put("network_class_name", fields.word());
    node.set("arch_kwargs", JsonValues.node(fields.values()));
    ArrayNode imports = node.putArray("_kw_requires_import");
    if (fields.word().startsWith(UNetWords.PACKAGE)) {
      List.of("conv_op", "norm_op", "dropout_op", "nonlin").forEach(imports::add);
      if (fields.values().containsKey("block")) {
        imports.add("block");
      }
    }
    return node;
  }

  private static void extras(ObjectNode node, Map<String, String> extras) {
    extras.forEach(
        (key, json) -> {
          try {
            node.set(key, Json.parse(json));
          } catch (IOException e) {
            throw new IllegalArgumentException("extra " + key + " is not JSON: " + json, e);
          }
        });
  }

  private static void doubles(ArrayNode node, double[] values) {
    Arrays.stream(values).forEach(node::add);
  }

  private static void ints(ArrayNode node, int[] values) {
    Arrays.stream(values).forEach(node::add);
  }
}
