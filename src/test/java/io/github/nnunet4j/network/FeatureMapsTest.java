package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Full-size networks of the reference: numbers of parameters and memory estimates. */
class FeatureMapsTest {
  static Stream<GoldenCase> configurations() throws IOException {
    return GoldenCase.read("counts-v2.json").filter(golden -> golden.json().has("architecture"));
  }

  static Stream<GoldenCase> generic() throws IOException {
    return GoldenCase.read("counts-v1.json")
        .filter(golden -> golden.json().get("network").asText().equals("Generic_UNet"));
  }

  static Stream<GoldenCase> residual() throws IOException {
    return GoldenCase.read("counts-v1.json")
        .filter(golden -> golden.json().get("network").asText().equals("FabiansUNet"));
  }

  static Stream<GoldenCase> all() throws IOException {
    return Stream.concat(configurations(), GoldenCase.read("counts-v1.json"));
  }

  private static Extent patch(GoldenCase golden) {
    return Extent.of(
        GoldenCase.ints(golden.json().get("patch")).stream().mapToInt(Integer::intValue).toArray());
  }

  private static long values(GoldenCase golden, UNet net) {
    int inputs = golden.json().get("input_channels").asInt();
    int outputs = golden.json().get("num_classes").asInt();
    return net.featureMapValues(patch(golden), inputs, outputs);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void countTheValuesThatThePlannerComparesWithItsReference(GoldenCase golden) {
    assertThat(values(golden, golden.network()))
        .isEqualTo(golden.json().get("feature_map_size").asLong());
  }

  @ParameterizedTest
  @MethodSource("generic")
  void countTheValuesOfTheGenericUNetWithThePlannersCap(GoldenCase golden) {
    // Q10: the 2D planner caps the features at 512, the network at 480; its first question has 30
    UNet net = golden.network();
    int most = golden.json().get("planner_max_features").asInt();
    assertThat(values(golden, capped(net, 32, most)))
        .isEqualTo(golden.json().get("vram_estimate").asLong());
    assertThat(values(golden, capped(net, 30, most)))
        .isEqualTo(golden.json().get("vram_estimate_base30").asLong());
  }

  /** Networks on their own: sizes that the strides do not divide, blocks of all numbers. */
  static Stream<GoldenCase> alone() throws IOException {
    Path file = Path.of("src/test/resources/golden/planning/v2_memory.json");
    return StreamSupport.stream(Json.read(file).get("cases").spliterator(), false)
        .map(GoldenCase::new);
  }

  private static UNet alone(JsonNode json) {
    boolean residual = json.get("network").asText().equals("ResidualEncoderUNet");
    List<List<Integer>> strides = GoldenCase.lists(json.get("strides"));
    int rank = json.get("dimensions").asInt();
    List<Integer> three = Collections.nCopies(rank, 3);
    return UNet.builder(
            GoldenCase.ints(json.get("features_per_stage")),
            Collections.nCopies(strides.size(), three),
            strides)
        .encoder(residual ? UNet.Encoder.RESIDUAL : UNet.Encoder.PLAIN)
        .encoderBlocks(GoldenCase.ints(json.get("blocks_or_convs_per_stage")))
        .decoderBlocks(GoldenCase.ints(json.get("n_conv_per_stage_decoder")))
        .build();
  }

  /** The heads below the first, which the planner leaves out: {@code featureMapValues} does too. */
  private static long lowerHeads(JsonNode json) {
    List<List<Integer>> strides = GoldenCase.lists(json.get("strides"));
    List<Integer> size = new ArrayList<>(GoldenCase.ints(json.get("patch_size")));
    long values = 0;
    for (int s = 0; s < strides.size() - 1; s++) {
      long map = json.get("num_classes").asLong();
      for (int axis = 0; axis < size.size(); axis++) {
        size.set(axis, size.get(axis) / strides.get(s).get(axis));
        map *= size.get(axis);
      }
      values += s == 0 ? 0 : map;
    }
    return values;
  }

  @ParameterizedTest
  @MethodSource("alone")
  void countTheValuesOfNetworksWhoseStridesDoNotDivideThePatch(GoldenCase golden) {
    JsonNode json = golden.json();
    int[] patch =
        GoldenCase.ints(json.get("patch_size")).stream().mapToInt(Integer::intValue).toArray();
    long found =
        alone(json)
            .featureMapValues(
                Extent.of(patch),
                json.get("input_channels").asInt(),
                json.get("num_classes").asInt());
    long heads = json.get("deep_supervision").asBoolean() ? lowerHeads(json) : 0;
    assertThat(found + heads).isEqualTo(json.get("total").asLong());
  }

  private static UNet capped(UNet net, int base, int most) {
    return net.toBuilder().features(Topologies.features(base, 2, most, net.stages())).build();
  }

  @ParameterizedTest
  @MethodSource("residual")
  void countTheValuesOfTheResidualUNetOfV1(GoldenCase golden) {
    assertThat(2.0 * values(golden, golden.network()))
        .isEqualTo(golden.json().get("vram_estimate_batch2").asDouble());
  }

  @Tag("engine")
  @ParameterizedTest
  @MethodSource("all")
  void haveAsManyParametersAsTheReference(GoldenCase golden) {
    assertThat(
            parameters(
                golden.network(),
                golden.json().get("input_channels").asInt(),
                golden.json().get("num_classes").asInt()))
        .isEqualTo(golden.json().get("parameters").asLong());
  }

  static long parameters(NetworkTopology net, int inputs, int outputs) {
    TorchBlock block = (TorchBlock) net.build(inputs, outputs, true);
    return block.torchParameters().values().stream()
        .filter(parameter -> parameter.requiresGradient())
        .mapToLong(parameter -> parameter.getShape().size())
        .sum();
  }

  /** The plans of v1-trainers.json. */
  private static List<List<Integer>> strides(int rank) {
    if (rank == 2) {
      List<List<Integer>> strides = new ArrayList<>(Collections.nCopies(7, List.of(2, 2)));
      strides.set(0, List.of(1, 1));
      return strides;
    }
    List<Integer> flat = List.of(1, 2, 2);
    List<Integer> cube = List.of(2, 2, 2);
    return List.of(List.of(1, 1, 1), flat, flat, cube, cube, flat, flat);
  }

  private static List<List<Integer>> kernels(int rank) {
    if (rank == 2) {
      return Collections.nCopies(7, List.of(3, 3));
    }
    List<List<Integer>> kernels = new ArrayList<>(Collections.nCopies(7, List.of(3, 3, 3)));
    kernels.set(0, List.of(1, 3, 3));
    kernels.set(1, List.of(1, 3, 3));
    return kernels;
  }

  @Tag("engine")
  @Test
  void everyTrainerOfV1BuildsANetworkOfTheReferencesSize() throws IOException {
    Path file = Path.of("src/test/resources/golden/networks/v1-trainers.json");
    int checked = 0;
    for (JsonNode group : Json.read(file).get("cases")) {
      for (JsonNode built : group.get("results")) {
        if (built.has("parameters")) {
          UNet net = trainers(group.get("trainers").get(0).asText(), built);
          assertThat(net.features()).isEqualTo(GoldenCase.ints(built.get("features_per_stage")));
          assertThat(parameters(net, 2, 3))
              .as(group.get("trainers") + " " + net)
              .isEqualTo(built.get("parameters").asLong());
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(35);
  }

  private static UNet trainers(String trainer, JsonNode built) {
    int rank = built.get("dimensions").asInt();
    if (built.get("network").asText().equals("FabiansUNet")) {
      return GoldenV1.strategies(built, Topologies.fabiansUNet(32, kernels(rank), strides(rank)))
          .build();
    }
    int base = trainer.equals("nnUNetTrainerV2_3ConvPerStage") ? 24 : 32;
    int convolutions = built.get("convolutions_per_stage").asInt();
    List<List<Integer>> kernels =
        trainer.equals("nnUNetTrainerV2_allConv3x3")
            ? Collections.nCopies(7, Collections.nCopies(rank, 3))
            : kernels(rank);
    UNet.Builder net =
        Topologies.genericUNet(base, kernels, strides(rank)).blocks(convolutions, convolutions);
    if (built.get("seg_output_use_bias").asBoolean()) {
      net.style(s -> s.withDecoder(s.decoder().with(Decoder.Heads.BIASED)));
    }
    return GoldenV1.strategies(built, net).build();
  }
}
