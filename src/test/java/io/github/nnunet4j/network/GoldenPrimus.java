package io.github.nnunet4j.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;

/** The transformers of nnU-Net v2 from the facts of their constructors. */
final class GoldenPrimus {
  private GoldenPrimus() {}

  static Primus topology(JsonNode json) {
    String patch = json.has("input_shape") ? "input_shape" : "patch";
    return new Primus(
        new Primus.Size(
            json.get("embed_dim").asInt(),
            json.get("eva_depth").asInt(),
            json.get("eva_numheads").asInt()),
        Primus.Embedding.valueOf(json.path("embedding").asText("PATCHES")),
        Extent.of(GoldenCase.ints(json.get(patch)).stream().mapToInt(Integer::intValue).toArray()),
        json.path("drop_path_rate").asDouble(0.2));
  }
}
