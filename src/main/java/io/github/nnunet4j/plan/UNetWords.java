package io.github.nnunet4j.plan;

import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.network.Decoder;
import io.github.nnunet4j.network.Initialization;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.network.Normalization;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.network.UNet.Encoder;
import io.github.nnunet4j.network.UNetStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** nnU-Net's words and arguments for U-Nets. */
final class UNetWords implements StrategyCodec<NetworkTopology> {
  static final String PACKAGE = "dynamic_network_architectures.architectures.unet.";
  static final String PLAIN = PACKAGE + "PlainConvUNet";
  static final String RESIDUAL = PACKAGE + "ResidualEncoderUNet";
  static final String RESIDUAL_DECODER = PACKAGE + "ResidualUNet";
  static final String GENERIC = "nnunet.network_architecture.generic_UNet.Generic_UNet";
  static final String FABIANS =
      "nnunet.network_architecture.generic_modular_residual_UNet.FabiansUNet";

  private static final String CONVOLUTION = "torch.nn.modules.conv.Conv";
  private static final Set<String> COMMON =
      Set.of(
          "n_stages",
          "features_per_stage",
          "conv_op",
          "kernel_sizes",
          "strides",
          "n_conv_per_stage_decoder",
          "conv_bias",
          "norm_op",
          "norm_op_kwargs",
          "dropout_op",
          "dropout_op_kwargs",
          "nonlin",
          "nonlin_kwargs",
          "nonlin_first");

  /** The words of all U-Nets. */
  static final List<String> ALL = List.of(PLAIN, RESIDUAL, RESIDUAL_DECODER, GENERIC, FABIANS);

  private static final Set<String> OPTIONS = UNetOptionWords.keys();

  private final Layers layers;

  /** How the parts of a network are written and read. */
  record Layers(
      Function<Normalization, Fields> writeNorm,
      Function<Nonlinearity, Fields> writeNonlinearity,
      Function<Fields, Normalization> readNorm,
      Function<Fields, Nonlinearity> readNonlinearity,
      StrategyCodec<Initialization> initialization) {}

  UNetWords(Layers layers) {
    this.layers = layers;
  }

  @Override
  public Optional<Fields> encode(NetworkTopology strategy) {
    if (!(strategy instanceof UNet net)) {
      return Optional.empty();
    }
    Optional<Fields> initialization = layers.initialization().encode(net.style().initialization());
    if (initialization.isEmpty()) {
      return Optional.empty();
    }
    boolean residual = net.encoder() == Encoder.RESIDUAL;
    String dimensions = net.rank() + "d";
    Fields fields =
        Fields.of(word(net))
            .with("n_stages", net.stages())
            .with("features_per_stage", net.features())
            .with("conv_op", CONVOLUTION + dimensions)
            .with("kernel_sizes", net.kernels())
            .with("strides", net.strides())
            .with(residual ? "n_blocks_per_stage" : "n_conv_per_stage", net.encoderBlocks())
            .with("n_conv_per_stage_decoder", net.decoderBlocks())
            .with("conv_bias", net.convolutionBias());
    Fields norm = layers.writeNorm().apply(net.normalization());
    boolean torch =
        norm.word().equals(NetworkWords.INSTANCE) || norm.word().equals(NetworkWords.BATCH);
    fields =
        UNetOptionWords.writeDropout(
            layer(fields, "norm_op", torch ? norm.word() + dimensions : norm.word(), norm.values()),
            net);
    Fields nonlinearity = layers.writeNonlinearity().apply(net.nonlinearity());
    fields = layer(fields, "nonlin", nonlinearity.word(), nonlinearity.values());
    if (net.nonlinearityFirst()) {
      fields = fields.with("nonlin_first", true);
    }
    UNetStyle standard = standard(word(net), net.rank());
    fields = UNetOptionWords.write(fields, net.style(), standard);
    return Optional.of(
        net.style().initialization().equals(standard.initialization())
            ? fields
            : UNetOptionWords.writeInitialization(fields, initialization.get()));
  }

  private static String word(UNet net) {
    return switch (net.style().naming()) {
      case V1_GENERIC -> GENERIC;
      case V1_RESIDUAL -> FABIANS;
      case V2 ->
          net.encoder() == Encoder.PLAIN
              ? PLAIN
              : net.style().decoder().residual() ? RESIDUAL_DECODER : RESIDUAL;
    };
  }

  /** The style that a word stands for. */
  private static UNetStyle standard(String word, int rank) {
    return switch (word) {
      case RESIDUAL_DECODER -> UNetStyle.standard().withDecoder(Decoder.plain().withResidual(true));
      case GENERIC -> UNetStyle.generic();
      case FABIANS -> UNetStyle.fabians(rank);
      default -> UNetStyle.standard();
    };
  }

  private static Fields layer(
      Fields fields, String key, String word, Map<String, @Nullable Object> values) {
    boolean none = word.equals(NetworkWords.NULL);
    return fields.with(key, none ? null : word).with(key + "_kwargs", none ? null : values);
  }

  @Override
  public Optional<NetworkTopology> decode(Fields fields) {
    if (!ALL.contains(fields.word())) {
      return Optional.empty();
    }
    boolean residual = !Set.of(PLAIN, GENERIC).contains(fields.word());
    String blocks = residual ? "n_blocks_per_stage" : "n_conv_per_stage";
    requireKnown(fields, blocks);
    List<Integer> features = ints(fields.list("features_per_stage"), "features_per_stage");
    int stages = features.size();
    Checks.argument(
        fields.number("n_stages") == stages,
        "\"n_stages\" is %s, features are given for %s",
        fields.number("n_stages"),
        stages);
    List<List<Integer>> kernels = lists(fields, "kernel_sizes");
    int rank = kernels.get(0).size();
    UNet net =
        UNet.builder(features, kernels, lists(fields, "strides"))
            .style(UNetOptionWords.read(fields, standard(fields.word(), rank), stages))
            .style(
                style -> UNetOptionWords.readInitialization(fields, style, layers.initialization()))
            .style(style -> style.withDropout(UNetOptionWords.readDropout(fields, rank)))
            .encoder(residual ? Encoder.RESIDUAL : Encoder.PLAIN)
            .encoderBlocks(perStage(fields, blocks, stages))
            .decoderBlocks(perStage(fields, "n_conv_per_stage_decoder", stages - 1))
            .convolutionBias(fields.bool("conv_bias"))
            .normalization(norm(fields))
            .nonlinearity(layers.readNonlinearity().apply(part(fields, "nonlin")))
            .nonlinearityFirst(
                fields.values().containsKey("nonlin_first") && fields.bool("nonlin_first"))
            .build();
    String convolution = CONVOLUTION + net.rank() + "d";
    Checks.argument(
        fields.text("conv_op").equals(convolution),
        "\"conv_op\" must be %s for these kernels, was %s",
        convolution,
        fields.text("conv_op"));
    return Optional.of(net);
  }

  private static void requireKnown(Fields fields, String blocks) {
    for (String key : fields.values().keySet()) {
      Checks.argument(
          COMMON.contains(key) || OPTIONS.contains(key) || key.equals(blocks),
          "\"%s\" is none of %s, %s and %s",
          key,
          COMMON,
          OPTIONS,
          blocks);
    }
  }

  private Normalization norm(Fields fields) {
    Fields norm = part(fields, "norm_op");
    String word = norm.word();
    for (String torch : List.of(NetworkWords.INSTANCE, NetworkWords.BATCH)) {
      int rank = lists(fields, "kernel_sizes").get(0).size();
      if (word.equals(torch + rank + "d")) {
        Fields plain = Fields.of(torch);
        for (Map.Entry<String, @Nullable Object> value : norm.values().entrySet()) {
          plain = plain.with(value.getKey(), value.getValue());
        }
        return layers.readNorm().apply(plain);
      }
    }
    return layers.readNorm().apply(norm);
  }

  private static Fields part(Fields fields, String key) {
    if (!fields.values().containsKey(key)) {
      throw new IllegalArgumentException("\"" + key + "\" is missing");
    }
    if (fields.values().get(key) == null) {
      return Fields.of(NetworkWords.NULL);
    }
    Fields part = Fields.of(fields.text(key));
    if (fields.values().get(key + "_kwargs") instanceof Map<?, ?> values) {
      for (Map.Entry<?, ?> value : values.entrySet()) {
        part = part.with(String.valueOf(value.getKey()), value.getValue());
      }
    }
    return part;
  }

  /** A number for all stages or a list of one per stage, as the reference allows. */
  private static List<Integer> perStage(Fields fields, String key, int stages) {
    if (fields.values().get(key) instanceof Number number) {
      return Collections.nCopies(stages, number.intValue());
    }
    return ints(fields.list(key), key);
  }

  private static List<List<Integer>> lists(Fields fields, String key) {
    List<List<Integer>> out = new ArrayList<>();
    for (Object element : fields.list(key)) {
      if (!(element instanceof List<?> list)) {
        throw new IllegalArgumentException("\"" + key + "\" must be a list of lists");
      }
      out.add(ints(list, key));
    }
    if (out.isEmpty()) {
      throw new IllegalArgumentException("\"" + key + "\" must not be empty");
    }
    return out;
  }

  private static List<Integer> ints(List<?> list, String key) {
    List<Integer> out = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof Number number) || number.doubleValue() != number.intValue()) {
        throw new IllegalArgumentException(
            "\"" + key + "\" must hold whole numbers, found " + element);
      }
      out.add(number.intValue());
    }
    return out;
  }
}
