package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Safetensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole predictions of the reference: tiles, paddings, mirrored passes, folds, slices. */
class SlidingWindowGoldenTest {
  private static final JsonNode FILE = InferGolden.json("sliding_window_v2.json");
  private static final Safetensors.Content ARRAYS =
      InferGolden.tensors("sliding_window_v2.safetensors");
  private static final Safetensors.Content NETWORKS = InferGolden.tensors("networks.safetensors");

  static Stream<String> cases() {
    return InferGolden.list(FILE.get("cases")).stream().map(c -> c.get("name").textValue());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheLogitsOfTheReference(String name) {
    JsonNode c =
        InferGolden.list(FILE.get("cases")).stream()
            .filter(n -> n.get("name").textValue().equals(name))
            .findFirst()
            .orElseThrow();
    String network = c.get("network").textValue();
    List<TileNetwork> folds = new ArrayList<>();
    for (int fold = 0; fold < c.get("folds").intValue(); fold++) {
      folds.add(
          new TinyUNet(
              NETWORKS, network + "/fold" + fold + "/", FILE.get("networks").get(network)));
    }
    Volume image = InferGolden.volume(ARRAYS.get("image/" + c.get("image").textValue()));
    float[] expected = ARRAYS.get(name + "/logits").floats();
    PredictorConfig config = config(c).withBatchSize(name.length() % 3 + 1);
    Volume actual;
    try (FoldNetworks networks =
        new FoldNetworks(
            folds,
            () -> {},
            Extent.of(InferGolden.ints(c.get("patch"))),
            c.get("logits_shape").get(0).intValue(),
            config)) {
      actual = networks.predict(image, done -> {});
    }
    int voxels = (int) image.grid().voxels();
    assertThat(expected).hasSize(actual.channels() * voxels);
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs(actual.unsafeArray(i / voxels)[i % voxels] - expected[i]);
      worst = Math.max(worst, difference - 1e-5 * Math.abs(expected[i]));
    }
    assertThat(worst).isLessThan(1e-4);
  }

  private static PredictorConfig config(JsonNode c) {
    JsonNode axes = c.get("mirror_axes");
    return PredictorConfig.defaults()
        .withTileStep(c.get("step").doubleValue())
        .withTileWeight(
            c.get("gaussian").booleanValue() ? TileWeights.gaussian() : TileWeights.uniform())
        .withMirroring(axes.isNull() ? Mirroring.none() : Mirroring.axes(InferGolden.ints(axes)));
  }
}
