package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.StandardAugmentation;
import io.github.nnunet4j.augment.StandardChain;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.network.UNetStyle;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cascade rows in a cascade: length as in the reference, both stages of v1. Their chains are
 * compared with the golden ones beside those of the other augmentations.
 */
class CascadeRowsTest {
  private static final Experiment PLANNED =
      RowExperiments.cascade(2, c -> c.patch(Extent.of(40, 56, 40)));

  static Stream<JsonNode> lengths() {
    return Reference.cases("optimization", "v1_schedules").stream()
        .filter(golden -> golden.path("trainer").asText().contains("Cascade"));
  }

  private static TrainerConfig settings(String name) {
    TrainerRow row = Trainers.find(Version.V1, name);
    return row.settings(row.on(PLANNED)).build();
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void trainsAsLongAsTheTrainer(JsonNode golden) {
    assertThat(settings(golden.get("trainer").textValue()).epochs())
        .isEqualTo(golden.get("total_epochs").intValue());
  }

  @Test
  void bothStagesHaveTheNetworkOfVersion1() {
    Experiment experiment = Trainers.find(Version.V1, "nnUNetTrainerV2CascadeFullRes").on(PLANNED);
    for (Experiment stage : List.of(experiment, experiment.previousStage().orElseThrow())) {
      assertThat(((UNet) stage.configuration().topology()).style().naming())
          .isEqualTo(UNetStyle.Naming.V1_GENERIC);
    }
  }

  @Test
  void theFirstStageOfVersion1HasNoPreviousStage() {
    TrainerRow row = Trainers.find(Version.V1, "nnUNetTrainerV2CascadeFullRes");
    Experiment first = row.on(PLANNED).previousStage().orElseThrow();
    TrainerConfig config =
        row.edits()
            .orElseThrow()
            .firstStage()
            .orElseThrow()
            .edit(TrainerConfig.defaultsFor(first.configuration(), first.dataset().labels()), first)
            .build();
    assertThat(config.augmentation().toString()).doesNotContain("PreviousStage");
  }

  @Test
  void theCascadeOf2018IsItsBaseWithThePreviousStage() {
    TrainerConfig cascade = settings("nnUNetTrainerCascadeFullRes");
    TrainerConfig base = settings("nnUNetTrainer");
    assertThat(cascade.optimizer()).isEqualTo(base.optimizer());
    assertThat(cascade.schedule()).hasToString(base.schedule().toString());
    assertThat(cascade.stoppingRule()).isEqualTo(base.stoppingRule());
    assertThat(cascade.deepSupervision()).isEmpty();
    StandardAugmentation chain = (StandardAugmentation) cascade.augmentation();
    assertThat(chain.kind()).isEqualTo(StandardChain.V1_2018);
    assertThat(lastSteps(chain))
        .isEqualTo(
            lastSteps(
                (StandardAugmentation) settings("nnUNetTrainerV2CascadeFullRes").augmentation()));
  }

  private static List<Augmentation> lastSteps(StandardAugmentation chain) {
    List<Augmentation> steps = chain.steps();
    return steps.subList(steps.size() - 3, steps.size());
  }
}
