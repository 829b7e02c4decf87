package io.github.nnunet4j.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The U-Nets of nnU-Net v1 from the facts of their plans and what the trainer changes. */
final class GoldenV1 {
  private GoldenV1() {}

  static UNet network(JsonNode json) {
    JsonNode built = json.path("built");
    List<List<Integer>> pools = GoldenCase.lists(json.get("pool_op_kernel_sizes"));
    String kernels = "conv_kernel_sizes";
    JsonNode known =
        built.has("encoder_kernel_sizes") ? built.get("encoder_kernel_sizes") : json.get(kernels);
    boolean residual = json.path("num_blocks_encoder").isArray();
    return residual
        ? fabians(json, built, pools, GoldenCase.lists(known))
        : generic(json, built, pools, GoldenCase.lists(known));
  }

  private static UNet fabians(
      JsonNode json, JsonNode built, List<List<Integer>> pools, List<List<Integer>> kernels) {
    UNet.Builder net =
        Topologies.fabiansUNet(json.get("base_num_features").asInt(), kernels, pools);
    if (json.path("trainer").asText("").contains("SimonsInit")) {
      net.style(s -> s.withResidual(s.residual().withZeroLastNorm(true)));
    }
    return strategies(built, net)
        .encoderBlocks(GoldenCase.ints(json.get("num_blocks_encoder")))
        .decoderBlocks(GoldenCase.ints(json.get("num_blocks_decoder")))
        .build();
  }

  private static UNet generic(
      JsonNode json, JsonNode built, List<List<Integer>> pools, List<List<Integer>> kernels) {
    List<List<Integer>> strides = new ArrayList<>();
    strides.add(Collections.nCopies(kernels.get(0).size(), 1));
    strides.addAll(pools);
    int stages = strides.size();
    UNet.Builder net =
        Topologies.genericUNet(json.get("base_num_features").asInt(), kernels, strides);
    if (json.has("max_num_features")) {
      net.features(
          Topologies.features(
              json.get("base_num_features").asInt(),
              json.path("feat_map_mul_on_downscale").asDouble(2),
              json.get("max_num_features").asInt(),
              stages));
    }
    int convolutions =
        built.path("convolutions_per_stage").asInt(json.path("conv_per_stage").asInt(2));
    List<Integer> encoder = new ArrayList<>(Collections.nCopies(stages, convolutions));
    encoder.set(stages - 1, Math.max(2, convolutions));
    if (json.has("negative_slope")) {
      String trainer = json.get("trainer").asText();
      double slope = json.get("negative_slope").asDouble();
      net.style(s -> s.withInitialization(Initializations.he(slope)));
      if (trainer.endsWith("FRN")) {
        net.normalization(Normalizations.filterResponse());
      }
      if (trainer.endsWith("biasInSegOutput")) {
        net.style(s -> s.withDecoder(s.decoder().with(Decoder.Heads.BIASED)));
      }
    }
    return strategies(built, net)
        .encoderBlocks(encoder)
        .decoderBlocks(Collections.nCopies(stages - 1, Math.max(2, convolutions)))
        .style(s -> options(json, built, s))
        .build();
  }

  private static UNetStyle options(JsonNode json, JsonNode built, UNetStyle style) {
    Decoder decoder = style.decoder();
    if (built.path("seg_output_use_bias").asBoolean()) {
      decoder = decoder.with(Decoder.Heads.BIASED);
    }
    if (built.path("upscale_logits").asBoolean()) {
      decoder = decoder.with(Decoder.Heads.UPSCALED);
    }
    if (!built.path("convolutional_upsampling").asBoolean(true)) {
      decoder = decoder.with(Decoder.Upsampling.LINEAR);
    }
    return style
        .withDecoder(decoder)
        .withDropout(json.path("dropout_p").asDouble(0))
        .withDownsampling(
            built.path("convolutional_pooling").asBoolean(true)
                ? UNetStyle.Downsampling.STRIDED
                : UNetStyle.Downsampling.MAX);
  }

  /** Normalization, nonlinearity, their order and the initialisation. */
  static UNet.Builder strategies(JsonNode built, UNet.Builder net) {
    if (built.isMissingNode()) {
      return net;
    }
    JsonNode norm = built.get("norm");
    net.normalization(
        switch (norm.get("class").asText()) {
          case "InstanceNorm2d", "InstanceNorm3d" -> Normalizations.instance();
          case "BatchNorm2d", "BatchNorm3d" -> Normalizations.batch();
          case "MyGroupNorm" -> Normalizations.group(norm.get("num_groups").asInt());
          case "FRN3D" -> Normalizations.filterResponse();
          case "Identity" -> Normalizations.none();
          default -> throw new IllegalStateException(norm.toString());
        });
    JsonNode nonlinearity = built.get("nonlin");
    net.nonlinearity(
        switch (nonlinearity.get("class").asText()) {
          case "LeakyReLU" ->
              Nonlinearities.leakyRelu(nonlinearity.get("negative_slope").asDouble());
          case "ReLU" -> Nonlinearities.relu();
          case "GeLU" -> Nonlinearities.gelu();
          case "Mish" -> Nonlinearities.mish();
          case "Identity" -> Nonlinearities.identity();
          default -> throw new IllegalStateException(nonlinearity.toString());
        });
    return net.nonlinearityFirst(built.path("order").asText("").equals("conv-nonlin-norm"));
  }
}
