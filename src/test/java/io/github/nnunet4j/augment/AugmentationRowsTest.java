package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.preprocess.Recipe.ChannelRecipe;
import io.github.nnunet4j.samples.trainers.RowExperiments;
import io.github.nnunet4j.samples.trainers.TrainerRow;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.samples.trainers.Trainers;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the guide page's rows augment by: the list of steps with all parameters, the patch that is
 * cut, and the axes that prediction mirrors, each as the reference's trainer has it.
 */
class AugmentationRowsTest {
  /** Trainers whose chain is, in the reference, inherited from another one's. */
  private static final Map<String, String> INHERITED =
      Map.of(
          "nnUNetTrainerV2_DA3_BN", "nnUNetTrainerV2_DA3",
          "nnUNetTrainerV2_ResencUNet_DA3", "nnUNetTrainerV2_DA3",
          "nnUNetTrainerV2_ResencUNet_DA3_BN", "nnUNetTrainerV2_DA3",
          "nnUNetTrainerV2_ResencUNet_SimonsInit_DA5", "nnUNetTrainerV2_DA5",
          "nnUNetTrainerV2CascadeFullRes_lowerLR", "nnUNetTrainerV2CascadeFullRes",
          "nnUNetTrainerV2CascadeFullRes_shorter", "nnUNetTrainerV2CascadeFullRes",
          "nnUNetTrainerV2CascadeFullRes_shorter_lowerLR", "nnUNetTrainerV2CascadeFullRes",
          "nnUNetTrainerV2BraTSRegions_DA3", "nnUNetTrainerV2BraTSRegions_DA3_BN",
          "nnUNetTrainerV2BraTSRegions_DA4_BN_BD", "nnUNetTrainerV2BraTSRegions_DA4_BN");

  static Stream<Arguments> chains() {
    List<Arguments> all = new ArrayList<>();
    for (Version version : Version.values()) {
      boolean first = version == Version.V1;
      for (JsonNode golden : Goldens.cases(first ? "chains_v1" : "chains_v2")) {
        if (golden.get("name").asText().startsWith("validation")) {
          continue;
        }
        String trainer = golden.get("trainer").asText();
        all.add(arguments(version, trainer, golden));
        INHERITED.forEach(
            (name, from) -> {
              if (first && from.equals(trainer)) {
                all.add(arguments(version, name, golden));
              }
            });
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("chains")
  void hasTheStepsOfTheTrainer(Version version, String name, JsonNode golden) {
    TrainerRow row = Trainers.find(version, name);
    TrainerConfig config = row.settings(row.on(experiment(golden))).build();
    GoldenChainsTest.check(golden, version == Version.V1, config.augmentation());
    assertThat(config.augmentation().toString()).doesNotContain("Lambda", "@");
    assertThat(config.mirrorAxes()).isEqualTo(mirrored(golden));
    Extent cut = config.augmentation().inputExtent(Goldens.patch(golden.get("patch_size")));
    // without augmentation the file has a size that the trainer overrides: it cuts the plain patch
    boolean enlarged = config.augmentation() instanceof StandardAugmentation;
    assertThat(cut)
        .isEqualTo(Goldens.patch(golden.get(enlarged ? "initial_patch_size" : "patch_size")));
  }

  private static Set<Integer> mirrored(JsonNode golden) {
    for (JsonNode step : golden.get("steps")) {
      if (step.get("transform").asText().equals("mirror")) {
        JsonNode p = step.get("parameters");
        return Goldens.ints(p.has("axes") ? p.get("axes") : p.get("allowed_axes"));
      }
    }
    return Set.of();
  }

  private static Experiment experiment(JsonNode golden) {
    Extent patch = Goldens.extent(golden.get("patch_size"));
    Set<Integer> masked = GoldenChainsTest.masked(golden);
    List<Integer> labels = GoldenChainsTest.labels(golden);
    int channels = masked.stream().mapToInt(c -> c + 1).max().orElse(1);
    Consumer<Configuration.Builder> edit =
        c ->
            c.patch(patch)
                .batchSize(2)
                .recipe(r -> r.channels(recipes(c.build().recipe().channels(), masked)));
    return labels.isEmpty()
        ? RowExperiments.of(patch.rank(), channels, 2, edit)
        : RowExperiments.cascade(labels.size(), edit);
  }

  private static List<ChannelRecipe> recipes(List<ChannelRecipe> channels, Set<Integer> masked) {
    return IntStream.range(0, channels.size())
        .mapToObj(
            c ->
                new ChannelRecipe(
                    channels.get(c).normalization(),
                    masked.contains(c),
                    channels.get(c).statistics()))
        .toList();
  }

  @Test
  void aCascadesDefaultsNeedNoTrainerOfTheirOwn() {
    JsonNode golden =
        Goldens.cases("chains_v2").stream()
            .filter(c -> c.get("name").asText().equals("default cascade"))
            .findFirst()
            .orElseThrow();
    TrainerRow row = Trainers.find(Version.V2, "nnUNetTrainer");
    TrainerConfig config = row.settings(row.on(experiment(golden))).build();
    assertThat(config.augmentation().toString())
        .contains("BinaryOperators", "ComponentRemoval", "PreviousStage");
  }

  /** Every chain among the rows has a golden one, so none is checked by its name alone. */
  @Test
  void everyAugmentationTrainerOfVersion1HasAGolden() {
    List<String> checked =
        chains()
            .filter(arguments -> arguments.get()[0] == Version.V1)
            .map(arguments -> (String) arguments.get()[1])
            .toList();
    for (Trainers.Group group : Trainers.groups()) {
      if (group.title().equals("Augmentation") || group.title().equals("Cascade")) {
        for (TrainerRow row : group.rows()) {
          if (row.version() == Version.V1 && !row.names().contains("nnUNetTrainerCascadeFullRes")) {
            assertThat(checked).containsAll(row.names());
          }
        }
      }
    }
  }
}
