package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.samples.trainers.RowExperiments;
import io.github.nnunet4j.samples.trainers.TrainerRow;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.samples.trainers.Trainers;
import io.github.nnunet4j.train.TrainerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The networks of the guide page's rows against those that the reference's trainers build: facts
 * and sizes of every trainer of v1, outputs and gradients of one of each kind.
 */
@Tag("engine")
class NetworkRowsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/networks");
  private static final Map<UNet, Long> COUNTED = new HashMap<>();

  /** Every trainer of v1 that has a row, with what it builds from one 3D and one 2D plan. */
  static Stream<Arguments> trainersOfVersion1() throws IOException {
    List<Arguments> all = new ArrayList<>();
    for (JsonNode group : Json.read(FOLDER.resolve("v1-trainers.json")).get("cases")) {
      for (JsonNode name : group.get("trainers")) {
        if (hasRow(Version.V1, name.asText())) {
          group.get("results").forEach(built -> all.add(arguments(name.asText(), built)));
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(200);
    return all.stream();
  }

  private static boolean hasRow(Version version, String name) {
    return Trainers.rows().anyMatch(row -> row.version() == version && row.names().contains(name));
  }

  /** The plans that v1-trainers.json was made with. */
  private static UNet planned(int rank) {
    int stages = 7;
    if (rank == 2) {
      List<List<Integer>> strides = new ArrayList<>(Collections.nCopies(stages, List.of(2, 2)));
      strides.set(0, List.of(1, 1));
      return plain(Collections.nCopies(stages, List.of(3, 3)), strides);
    }
    List<Integer> flat = List.of(1, 2, 2);
    List<Integer> cube = List.of(2, 2, 2);
    List<List<Integer>> kernels = new ArrayList<>(Collections.nCopies(stages, List.of(3, 3, 3)));
    kernels.set(0, List.of(1, 3, 3));
    kernels.set(1, List.of(1, 3, 3));
    return plain(kernels, List.of(List.of(1, 1, 1), flat, flat, cube, cube, flat, flat));
  }

  private static UNet plain(List<List<Integer>> kernels, List<List<Integer>> strides) {
    return Topologies.plainUNet(Collections.nCopies(kernels.size(), 8), kernels, strides).build();
  }

  private static Experiment experiment(UNet planned) {
    int[] patch = planned.divisor().stream().mapToInt(d -> Math.max(4, 2 * d)).toArray();
    return RowExperiments.of(
        planned.rank(), c -> c.topology(planned).patch(Extent.of(patch)).batchSize(2));
  }

  @ParameterizedTest
  @MethodSource("trainersOfVersion1")
  void buildsTheNetworkOfTheTrainer(String name, JsonNode built) throws IOException {
    TrainerRow row = Trainers.find(Version.V1, name);
    if (row.edits().isEmpty()) {
      return;
    }
    Experiment experiment = row.on(experiment(planned(built.get("dimensions").asInt())));
    TrainerConfig config = row.settings(experiment).build();
    UNet net = (UNet) experiment.configuration().topology();
    assertThat(net.toString()).doesNotContain("Lambda", "@").contains("U-Net: features");
    if (!built.has("parameters")) {
      return; // fails in the reference
    }
    assertThat(net.features()).isEqualTo(GoldenCase.ints(built.get("features_per_stage")));
    if (built.has("encoder_kernel_sizes")) {
      assertThat(net.kernels()).isEqualTo(GoldenCase.lists(built.get("encoder_kernel_sizes")));
    }
    // norm, nonlinearity and their order are already what the facts would make of it
    assertThat(GoldenV1.strategies(built, net.toBuilder()).build()).isEqualTo(net);
    assertThat(net.convolutionBias()).isEqualTo(built.get("conv_bias").asBoolean());
    assertThat(net.style().decoder().heads() == Decoder.Heads.BIASED)
        .isEqualTo(built.get("seg_output_use_bias").asBoolean());
    if (built.has("init_negative_slope")) {
      assertThat(net.style().initialization())
          .isEqualTo(Initializations.he(built.get("init_negative_slope").asDouble()));
    }
    assertThat(config.deepSupervision().isPresent())
        .isEqualTo(built.get("deep_supervision").asBoolean());
    if (config.deepSupervision().isPresent()) {
      boolean residual = built.get("network").asText().equals("FabiansUNet");
      assertThat(config.deepSupervision().get().weights())
          .isEqualTo(weights(net.scales().size(), residual ? 1 : 0));
    }
    assertThat(COUNTED.computeIfAbsent(net, n -> FeatureMapsTest.parameters(n, 2, 3)))
        .isEqualTo(built.get("parameters").asLong());
  }

  /** Of the golden file; the residual network of v1 counts one output too many and cuts it off. */
  private static List<Double> weights(int outputs, int tooMany) throws IOException {
    for (JsonNode rule :
        Json.read(Path.of("src/test/resources/golden/losses/v1_deep_supervision.json"))
            .get("weights")) {
      if (rule.get("outputs").asInt() == outputs + tooMany
          && rule.get("rule").asText().startsWith("nnUNetTrainerV2 ")) {
        List<Double> all = new ArrayList<>();
        rule.get("weights").forEach(weight -> all.add(weight.asDouble()));
        return all.subList(0, outputs);
      }
    }
    throw new AssertionError(outputs);
  }

  static Stream<GoldenCase> outputsOfVersion1() throws IOException {
    return Stream.of("v1-generic.json", "v1-residual.json")
        .flatMap(NetworkRowsTest::cases)
        .filter(golden -> golden.json().get("trainer").isTextual())
        .filter(golden -> golden.json().path("conv_per_stage").asInt(2) == 2);
  }

  private static Stream<GoldenCase> cases(String file) {
    try {
      return GoldenCase.read(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The plan of a golden case, with the row's network in the case's number of features. */
  private static UNet ofRow(GoldenCase golden) {
    JsonNode json = golden.json();
    List<List<Integer>> kernels = GoldenCase.lists(json.get("conv_kernel_sizes"));
    List<List<Integer>> strides =
        new ArrayList<>(GoldenCase.lists(json.get("pool_op_kernel_sizes")));
    if (strides.size() < kernels.size()) {
      strides.add(0, Collections.nCopies(json.get("dimensions").asInt(), 1));
    }
    TrainerRow row = Trainers.find(Version.V1, json.get("trainer").asText());
    UNet net = (UNet) row.on(experiment(plain(kernels, strides))).configuration().topology();
    UNet.Builder small =
        net.toBuilder()
            .features(
                Topologies.features(
                    json.get("base_num_features").asInt(),
                    2,
                    json.get("max_num_features").asInt(),
                    kernels.size()));
    if (json.path("num_blocks_encoder").isArray()) {
      small
          .encoderBlocks(GoldenCase.ints(json.get("num_blocks_encoder")))
          .decoderBlocks(GoldenCase.ints(json.get("num_blocks_decoder")));
    }
    return small.build();
  }

  @ParameterizedTest
  @MethodSource("outputsOfVersion1")
  void givesTheOutputsOfTheTrainersNetwork(GoldenCase golden) throws IOException {
    compare(golden, ofRow(golden));
  }

  private static void compare(GoldenCase golden, UNet net) throws IOException {
    UNet meant = golden.network();
    assertThat(
            net.toBuilder()
                .style(s -> s.withInitialization(meant.style().initialization()))
                .build())
        .isEqualTo(meant);
    Safetensors.Content tensors = golden.tensors();
    Weights weights = GoldenNetworksTest.weights(tensors);
    for (JsonNode input : golden.json().get("inputs")) {
      for (String result :
          input.get("results").properties().stream().map(Map.Entry::getKey).toList()) {
        try (RunningNetwork network =
            RunningNetwork.load(net, golden.heads(), Device.cpu(), weights)) {
          GoldenNetworksTest.compareStep(network, tensors, input, result);
        }
      }
    }
  }

  static Stream<GoldenCase> batchNorms() throws IOException {
    return GoldenCase.read("v2-plain.json").filter(golden -> golden.name().equals("3d-batchnorm"));
  }

  @ParameterizedTest
  @MethodSource("batchNorms")
  void takesThePlansNetworkWithBatchNorm(GoldenCase golden) throws IOException {
    UNet planned = golden.network().toBuilder().normalization(Normalizations.instance()).build();
    TrainerRow row = Trainers.find(Version.V2, "nnUNetTrainerBN");
    UNet net = (UNet) row.on(experiment(planned)).configuration().topology();
    compare(golden, net);
    assertThat(net.normalization()).isEqualTo(Normalizations.batch());
  }

  /** Class names of the transformers to the golden files' names for their networks. */
  private static String sizeOf(String trainer) {
    return trainer
        .replaceFirst("^(nnUNet)?_", "")
        .replaceFirst("_(Trainer|[0-9]).*", "")
        .replace('_', ' ');
  }

  @Test
  void transformersHaveAsManyParametersAsTheReferences() throws IOException {
    Map<String, Long> counts = new HashMap<>();
    Json.read(FOLDER.resolve("counts-v2.json"))
        .get("cases")
        .forEach(c -> counts.put(c.get("name").asText(), c.get("parameters").asLong()));
    Json.read(FOLDER.resolve("v2-primus-embeddings.json"))
        .get("counts")
        .forEach(c -> counts.put(c.get("name").asText(), c.get("parameters").asLong()));
    List<String> checked = new ArrayList<>();
    Extent patch = Extent.of(96, 96, 96);
    for (TrainerRow row : Trainers.rows().toList()) {
      String name = row.names().get(0);
      if (!name.contains("Primus") || name.contains("Pretrained") || row.edits().isEmpty()) {
        continue;
      }
      Experiment experiment = row.on(RowExperiments.of(3, c -> c.patch(patch)));
      Primus net = (Primus) experiment.configuration().topology();
      assertThat(net.patch()).isEqualTo(experiment.configuration().patch());
      assertThat(net.dropPath()).isEqualTo(0.2);
      Primus same = new Primus(net.size(), net.embedding(), patch, net.dropPath());
      assertThat(FeatureMapsTest.parameters(same, 1, 3))
          .as(name)
          .isEqualTo(counts.get(sizeOf(name)));
      checked.add(name);
    }
    assertThat(checked).hasSize(18);
  }
}
