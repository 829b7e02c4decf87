package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.StandardAugmentation;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every trainer class of v2 says of itself, once it is made for a plan, against the row of its
 * name: lengths, batch, optimizer, rates, clipping, deep supervision, augmentation, mirroring.
 */
class TrainerFactsV2Test {
  private static final Map<String, Integer> RANKS = Map.of("3d_fullres", 3, "2d", 2);

  static Stream<JsonNode> trainers() {
    return Stream.of("v2_trainers", "v2_pretrained")
        .flatMap(file -> Reference.cases("trainers", file).stream());
  }

  private static String name(JsonNode golden) {
    return golden.get("trainer").textValue();
  }

  static Stream<Arguments> named() {
    return trainers().map(golden -> Arguments.of(name(golden), golden));
  }

  private static Experiment planned(JsonNode golden, String configuration, Extent patch) {
    int batch = golden.get("plan_batch_size").intValue();
    int rank = RANKS.get(configuration);
    return RowExperiments.of(rank, c -> c.patch(patch).batchSize(batch).topology(network(rank)));
  }

  /** That of the plan. */
  private static UNet network(int rank) {
    List<List<Integer>> strides =
        new ArrayList<>(Collections.nCopies(4, Collections.nCopies(rank, 2)));
    strides.set(0, Collections.nCopies(rank, 1));
    List<List<Integer>> kernels = Collections.nCopies(4, Collections.nCopies(rank, 3));
    return Topologies.plainUNet(List.of(32, 64, 128, 256), kernels, strides).build();
  }

  private static Extent patch(JsonNode sizes) {
    return Extent.of(Reference.integers(sizes).stream().mapToInt(i -> i).toArray());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("named")
  void hasTheConstantsOfTheClass(String name, JsonNode golden) {
    TrainerRow row = Trainers.find(Version.V2, name);
    Experiment experiment = row.on(planned(golden, "3d_fullres", Extent.of(40, 56, 40)));
    TrainerConfig config = row.settings(experiment).build();
    assertThat(config.epochs()).isEqualTo(golden.get("epochs").intValue());
    assertThat(config.iterations()).isEqualTo(golden.get("iterations").intValue());
    assertThat(config.validationIterations())
        .isEqualTo(golden.get("validation_iterations").intValue());
    assertThat(config.batchSize()).isEqualTo(golden.get("batch_size").intValue());
    assertThat(config.clipNorm()).isEqualTo(golden.get("clip_norm").doubleValue());
    assertThat(config.deepSupervision().isPresent())
        .isEqualTo(golden.get("deep_supervision").booleanValue());
    JsonNode weights = golden.get("deep_supervision_weights");
    assertThat(config.deepSupervision().map(DeepSupervision::weights).orElse(List.of()))
        .isEqualTo(Reference.list(weights).stream().map(JsonNode::doubleValue).toList());
    assertThat(config.optimizer()).isEqualTo(Reference.optimizer(golden.get("optimizer")));
    for (JsonNode rate : golden.get("lr")) {
      Progress progress = new Progress(rate.get(0).intValue(), config.epochs());
      double expected = rate.get(1).doubleValue();
      assertThat(config.schedule().at(progress).learningRate())
          .as(progress.toString())
          .isCloseTo(expected, within(expected * 1e-12 + 1e-15));
    }
  }

  static Stream<Arguments> augmented() {
    return trainers()
        .flatMap(
            golden ->
                golden.get("augmentation").properties().stream()
                    .filter(entry -> !entry.getValue().has("error"))
                    .filter(entry -> entry.getKey().equals("3d_fullres") || !isSpatial(golden))
                    .map(entry -> Arguments.of(name(golden), entry.getKey(), golden)));
  }

  /** The transformers have three dimensions. */
  private static boolean isSpatial(JsonNode golden) {
    return name(golden).contains("Primus");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("augmented")
  void augmentsAndMirrorsAsTheClass(String name, String configuration, JsonNode golden) {
    JsonNode facts = golden.get("augmentation").get(configuration);
    Extent usual = configuration.equals("2d") ? Extent.of(56, 40) : Extent.of(40, 56, 40);
    Experiment planned = planned(golden, configuration, usual);
    TrainerRow row = Trainers.find(Version.V2, name);
    Experiment experiment = row.on(planned);
    TrainerConfig config = row.settings(experiment).build();
    Extent patch = patch(facts.get("patch_size"));
    assertThat(experiment.configuration().patch()).isEqualTo(patch);
    assertThat(config.mirrorAxes()).isEqualTo(axes(facts.get("mirror_axes")));
    assertThat(config.mirrorAxes()).isEqualTo(axes(facts.get("mirrored_by_prediction")));
    assertThat(config.augmentation().inputExtent(space(patch)))
        .isEqualTo(space(patch(facts.get("initial_patch_size"))));
    if (config.augmentation() instanceof StandardAugmentation standard) {
      assertThat(standard.dummy2d()).isEqualTo(facts.get("dummy_2d").booleanValue());
      assertThat(standard.rotation()).isCloseTo(facts.get("rotation").doubleValue(), within(1e-12));
    }
    // the same steps as another class exactly where the reference has the same
    String alike = facts.get("transforms_but_mirroring_as").textValue();
    TrainerRow other = Trainers.find(Version.V2, alike);
    assertThat(stepsButMirroring(config.augmentation()))
        .isEqualTo(stepsButMirroring(other.settings(other.on(planned)).build().augmentation()));
  }

  private static Extent space(Extent patch) {
    return patch.rank() == 3 ? patch : Extent.of(1, patch.get(0), patch.get(1));
  }

  private static Set<Integer> axes(JsonNode axes) {
    return axes.isNull() ? Set.of() : new HashSet<>(Reference.integers(axes));
  }

  private static List<String> stepsButMirroring(Augmentation augmentation) {
    return augmentation instanceof StandardAugmentation standard
        ? standard.steps().stream()
            .map(Object::toString)
            .filter(step -> !step.startsWith("Mirror"))
            .toList()
        : List.of(augmentation.toString());
  }

  @Test
  void classesOfOtherStepsAreToldApart() {
    Map<String, List<String>> chains =
        trainers()
            .filter(golden -> golden.at("/augmentation/3d_fullres/patch_size/0").intValue() == 40)
            .map(g -> g.at("/augmentation/3d_fullres/transforms_but_mirroring_as").textValue())
            .distinct()
            .collect(
                Collectors.toMap(
                    name -> name,
                    name -> {
                      TrainerRow row = Trainers.find(Version.V2, name);
                      Experiment planned =
                          RowExperiments.of(3, c -> c.patch(Extent.of(40, 56, 40)).batchSize(2));
                      return stepsButMirroring(
                          row.settings(row.on(planned)).build().augmentation());
                    }));
    assertThat(chains.size()).isGreaterThan(4);
    assertThat(chains.values()).doesNotHaveDuplicates();
  }

  @Test
  void noClassIsLeftOut() {
    Set<String> checked = trainers().map(TrainerFactsV2Test::name).collect(Collectors.toSet());
    Trainers.rows()
        .filter(row -> row.version() == Version.V2 && row.edits().isPresent())
        .forEach(row -> assertThat(checked).containsAll(row.names()));
  }
}
