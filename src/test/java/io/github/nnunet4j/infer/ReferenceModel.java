package io.github.nnunet4j.infer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resamplings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model that the reference trained, as far as prediction needs it. */
final class ReferenceModel {
  final Path folder;
  final Configuration configuration;
  final Labels labels;
  final Weights weights;

  ReferenceModel(String name, String configurationName) throws IOException {
    folder = Path.of("src/test/resources/golden/interop", name);
    JsonNode plans = Json.read(folder.resolve("plans.json"));
    JsonNode own = plans.get("configurations").get(configurationName);
    JsonNode parent = plans.get("configurations").get(own.get("inherits_from").textValue());
    double[] spacing = InferGolden.doubles(parent.get("spacing"));
    Recipe recipe =
        Recipe.builder()
            .axisOrder(integers(plans.get("transpose_forward")))
            .targetSpacing(Spacing.millimetres(spacing))
            .channels(
                List.of(
                    new Recipe.ChannelRecipe(
                        IntensityNormalizations.zScore(),
                        false,
                        IntensityStatistics.builder().build())))
            .imageResampling(Resamplings.images())
            .labelResampling(LabelResamplings.labels())
            .probabilityResampling(Resamplings.probabilities())
            .build();
    configuration =
        Configuration.builder(configurationName)
            .patch(Extent.of(InferGolden.ints(own.get("patch_size"))))
            .recipe(recipe)
            .topology(topology(own.get("architecture").get("arch_kwargs")))
            .build();
    labels = labels(Json.read(folder.resolve("dataset.json")));
    weights = Weights.read(folder.resolve("weights.safetensors"));
  }

  private static UNet topology(JsonNode kwargs) {
    List<Integer> features = integers(kwargs.get("features_per_stage"));
    List<List<Integer>> kernels = lists(kwargs.get("kernel_sizes"));
    List<List<Integer>> strides = lists(kwargs.get("strides"));
    List<Integer> decoder = integers(kwargs.get("n_conv_per_stage_decoder"));
    if (kwargs.has("n_blocks_per_stage")) {
      return Topologies.residualEncoderUNet(features, kernels, strides)
          .encoderBlocks(integers(kwargs.get("n_blocks_per_stage")))
          .decoderBlocks(decoder)
          .build();
    }
    return Topologies.plainUNet(features, kernels, strides)
        .encoderBlocks(integers(kwargs.get("n_conv_per_stage")))
        .decoderBlocks(decoder)
        .build();
  }

  private static Labels labels(JsonNode dataset) {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    dataset
        .get("labels")
        .properties()
        .forEach(
            e ->
                entries.put(
                    e.getKey(),
                    e.getValue().isArray()
                        ? integers(e.getValue())
                        : List.of(e.getValue().intValue())));
    JsonNode order = dataset.get("regions_class_order");
    return Labels.of(entries, order == null ? List.of() : integers(order));
  }

  private static List<Integer> integers(JsonNode array) {
    return Arrays.stream(InferGolden.ints(array)).boxed().toList();
  }

  private static List<List<Integer>> lists(JsonNode array) {
    return InferGolden.list(array).stream().map(ReferenceModel::integers).toList();
  }
}
