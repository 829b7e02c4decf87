package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.CascadeInput;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.FoldStrategy;
import io.github.nnunet4j.dataset.Folds;
import io.github.nnunet4j.dataset.Split;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.preprocess.PreparedCase;
import io.github.nnunet4j.preprocess.StageStore;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two stages behind each other: training, prediction, files, and what can go wrong. */
@Tag("engine")
@Timeout(300)
class CascadeTest {
  private static final String FIRST = "3d_lowres";
  private static final String SECOND = "3d_cascade_fullres";
  private static final FoldStrategy HALVES = Folds.crossValidation(2, 12345);
  private static final Dataset DATASET = Phantoms.volumes(4);

  @TempDir Path folder;

  /** A coarse first stage and a second behind it, as one adds them to a plans file by hand. */
  static Plan cascade(Plan plan, double coarse, Extent patch) {
    Plan first =
        plan.inheriting(
            FIRST,
            "3d_fullres",
            c ->
                c.dataIdentifier("nnUNetPlans_3d_lowres")
                    .recipe(r -> r.targetSpacing(Spacing.millimetres(coarse, coarse, coarse)))
                    .patch(patch)
                    .batchDice(false));
    return first
        .inheriting(SECOND, "3d_fullres", c -> c.previousStage(FIRST))
        .with(FIRST, c -> c.nextStages(List.of(SECOND)));
  }

  private static Experiment experiment() {
    return NnUNet.plan(DATASET)
        .withPlan(Phantoms::tiny)
        .withPlan(plan -> cascade(plan, 2, plan.configuration("3d_fullres").patch()))
        .withConfiguration(SECOND)
        .withFolds(HALVES)
        .withThreads(2);
  }

  private static TrainerConfig.Builder brief(TrainerConfig.Builder t) {
    return t.epochs(1)
        .iterations(3)
        .validationIterations(1)
        .optimizer(Optimizers.adamW(3e-5))
        .schedule(OptimizerSchedules.constant(1e-2))
        .mirrorAxes(2)
        .seed(1);
  }

  private static LabelMap predict(TrainedModel model, Case one) throws IOException {
    try (Predictor predictor = model.predictor()) {
      return predictor.predict(one.image());
    }
  }

  @Test
  void oneCallTrainsBothStagesAndTheModelRunsBoth() throws IOException {
    Experiment experiment = experiment();
    TrainedModel model = experiment.train(CascadeTest::brief, folder.resolve("run"));

    TrainedModel first = model.previousStage().orElseThrow();
    assertThat(first.configuration().name()).isEqualTo(FIRST);
    assertThat(first.folds().keySet()).containsExactly("0", "1");
    assertThat(model.folds().keySet()).containsExactly("0");
    Path stage = folder.resolve("run/previous_stage");
    assertThat(stage.resolve("fold_1/validation/summary.json")).exists();
    requireNextStageInput(experiment, stage);

    Case one = DATASET.cases().get(0);
    LabelMap prediction = predict(model, one);
    assertThat(prediction.grid()).isEqualTo(one.image().grid());
    LabelMap coarse = predict(first, one);
    try (Predictor later = model.withoutPreviousStage().predictor()) {
      assertThat(later.predict(one.image(), coarse)).isEqualTo(prediction);
    }
    TrainedModel loaded = NnUNet.load(folder.resolve("run/model"));
    assertThat(loaded).isEqualTo(model).hasSameHashCodeAs(model);
    assertThat(loaded.toString()).contains(SECOND, "behind", FIRST);
    model.save(folder.resolve("saved"));
    assertThat(NnUNet.load(folder.resolve("saved"))).isEqualTo(model);
    requireFoldersWork(model, one, prediction);
    assertThat(experiment.train(CascadeTest::brief, folder.resolve("run"))).isEqualTo(model);

    TrainedModel all =
        experiment.withFold(Fold.all()).train(CascadeTest::brief, folder.resolve("run"));
    assertThat(all.folds().keySet()).containsExactly("all");
    assertThat(NnUNet.load(folder.resolve("run/model")).folds().keySet())
        .containsExactly("0", "all");
  }

  /** Every case has the prediction of the fold that holds it out, on the second stage's grid. */
  private static void requireNextStageInput(Experiment experiment, Path stage) throws IOException {
    List<PreparedCase> prepared =
        experiment.prepare(DATASET.ids(), stage.resolveSibling("prepared"));
    StageStore store = StageStore.in(stage.resolve("predicted_next_stage").resolve(SECOND));
    for (PreparedCase one : prepared) {
      Box whole = Box.whole(one.extent());
      LabelMap map = store.open(one.id(), one.restoration().networkGrid()).read(whole);
      assertThat(DATASET.labels().undeclared(map)).isEmpty();
    }
    List<Split> splits = experiment.dataset().split(HALVES);
    for (int f = 0; f < splits.size(); f++) {
      for (String id : splits.get(f).validation()) {
        assertThat(stage.resolve("fold_" + f + "/validation/" + id + ".nii.gz")).exists();
      }
    }
  }

  private void requireFoldersWork(TrainedModel model, Case one, LabelMap prediction)
      throws IOException {
    Path images = folder.resolve("images");
    ImageFormats.nifti().write(one.image(), images.resolve("x_0000.nii.gz"));
    model.predict(images, folder.resolve("both"));
    model.previousStage().orElseThrow().predict(images, folder.resolve("first"));
    model.predict(images, folder.resolve("first"), folder.resolve("second"));
    for (String out : List.of("both", "second")) {
      assertThat(ImageFormats.nifti().readLabels(folder.resolve(out + "/x.nii.gz")).unsafeArray())
          .isEqualTo(prediction.unsafeArray());
    }
  }

  /** Stops the training once, at the given iteration of the given fold's first epoch. */
  private static final class Stop implements TrainingListener {
    private final int after;
    private int seen;

    Stop(int after) {
      this.after = after;
    }

    @Override
    public void iterationEnded(Progress progress, int iteration, double loss) {
      if (++seen == after) {
        throw new IllegalStateException("stopped by the test");
      }
    }
  }

  @Test
  void comesToTheSameBitsWhenStoppedInEitherStage() {
    Experiment experiment = experiment().withPreparedData(folder.resolve("prepared"));
    TrainedModel straight = experiment.train(CascadeTest::brief, folder.resolve("straight"));
    Path broken = folder.resolve("broken");
    for (int after : new int[] {2, 4, 1}) { // in fold 0, fold 1, and the second stage
      Stop stop = new Stop(after);
      UnaryOperator<TrainerConfig.Builder> stopped =
          t -> brief(t).checkpointEvery(java.time.Duration.ZERO).listener(stop);
      if (after == 1) {
        trainFirstStage(experiment, broken);
      }
      assertThatThrownBy(() -> experiment.train(stopped, broken))
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("stopped by the test");
    }
    assertThat(experiment.train(CascadeTest::brief, broken)).isEqualTo(straight);
  }

  private static void trainFirstStage(Experiment experiment, Path run) {
    Experiment stage = experiment.previousStage().orElseThrow();
    for (int f = 0; f < 2; f++) {
      stage.withFold(Fold.of(f)).train(CascadeTest::brief, run.resolve("previous_stage"));
    }
  }

  @Test
  void takesAFirstStageThatWasTrainedBefore() throws IOException {
    Experiment experiment = experiment().withPreparedData(folder.resolve("prepared"));
    Path run = folder.resolve("elsewhere");
    Experiment stage = experiment.previousStage().orElseThrow();
    Experiment behind = experiment.withPreviousStage(run);
    assertThatThrownBy(() -> behind.train(CascadeTest::brief, folder.resolve("run")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("fold_0")
        .hasMessageContaining("withPreviousTraining");
    for (int f = 0; f < 2; f++) {
      stage.withFold(Fold.of(f)).train(CascadeTest::brief, run);
    }
    assertThatThrownBy(() -> behind.data(folder.resolve("run")))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case case_")
        .hasMessageContaining("predicted_next_stage")
        .hasMessageContaining("Train the previous stage");
    TrainedModel model = behind.train(CascadeTest::brief, folder.resolve("run"));
    assertThat(model.previousStage()).contains(NnUNet.load(run.resolve("model")));
    assertThat(folder.resolve("run/previous_stage")).doesNotExist();
    assertThat(
            behind
                .volumeValidation(PredictorConfig.defaults())
                .dice(new Progress(0, 1, List.of()), model.folds().get("0")))
        .hasSize(2);
    assertThatThrownBy(
            () ->
                experiment
                    .volumeValidation(PredictorConfig.defaults())
                    .dice(new Progress(0, 1, List.of()), model.folds().get("0")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("withPreviousStage");
    Experiment other = behind.withPlan(plan -> plan.with(SECOND, c -> c.batchSize(1)));
    assertThatThrownBy(() -> other.train(CascadeTest::brief, folder.resolve("other")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("another plan");
  }

  @Test
  void aCaseThatNoFoldHoldsOutIsNamed() {
    Experiment experiment =
        experiment()
            .withFolds(
                Folds.fixed(
                    List.of(new Split(List.of("case_0", "case_1"), List.of("case_2", "case_3")))));
    assertThatThrownBy(() -> experiment.train(CascadeTest::brief, folder))
        .isInstanceOf(PreprocessException.class)
        .hasMessageContaining("case case_0")
        .hasMessageContaining("case_0.safetensors")
        .hasMessageContaining("hold out every case once");
  }

  @Test
  void eachStageHasItsOwnStrategies() {
    Experiment experiment = experiment();
    Configuration second = experiment.configuration();
    TrainerConfig defaults = TrainerConfig.defaultsFor(second, DATASET.labels()).build();
    assertThat(defaults.augmentation().toString()).contains("BinaryOperators", "ComponentRemoval");
    UnaryOperator<TrainerConfig.Builder> noRemoval =
        t ->
            brief(t)
                .editAugmentation(
                    Augmentations.edit(b -> b.cascade(CascadeInput.v1NoRemoval(List.of(1, 2)))));
    TrainedModel model =
        experiment
            .withPreviousTraining(t -> brief(t).augmentation(Augmentations.none()).mirrorAxes())
            .train(noRemoval, folder);
    assertThat(model.previousStage().orElseThrow().mirrorAxes()).isEmpty();
    assertThat(model.mirrorAxes()).containsExactly(2);
    Experiment unsaid = experiment();
    TrainerConfig config = brief(TrainerConfig.defaultsFor(second, DATASET.labels())).build();
    assertThatThrownBy(() -> unsaid.train(config, folder.resolve("unsaid")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("withPreviousTraining");
  }

  @Test
  void anAugmentationThatForgetsThePreviousStageStillTrains() {
    TrainedModel model =
        experiment().train(t -> brief(t).augmentation(Augmentations.none()).mirrorAxes(), folder);
    assertThat(model.previousStage()).isPresent();
  }

  @Test
  void stagesInACircleAreNoPlan() {
    Plan plan = experiment().plan();
    assertThatThrownBy(() -> plan.with(FIRST, c -> c.previousStage(SECOND)))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("$.configurations.3d_lowres.previous_stage")
        .hasMessageContaining("circle");
  }

  @Test
  void aModelFolderWithTheWrongStageInItIsRefused() throws IOException {
    TrainedModel model = experiment().train(CascadeTest::brief, folder.resolve("run"));
    TrainedModel first = model.previousStage().orElseThrow();
    assertThatThrownBy(() -> first.withFoldsOf(model)).isInstanceOf(ModelException.class);
    assertThatThrownBy(
            () ->
                TrainedModel.builder()
                    .plan(first.plan())
                    .configuration(FIRST)
                    .dataset(first.dataset())
                    .previousStage(model)
                    .fold("0", first.folds().get("0"))
                    .build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("previous stage of 3d_lowres");
    Path saved = folder.resolve("run/model");
    Path manifest = saved.resolve("model.json");
    String text = Files.readString(manifest);
    Files.writeString(manifest, text.replace("\"3d_lowres\"", "\"3d_fullres\""));
    assertThatThrownBy(() -> NnUNet.load(saved))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("$.previous_stage")
        .hasMessageContaining(FIRST);
    Files.writeString(manifest, text);
    Path inner = saved.resolve("previous_stage/model.json");
    String before = Files.readString(inner);
    Files.writeString(inner, before.replace("\"3d_lowres\"", "\"3d_fullres\""));
    assertThatThrownBy(() -> NnUNet.load(saved))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the model of 3d_lowres");
    Files.writeString(inner, before);
    assertThat(NnUNet.load(saved)).isEqualTo(model);
    Files.delete(inner);
    assertThatThrownBy(() -> NnUNet.load(saved))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.json");
    assertThat(Json.parse(text).has("previous_stage")).isTrue();
    model.withoutPreviousStage().save(folder.resolve("alone"));
    assertThat(NnUNet.load(folder.resolve("alone")).previousStage()).isEmpty();
  }
}
