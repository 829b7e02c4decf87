package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.dataset.Folds;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.PlannerInput;
import io.github.nnunet4j.plan.Planners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditingAPlanTest {
  /** 804 pictures of 1500 x 1500, as the Massachusetts roads that nnU-Net's tutorial edits. */
  private static Plan massachusetts() {
    IntensityStatistics statistics = IntensityStatistics.builder().standardDeviation(1).build();
    Fingerprint fingerprint =
        new Fingerprint(
            Collections.nCopies(804, Extent.of(1, 1500, 1500)),
            Collections.nCopies(804, Spacing.millimetres(999, 1, 1)),
            Collections.nCopies(3, statistics),
            1);
    PlannerInput roads = PlannerInput.of(EditingAPlan.roads(1, 16));
    return Planners.standard()
        .plan(
            fingerprint,
            new PlannerInput(
                roads.name(), roads.channels(), roads.labels(), 804, "NaturalImage2DIO"));
  }

  @Test
  void theVariantsOfTheTutorialShareTheirData() {
    Plan plan = EditingAPlan.variants(massachusetts());
    assertThat(plan.names()).containsExactly("2d", "2d_512", "2d_256");
    Configuration planned = plan.configuration("2d");
    assertThat(planned.patch().voxels()).isGreaterThan(512 * 512);
    // seven and six poolings: the first stage pools nothing
    assertThat(stages(plan, "2d_512")).isEqualTo(8);
    assertThat(stages(plan, "2d_256")).isEqualTo(7);
    assertThat(plan.configuration("2d_512").batchSize()).isEqualTo(12);
    assertThat(plan.configuration("2d_256").patch()).isEqualTo(Extent.of(256, 256));
    for (Configuration variant : plan.configurations()) {
      assertThat(variant.dataIdentifier()).isEqualTo(planned.dataIdentifier());
      assertThat(variant.recipe()).isEqualTo(planned.recipe());
    }
    PlanCodec codec = PlanCodec.standard();
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
    assertThat(codec.encode(plan)).contains("\"inherits_from\": \"2d\"");
    assertThat(plan.explain()).contains("2d_512, inherits from 2d", "as 2d");
  }

  private static int stages(Plan plan, String configuration) {
    return ((UNet) plan.configuration(configuration).topology()).stages();
  }

  @Test
  void everyMistakeIsAnsweredWithItsPlaceAndTheRule() {
    Plan plan = NnUNet.plan(EditingAPlan.roads(5, 64)).plan();
    Map<String, String> answers = EditingAPlan.mistakes(plan);
    assertThat(answers.values())
        .allMatch(answer -> answer.contains("expected"))
        .doesNotContain("no mistake");
    assertThat(answers.get("a patch that the network cannot pool"))
        .contains("$.configurations.2d.patch_size", "nearest valid patch");
    Map<String, String> inFile = EditingAPlan.mistakesInAFile(plan);
    assertThat(inFile.values()).doesNotContain("no mistake");
    assertThat(inFile.get("a misspelt key")).contains("batch_dice", "batchdice");
    assertThat(inFile.get("a word that nobody knows")).contains("perhaps to ZScoreNormalization");
  }

  @Test
  @Tag("engine")
  void variantsAreComparedByTheirCrossValidation(@TempDir Path runs) throws IOException {
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    Experiment roads = NnUNet.plan(EditingAPlan.roads(4, 96));
    Plan plan =
        roads
            .plan()
            .inheriting("2d_32", "2d", c -> EditingAPlan.square(c, roads.plan(), 32).batchSize(8));
    Experiment experiment =
        roads
            .withPlan(unused -> Phantoms.tiny(plan))
            .withFolds(Folds.crossValidation(2, 1))
            .withThreads(1);
    Map<String, Double> dice =
        EditingAPlan.compare(
            experiment,
            List.of("2d", "2d_32"),
            2,
            t -> t.epochs(1).iterations(2).validationIterations(1),
            runs);
    assertThat(dice.keySet()).containsExactly("2d", "2d_32");
    assertThat(dice.values()).allMatch(value -> value >= 0 && value <= 1);
    assertThat(runs.resolve("prepared")).isDirectoryContaining(path -> true);
    assertThat(runs.resolve("2d/fold_1/validation/summary.json")).exists();
  }
}
