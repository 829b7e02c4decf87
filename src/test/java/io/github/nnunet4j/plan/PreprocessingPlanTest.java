package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.preprocess.GridRules;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.PreprocessingStep;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import io.github.nnunet4j.preprocess.TorchMode;
import io.github.nnunet4j.preprocess.TorchResampling;
import io.github.nnunet4j.preprocess.TorchSimpleResampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plan records of preprocessing, and what it refuses. */
class PreprocessingPlanTest {
  private static final String FULL = "3d_fullres";
  private static final PreprocessingStep SMOOTH =
      PreprocessingSteps.channels("smooth/1", channel -> channel);
  private static final List<PreprocessingStep> OWN =
      List.of(
          SMOOTH,
          PreprocessingSteps.resample(GridRules.shortEdge(64)),
          PreprocessingSteps.normalize());
  private static final PlanCodec CODEC =
      PlanCodec.standard().withPreprocessingStep(StrategyCodec.constant("smooth/1", SMOOTH));

  private static JsonNode small;

  @BeforeAll
  static void read() throws IOException {
    small =
        Json.read(Path.of("src/test/resources/golden/planning/v2_plans.json"))
            .get("cases")
            .get(0)
            .get("plans");
  }

  private static Plan plan() {
    return PlanCodec.standard().decode(Json.text(small));
  }

  private static JsonNode written(Plan plan, String configuration) throws IOException {
    return Json.parse(CODEC.encode(plan)).get("configurations").get(configuration);
  }

  private static Plan roundTrip(Plan plan) {
    Plan again = CODEC.decode(CODEC.encode(plan));
    assertThat(again).isEqualTo(plan);
    return again;
  }

  @Test
  void theUsualOrderIsWrittenAsNnUNetWritesIt() throws IOException {
    assertThat(plan().configuration(FULL).recipe().steps()).isEqualTo(PreprocessingSteps.v2());
    JsonNode json = written(plan(), FULL);
    assertThat(json.get("preprocessor_name").textValue()).isEqualTo("DefaultPreprocessor");
    assertThat(json.has("preprocessing_steps")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GenericPreprocessor",
        "GenericPreprocessor_linearResampling",
        "GenericPreprocessor_scale_uint8_to_0_1",
        "Preprocessor3DBetterResampling",
        "Preprocessor3DDifferentResampling",
        "PreprocessorFor2D",
        "PreprocessorFor2D_edgeLength512",
        "PreprocessorFor2D_edgeLength768",
        "PreprocessorFor3D_LeaveOriginalZSpacing",
        "PreprocessorFor3D_NoResampling"
      })
  void theNamesOfVersion1BringTheirStepsAndStay(String name) throws IOException {
    Plan plan = plan().with(FULL, c -> c.preprocessor(name));
    Configuration changed = plan.configuration(FULL);
    assertThat(changed.preprocessor()).isEqualTo(name);
    assertThat(changed.hasKnownPreprocessor()).isTrue();
    List<PreprocessingStep> steps = changed.recipe().steps();
    assertThat(steps.indexOf(PreprocessingSteps.normalize())).isEqualTo(steps.size() - 1);
    JsonNode json = written(plan, FULL);
    assertThat(json.get("preprocessor_name").textValue()).isEqualTo(name);
    assertThat(json.has("preprocessing_steps")).isFalse();
    assertThat(roundTrip(plan).configuration(FULL).recipe().steps()).isEqualTo(steps);
  }

  @Test
  void aNameBeforeTheRecipeCountsAsWell() {
    Configuration old = plan().configuration(FULL);
    Configuration built =
        Configuration.builder(FULL)
            .preprocessor("GenericPreprocessor")
            .recipe(old.recipe())
            .patch(old.patch())
            .topology(old.topology())
            .build();
    assertThat(built.recipe().steps()).isEqualTo(PreprocessingSteps.v1());
    Configuration own =
        Configuration.builder(FULL)
            .preprocessor("GenericPreprocessor")
            .recipe(old.recipe().toBuilder().steps(OWN).build())
            .patch(old.patch())
            .topology(old.topology())
            .build();
    assertThat(own.recipe().steps()).isEqualTo(OWN);
    assertThat(own.preprocessor()).isEqualTo("StepwisePreprocessor");
  }

  @Test
  void stepsBringTheirName() {
    Plan v1 = plan().with(FULL, c -> c.recipe(r -> r.steps(PreprocessingSteps.v1())));
    assertThat(v1.configuration(FULL).preprocessor()).isEqualTo("GenericPreprocessor");
    Plan own = v1.with(FULL, c -> c.recipe(r -> r.steps(OWN)));
    assertThat(own.configuration(FULL).preprocessor()).isEqualTo("StepwisePreprocessor");
    assertThat(own.configuration(FULL).hasKnownPreprocessor()).isTrue();
    Plan back = own.with(FULL, c -> c.recipe(r -> r.steps(PreprocessingSteps.v2())));
    assertThat(back).isEqualTo(plan());
  }

  @Test
  void ownOrdersAreListedStepByStep() throws IOException {
    Plan plan = plan().with(FULL, c -> c.recipe(r -> r.steps(OWN)));
    JsonNode json = written(plan, FULL);
    assertThat(json.get("preprocessor_name").textValue()).isEqualTo("StepwisePreprocessor");
    assertThat(Json.line(json.get("preprocessing_steps")))
        .isEqualTo(
            "[\"smooth/1\",{\"word\":\"resample\",\"values\":{\"grid\":\"short_edge\","
                + "\"voxels\":64}},\"normalize\"]");
    assertThat(roundTrip(plan).configuration(FULL).recipe().steps()).isEqualTo(OWN);
    assertThat(CODEC.words(plan.configuration(FULL).recipe())).contains("smooth/1");
    assertThat(CODEC.words(plan().configuration(FULL).recipe())).doesNotContain("steps");
  }

  @Test
  void everyBuiltInStepHasWords() {
    for (PreprocessingStep step :
        List.of(
            PreprocessingSteps.normalize(),
            PreprocessingSteps.replaceNaN(),
            PreprocessingSteps.resample(),
            PreprocessingSteps.resample(GridRules.keepFirstAxis()),
            PreprocessingSteps.resample(GridRules.original()),
            PreprocessingSteps.resample(GridRules.shortEdge(48)))) {
      List<PreprocessingStep> twice = List.of(step, SMOOTH, step);
      Plan plan = plan().with(FULL, c -> c.recipe(r -> r.steps(twice)));
      assertThat(roundTrip(plan).configuration(FULL).recipe().steps()).isEqualTo(twice);
    }
  }

  @Test
  void aStepWithoutWordsIsNotWritten() {
    Plan plan = plan().with(FULL, c -> c.recipe(r -> r.steps(OWN)));
    assertThatThrownBy(() -> PlanCodec.standard().encode(plan))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("configuration 3d_fullres, step 0")
        .hasMessageContaining("NamedStep[smooth/1]")
        .hasMessageContaining("StrategyCodec");
    Plan rule =
        plan()
            .with(
                FULL,
                c ->
                    c.recipe(
                        r ->
                            r.steps(
                                List.of(PreprocessingSteps.resample((cropped, t) -> cropped)))));
    assertThatThrownBy(() -> CODEC.encode(rule)).isInstanceOf(PlanException.class);
  }

  @Test
  void aPlanListsEverythingThatNobodyCanDecode() throws IOException {
    ObjectNode json = small.deepCopy();
    ObjectNode full = (ObjectNode) json.get("configurations").get(FULL);
    full.put("preprocessor_name", "StepwisePreprocessor");
    full.set(
        "preprocessing_steps",
        Json.parse("[\"smooth/1\", \"resample\", {\"word\": \"n5\", \"values\": {}}]"));
    full.put("resampling_fn_seg", "resample_magic");
    ((ObjectNode) json.get("configurations").get("2d"))
        .set("normalization_schemes", Json.parse("[\"MyNormalization\"]"));
    assertThatThrownBy(() -> PlanCodec.standard().decode(Json.text(json)))
        .isInstanceOfSatisfying(
            PlanException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::found)
                    .containsExactlyInAnyOrder(
                        "\"MyNormalization\"", "\"resample_magic\"", "\"smooth/1\"", "\"n5\""))
        .hasMessageContaining("preprocessing_steps[2]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "StepwisePreprocessor | | the steps of a StepwisePreprocessor",
        "GenericPreprocessor | [\"normalize\"] | a name that fits",
        "StepwisePreprocessor | [{\"word\": \"normalize\", \"values\": {\"a\": 1}}] | is none of",
        "StepwisePreprocessor | [{\"word\": \"resample\", \"values\": {\"grid\": \"x\"}}] | short_edge",
        "StepwisePreprocessor | [{\"word\": \"resample\", \"values\": {\"grid\": \"short_edge\","
            + " \"voxels\": 1.5}}] | whole number",
        "StepwisePreprocessor | \"normalize\" | preprocessing_steps"
      })
  void contradictionsAreRefused(String name, String steps, String part) throws IOException {
    ObjectNode json = small.deepCopy();
    ObjectNode full = (ObjectNode) json.get("configurations").get(FULL);
    full.put("preprocessor_name", name);
    if (steps != null) {
      full.set("preprocessing_steps", Json.parse(steps));
    }
    assertThatThrownBy(() -> PlanCodec.standard().decode(Json.text(json)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("3d_fullres")
        .hasMessageContaining(part);
  }

  @Test
  void aNameOfOthersKeepsItsStepsButIsNotKnown() {
    Plan plan =
        plan()
            .with(FULL, c -> c.recipe(r -> r.steps(OWN)))
            .with(FULL, c -> c.preprocessor("MyPreprocessor"));
    assertThat(plan.configuration(FULL).hasKnownPreprocessor()).isFalse();
    assertThat(roundTrip(plan).configuration(FULL).recipe().steps()).isEqualTo(OWN);
    Plan plain = plan().with(FULL, c -> c.preprocessor("MyPreprocessor"));
    assertThat(roundTrip(plain).configuration(FULL).hasKnownPreprocessor()).isFalse();
  }

  @Test
  void heirsFollowTheStepsOfTheirParentUnlessTheyStateTheirOwn() {
    Plan plan =
        plan()
            .inheriting("follows", FULL, c -> c.batchSize(7))
            .inheriting("states", FULL, c -> c.recipe(r -> r.steps(PreprocessingSteps.v1())))
            .inheriting("usual", FULL, c -> c.preprocessor("DefaultPreprocessor"))
            .with(FULL, c -> c.recipe(r -> r.steps(OWN)));
    assertThat(plan.configuration("follows").recipe().steps()).isEqualTo(OWN);
    assertThat(plan.configuration("follows").preprocessor()).isEqualTo("StepwisePreprocessor");
    assertThat(plan.configuration("states").recipe().steps()).isEqualTo(PreprocessingSteps.v1());
    assertThat(plan.configuration("usual").recipe().steps()).isEqualTo(PreprocessingSteps.v2());
    roundTrip(plan);
  }

  @Test
  void everyNormalizationHasWords() {
    for (IntensityNormalization one :
        List.of(
            IntensityNormalizations.nonCt(),
            IntensityNormalizations.ctV1(),
            IntensityNormalizations.ct2(),
            IntensityNormalizations.divideBy(255),
            IntensityNormalizations.clip(-160, 240),
            IntensityNormalizations.clipPercentiles(0.5, 99.5),
            IntensityNormalizations.clip(-160, 240).then(IntensityNormalizations.rescaleTo01()),
            IntensityNormalizations.clip(-160, 240)
                .then(
                    IntensityNormalizations.clipPercentiles(1, 99)
                        .then(IntensityNormalizations.zScore())))) {
      Plan plan = plan().with(FULL, c -> c.recipe(r -> r.normalization(0, one)));
      assertThat(roundTrip(plan).configuration(FULL).recipe().channels().get(0).normalization())
          .isEqualTo(one);
    }
  }

  @Test
  void anOwnNormalizationInARowNeedsACodecForTheRow() {
    IntensityNormalization own = (channel, context) -> channel;
    IntensityNormalization row = own.then(IntensityNormalizations.zScore());
    Plan plan = plan().with(FULL, c -> c.recipe(r -> r.normalization(0, row)));
    assertThatThrownBy(() -> CODEC.encode(plan)).isInstanceOf(PlanException.class);
    PlanCodec codec =
        CODEC.withIntensityNormalization(StrategyCodec.constant("own, then z-score", row));
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"word\": \"NormalizationChain\", \"values\": {\"in_order\": []}} | must list",
        "{\"word\": \"NormalizationChain\", \"values\": {\"in_order\": [3]}} | by word and values",
        "{\"word\": \"NormalizationChain\", \"values\": {\"in_order\": [{\"word\": \"x\"}]}}"
            + " | is none of",
        "{\"word\": \"ClipNormalization\", \"values\": {\"low\": 3}} | \"high\""
      })
  void brokenNormalizationsAreRefused(String scheme, String part) throws IOException {
    ObjectNode json = small.deepCopy();
    ((ObjectNode) json.get("configurations").get(FULL))
        .set("normalization_schemes", Json.parse("[" + scheme + "]"));
    assertThatThrownBy(() -> PlanCodec.standard().decode(Json.text(json)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(part);
  }

  @Test
  void everyResamplingHasWords() {
    for (Resampling one :
        List.of(
            Resamplings.spline(5, 4, SeparateZ.ALWAYS),
            Resamplings.windowedSinc(4),
            Resamplings.torchSimple(TorchMode.NEAREST),
            new TorchResampling(SeparateZ.AUTO, TorchMode.NEAREST, TorchMode.LINEAR, true))) {
      Plan plan =
          plan().with(FULL, c -> c.recipe(r -> r.imageResampling(one).probabilityResampling(one)));
      assertThat(roundTrip(plan).configuration(FULL).recipe().imageResampling()).isEqualTo(one);
    }
    for (LabelResampling one :
        List.of(
            LabelResamplings.threshold(1, 0, SeparateZ.AUTO),
            LabelResamplings.spline(4, 1, SeparateZ.NEVER),
            LabelResamplings.indicators(Resamplings.windowedSinc(3)),
            new TorchSimpleResampling(TorchMode.LINEAR, true),
            new TorchResampling(SeparateZ.NEVER, TorchMode.LINEAR, TorchMode.NEAREST, true))) {
      Plan plan = plan().with(FULL, c -> c.recipe(r -> r.labelResampling(one)));
      assertThat(roundTrip(plan).configuration(FULL).recipe().labelResampling()).isEqualTo(one);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "resample_data_or_seg_to_shape | {\"label_rule\": \"largest\"} | argmax or threshold",
        "resample_indicators | {\"resampling\": \"no\", \"resampling_kwargs\": {}} | \"no\"",
        "resample_indicators | {\"resampling\": \"resample_windowed_sinc\"} | a map",
        "resample_torch_simple | {\"mode\": \"cubic\"} | nearest-exact",
        "resample_torch_fornnunet | {\"separate_z_anisotropy_threshold\": 2} | must be 3"
      })
  void brokenLabelResamplingsAreRefused(String word, String values, String part)
      throws IOException {
    ObjectNode json = small.deepCopy();
    ObjectNode full = (ObjectNode) json.get("configurations").get(FULL);
    full.put("resampling_fn_seg", word);
    full.set("resampling_fn_seg_kwargs", Json.parse(values));
    assertThatThrownBy(() -> PlanCodec.standard().decode(Json.text(json)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining(part);
  }
}
