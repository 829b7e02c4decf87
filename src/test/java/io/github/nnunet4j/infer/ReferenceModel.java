package io.github.nnunet4j.infer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A model that the reference trained, with what the reference predicts. */
final class ReferenceModel {
  private static final Path ROOT = Path.of("src/test/resources/golden/interop");
  private static final List<Path> IMAGES =
      List.of(ROOT.resolve("images"), Path.of("samples/data/Dataset004_Hippocampus/imagesTr"));

  final String name;
  final Configuration configuration;
  final DatasetDescription dataset;
  final Labels labels;
  final Weights weights;
  final Mirroring mirroring;
  private final Path folder;

  private ReferenceModel(String name, String configuration, Mirroring mirroring)
      throws IOException {
    this.name = name;
    this.mirroring = mirroring;
    folder = ROOT.resolve(name);
    this.configuration =
        PlanCodec.standard().read(folder.resolve("plans.json")).configuration(configuration);
    dataset = DatasetJson.read(folder.resolve("dataset.json"));
    labels = dataset.labels();
    weights = Weights.read(folder.resolve("weights.safetensors"));
  }

  static ReferenceModel of(String name) throws IOException {
    return switch (name) {
      case "v2_3d" -> new ReferenceModel(name, "3d_fullres_small", Mirroring.axes(0, 2));
      case "v2_2d_resenc" -> new ReferenceModel(name, "2d_resenc_small", Mirroring.all());
      default -> regions();
    };
  }

  /** The smallest one: two regions, an ignore label. */
  static ReferenceModel regions() throws IOException {
    return new ReferenceModel("v2_3d_regions_ignore", "3d_fullres_small", Mirroring.all());
  }

  Predictor predictor(PredictorConfig config) {
    return Predictor.of(configuration, labels, List.of(weights), config);
  }

  Safetensors.Content tensors(String file) throws IOException {
    return Safetensors.read(folder.resolve("predictions").resolve(file));
  }

  LabelMap expected(String id, boolean mirrored) throws IOException {
    String mode = mirrored ? "mirror_on" : "mirror_off";
    return ImageFormats.nifti()
        .readLabels(folder.resolve("predictions").resolve(mode).resolve(id + ".nii.gz"));
  }

  /** The facts that the reference recorded of a prediction. */
  JsonNode facts(String id, boolean mirrored) throws IOException {
    for (JsonNode one : Json.read(folder.resolve("predictions/predictions.json")).get("cases")) {
      if (one.get("case").textValue().equals(id)
          && one.get("mirroring").booleanValue() == mirrored) {
        return one;
      }
    }
    throw new IllegalArgumentException(id);
  }

  static Case read(String id) {
    return Cases.lazy(id, () -> ImageFormats.nifti().read(image(id)));
  }

  static Path image(String id) {
    return IMAGES.stream()
        .map(folder -> folder.resolve(id + "_0000.nii.gz"))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }
}
