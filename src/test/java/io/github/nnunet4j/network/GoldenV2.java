package io.github.nnunet4j.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The U-Nets of nnU-Net v2 from the arguments of their constructors. */
final class GoldenV2 {
  private GoldenV2() {}

  static UNet network(JsonNode json) {
    JsonNode a = json.get("architecture").get("arch_kwargs");
    String name = json.get("architecture").get("network_class_name").asText();
    boolean residual = !name.endsWith("PlainConvUNet");
    List<Integer> features = GoldenCase.ints(a.get("features_per_stage"));
    String blocks = residual ? "n_blocks_per_stage" : "n_conv_per_stage";
    return UNet.builder(
            features, GoldenCase.lists(a.get("kernel_sizes")), GoldenCase.lists(a.get("strides")))
        .encoder(residual ? UNet.Encoder.RESIDUAL : UNet.Encoder.PLAIN)
        .encoderBlocks(GoldenCase.perStage(a.get(blocks), features.size()))
        .decoderBlocks(GoldenCase.perStage(a.get("n_conv_per_stage_decoder"), features.size() - 1))
        .style(style(json, a, features.size(), name.endsWith(".ResidualUNet")))
        .build();
  }

  private static UNetStyle style(JsonNode json, JsonNode a, int stages, boolean residualDecoder) {
    JsonNode options = json.path("encoder_options");
    return UNetStyle.standard()
        .withConvolutionBias(a.get("conv_bias").asBoolean())
        .withNormalization(normalization(json, a))
        .withNonlinearity(nonlinearity(a))
        .withNonlinearityFirst(a.path("nonlin_first").asBoolean(false))
        .withDropout(a.get("dropout_op").isNull() ? 0 : a.at("/dropout_op_kwargs/p").asDouble())
        .withStem(Stem.of(a.path("stem_channels").asInt(0)))
        .withResidual(residual(a, options, stages))
        .withDecoder(Decoder.plain().withResidual(residualDecoder))
        .withDownsampling(
            downsampling(json.path("pool").asText(options.path("pool_type").asText("conv"))));
  }

  private static UNetStyle.Downsampling downsampling(String pool) {
    return switch (pool) {
      case "max" -> UNetStyle.Downsampling.MAX;
      case "avg" -> UNetStyle.Downsampling.MEAN;
      case "conv" -> UNetStyle.Downsampling.STRIDED;
      default -> throw new IllegalStateException(pool);
    };
  }

  private static ResidualBlocks residual(JsonNode a, JsonNode options, int stages) {
    ResidualBlocks blocks =
        a.path("block").asText("BasicBlockD").endsWith("BottleneckD")
            ? ResidualBlocks.bottleneck(GoldenCase.perStage(a.get("bottleneck_channels"), stages))
            : ResidualBlocks.basic();
    if (options.path("squeeze_excitation").asBoolean()) {
      double ratio = options.path("squeeze_excitation_reduction_ratio").asDouble(1.0 / 16);
      blocks = blocks.with(new SqueezeExcitation(ratio, false));
    }
    return blocks.withStochasticDepth(options.path("stochastic_depth_p").asDouble(0));
  }

  private static Normalization normalization(JsonNode json, JsonNode a) {
    JsonNode norm = json.get("norm");
    if (norm != null) {
      return Normalizations.group(norm.get("groups").asInt());
    }
    String word = a.get("norm_op").asText();
    JsonNode options = a.get("norm_op_kwargs");
    if (a.get("norm_op").isNull()) {
      return Normalizations.none();
    }
    double eps = options.get("eps").asDouble();
    boolean affine = options.get("affine").asBoolean();
    return word.contains("InstanceNorm")
        ? new Normalizations.Instance(eps, affine)
        : new Normalizations.Batch(eps, affine, options.path("momentum").asDouble(0.1));
  }

  private static Nonlinearity nonlinearity(JsonNode a) {
    JsonNode options = a.get("nonlin_kwargs");
    return switch (a.get("nonlin").asText()) {
      case "torch.nn.LeakyReLU" ->
          Nonlinearities.leakyRelu(options.path("negative_slope").asDouble(0.01));
      case "torch.nn.ReLU" -> Nonlinearities.relu();
      case "torch.nn.GELU" ->
          options.has("approximate") ? Nonlinearities.geluTanh() : Nonlinearities.gelu();
      case "torch.nn.Mish" -> Nonlinearities.mish();
      case "torch.nn.ELU" -> Nonlinearities.elu();
      case "torch.nn.SELU" -> Nonlinearities.selu();
      case "torch.nn.SiLU" -> Nonlinearities.silu();
      case "torch.nn.PReLU" -> Nonlinearities.prelu();
      case "null" -> Nonlinearities.identity();
      default -> throw new IllegalStateException(a.get("nonlin").asText());
    };
  }
}
