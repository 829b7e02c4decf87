package io.github.nnunet4j.network;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A network of the reference with its weights, inputs, outputs and gradients. */
record GoldenCase(JsonNode json) {
  private static final Path FOLDER = Path.of("src/test/resources/golden/networks");

  static Stream<GoldenCase> read(String file) throws IOException {
    return StreamSupport.stream(Json.read(FOLDER.resolve(file)).get("cases").spliterator(), false)
        .map(GoldenCase::new);
  }

  String name() {
    return json.get("name").asText();
  }

  JsonNode arguments() {
    return json.get("architecture").get("arch_kwargs");
  }

  /** Whether plain values of {@link UNet} can say it; dropout, pooling and others cannot yet. */
  boolean isCovered() {
    JsonNode architecture = json.get("architecture");
    if (architecture == null) {
      return false;
    }
    String network = architecture.get("network_class_name").asText();
    return Set.of("PlainConvUNet", "ResidualEncoderUNet")
            .contains(network.substring(network.lastIndexOf('.') + 1))
        && arguments().path("dropout_op").isNull()
        && !json.has("pool")
        && !json.has("encoder_options")
        && !arguments().path("block").asText("BasicBlockD").endsWith("BottleneckD")
        && !arguments().path("nonlin").asText().endsWith("PReLU")
        && arguments().path("stem_channels").isMissingNode();
  }

  UNet network() {
    JsonNode a = arguments();
    boolean residual =
        json.get("architecture").get("network_class_name").asText().endsWith("ResidualEncoderUNet");
    return UNet.builder(
            ints(a.get("features_per_stage")),
            lists(a.get("kernel_sizes")),
            lists(a.get("strides")))
        .encoder(residual ? UNet.Encoder.RESIDUAL : UNet.Encoder.PLAIN)
        .encoderBlocks(ints(a.get(residual ? "n_blocks_per_stage" : "n_conv_per_stage")))
        .decoderBlocks(ints(a.get("n_conv_per_stage_decoder")))
        .convolutionBias(a.get("conv_bias").asBoolean())
        .normalization(normalization())
        .nonlinearity(nonlinearity())
        .nonlinearityFirst(a.path("nonlin_first").asBoolean(false))
        .build();
  }

  private Normalization normalization() {
    JsonNode norm = json.get("norm");
    if (norm != null) {
      return Normalizations.group(norm.get("groups").asInt());
    }
    String word = arguments().get("norm_op").asText();
    JsonNode options = arguments().get("norm_op_kwargs");
    if (arguments().get("norm_op").isNull()) {
      return Normalizations.none();
    }
    double eps = options.get("eps").asDouble();
    boolean affine = options.get("affine").asBoolean();
    return word.contains("InstanceNorm")
        ? new Normalizations.Instance(eps, affine)
        : new Normalizations.Batch(eps, affine, options.path("momentum").asDouble(0.1));
  }

  private Nonlinearity nonlinearity() {
    JsonNode options = arguments().get("nonlin_kwargs");
    return switch (arguments().get("nonlin").asText()) {
      case "torch.nn.LeakyReLU" ->
          Nonlinearities.leakyRelu(options.path("negative_slope").asDouble(0.01));
      case "torch.nn.ReLU" -> Nonlinearities.relu();
      case "torch.nn.GELU" ->
          options.has("approximate") ? Nonlinearities.geluTanh() : Nonlinearities.gelu();
      case "torch.nn.Mish" -> Nonlinearities.mish();
      case "torch.nn.ELU" -> Nonlinearities.elu();
      case "torch.nn.SELU" -> Nonlinearities.selu();
      case "torch.nn.SiLU" -> Nonlinearities.silu();
      case "null" -> Nonlinearities.identity();
      default -> throw new IllegalStateException(arguments().get("nonlin").asText());
    };
  }

  Safetensors.Content tensors() throws IOException {
    return Safetensors.read(FOLDER.resolve(json.get("file").asText()));
  }

  static List<Integer> ints(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(JsonNode::asInt).toList();
  }

  static List<List<Integer>> lists(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false).map(GoldenCase::ints).toList();
  }

  @Override
  public String toString() {
    return name();
  }
}
