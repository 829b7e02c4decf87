package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.Folds;
import io.github.nnunet4j.dataset.Split;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.fingerprint.FingerprintExtractor;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.TrainerConfig;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class FacadeTest {
  private static final IntensityNormalization HALVE = (channel, context) -> channel.map(v -> v / 2);

  @TempDir Path folder;

  private static TrainerConfig.Builder shortTraining(TrainerConfig.Builder t) {
    return t.epochs(4)
        .iterations(25)
        .validationIterations(1)
        .optimizer(Optimizers.adamW(3e-5))
        .schedule(OptimizerSchedules.polynomial(1e-2, 0.9))
        .seed(1);
  }

  @Test
  void plansTrainsScoresSavesAndLoads() throws IOException {
    Dataset dataset = Phantoms.volumes(5);
    Experiment experiment = NnUNet.plan(dataset).withPlan(Phantoms::tiny).withThreads(2);
    TrainedModel model = experiment.train(FacadeTest::shortTraining, folder);

    Split split = experiment.split();
    assertThat(split.validation()).hasSize(1);
    Path validation = folder.resolve("fold_0/validation");
    assertThat(SummaryJson.read(validation.resolve("summary.json")).foregroundMean().dice())
        .isGreaterThan(0.5);
    Case heldOut = dataset.find(split.validation().get(0));
    LabelMap prediction = predict(model, heldOut.image());
    assertThat(prediction.grid()).isEqualTo(heldOut.image().grid());
    assertThat(
            ImageFormats.nifti().readLabels(validation.resolve(heldOut.id() + ".nii.gz")).toArray())
        .isEqualTo(prediction.toArray());

    TrainedModel again = NnUNet.load(folder.resolve("model"));
    assertThat(again).isEqualTo(model).hasSameHashCodeAs(model);
    assertThat(again.toString()).contains("3d_fullres");
    assertThat(predict(again, heldOut.image())).isEqualTo(prediction);
    assertThat(folder.resolve("fold_0/progress.png")).exists();
    assertThat(PlanCodec.standard().read(folder.resolve("plans.json")))
        .isEqualTo(experiment.plan());
  }

  @Test
  void aFinishedRunIsNotTrainedAgainAndOtherSettingsAreRefused() {
    Experiment experiment = NnUNet.plan(Phantoms.volumes(5)).withPlan(Phantoms::tiny);
    TrainedModel first = experiment.train(t -> shortTraining(t).epochs(1).iterations(2), folder);
    TrainedModel second = experiment.train(t -> shortTraining(t).epochs(1).iterations(2), folder);
    assertThat(second).isEqualTo(first);
    assertThatThrownBy(
            () ->
                experiment.train(
                    t ->
                        shortTraining(t)
                            .epochs(1)
                            .iterations(2)
                            .optimizer(Optimizers.sgd(0.9, true, 0)),
                    folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("optimizer");
  }

  @Test
  void planningHasThreadsMemoryAndAListenerOfTheUsers() {
    Dataset dataset = Phantoms.volumes(5);
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    Experiment experiment =
        NnUNet.plan(
            dataset,
            Planners.standard(),
            FingerprintExtractor.standard()
                .threads(2)
                .memory(1L << 20)
                .listener((id, done, total) -> heard.add(done + "/" + total)));
    assertThat(heard).containsExactly("1/5", "2/5", "3/5", "4/5", "5/5");
    assertThat(experiment).isEqualTo(NnUNet.plan(dataset));
  }

  @Test
  void foldsJoinToOneModel() {
    Experiment experiment =
        NnUNet.plan(Phantoms.volumes(5))
            .withPlan(Phantoms::tiny)
            .withPreparedData(folder.resolve("shared"));
    TrainedModel zero =
        experiment.train(t -> shortTraining(t).epochs(1).iterations(1), folder.resolve("a"));
    TrainedModel all =
        experiment
            .withFold(Fold.all())
            .train(t -> shortTraining(t).epochs(1).iterations(1), folder.resolve("b"));
    TrainedModel joint = zero.withFoldsOf(all);
    assertThat(joint.folds().keySet()).containsExactly("0", "all");
    assertThatThrownBy(() -> joint.withFoldsOf(all))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("fold all twice");
    try (Predictor predictor = joint.predictor()) {
      assertThat(predictor.predict(Phantoms.image(labels(), 9, 1)).grid())
          .isEqualTo(labels().grid());
    }
  }

  @Test
  void foldsTrainedIntoOneFolderAreOneModelAndOtherPlansAreRefusedFirst() throws IOException {
    Experiment experiment = NnUNet.plan(Phantoms.volumes(5)).withPlan(Phantoms::tiny);
    UnaryOperator<TrainerConfig.Builder> brief = t -> shortTraining(t).epochs(1).iterations(1);
    experiment.train(brief, folder);
    experiment.withFold(Fold.of(1)).train(brief, folder);
    assertThat(NnUNet.load(folder.resolve("model")).folds().keySet()).containsExactly("0", "1");

    byte[] before = Files.readAllBytes(folder.resolve("plans.json"));
    Experiment other = experiment.withPlan(p -> p.with("3d_fullres", c -> c.batchSize(3)));
    assertThatThrownBy(() -> other.withFold(Fold.of(2)).train(brief, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("plans.json")
        .hasMessageContaining("nothing was changed");
    assertThatThrownBy(
            () -> experiment.withFold(Fold.of(2)).train(t -> brief.apply(t).mirrorAxes(0), folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("mirror axes");
    Experiment pairs =
        experiment.withFolds(
            Folds.fixed(List.of(new Split(List.of("case_0", "case_1"), List.of("case_2")))));
    assertThatThrownBy(() -> pairs.train(brief, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("splits_final.json");
    assertThat(Files.readAllBytes(folder.resolve("plans.json"))).isEqualTo(before);
    assertThat(folder.resolve("fold_2")).doesNotExist();
  }

  @Test
  void anAugmentationBehindTheDefaultKeepsItsMirrorAxes() {
    Experiment experiment = NnUNet.plan(Phantoms.volumes(5));
    TrainerConfig.Builder defaults =
        TrainerConfig.defaultsFor(experiment.configuration(), experiment.dataset().labels());
    TrainerConfig own = defaults.editAugmentation(chain -> chain.then((s, random) -> s)).build();
    assertThat(own.mirrorAxes()).containsExactly(0, 1, 2);
    assertThat(own.sampler()).isNotNull();
    TrainerConfig none = defaults.augmentation((s, random) -> s).build();
    assertThat(none.mirrorAxes()).isEmpty();
  }

  private static LabelMap labels() {
    return Phantoms.labels(io.github.nnunet4j.image.Grid.of(20, 24, 22), 0);
  }

  @Test
  void aStrategyWithoutCodecIsRefusedBeforeTraining() throws IOException {
    Experiment experiment =
        NnUNet.plan(Phantoms.volumes(5))
            .withPlan(Phantoms::tiny)
            .withPlan(p -> p.with("3d_fullres", c -> c.recipe(r -> r.normalization(0, HALVE))));
    assertThatThrownBy(() -> experiment.train(FacadeTest::shortTraining, folder))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("StrategyCodec");
    assertThat(folder).isEmptyDirectory();

    PlanCodec codec =
        PlanCodec.standard().withIntensityNormalization(StrategyCodec.constant("halve", HALVE));
    TrainedModel model =
        experiment.withCodec(codec).train(t -> shortTraining(t).epochs(1).iterations(1), folder);
    assertThat(NnUNet.load(folder.resolve("model"), codec)).isEqualTo(model);
    assertThatThrownBy(() -> NnUNet.load(folder.resolve("model")))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("halve");
  }

  @Test
  void aPlanForOthersCodeIsReadButNotTrained() {
    Experiment experiment =
        NnUNet.plan(Phantoms.volumes(5))
            .withPlan(p -> p.toBuilder().labelManager("MyManager").build())
            .withPlan(p -> p.with("3d_fullres", c -> c.preprocessor("MyPreprocessor")));
    PlanCodec codec = PlanCodec.standard();
    assertThat(codec.decode(codec.encode(experiment.plan()))).isEqualTo(experiment.plan());
    assertThatThrownBy(() -> experiment.train(FacadeTest::shortTraining, folder))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("$.configurations.3d_fullres.preprocessor_name")
        .hasMessageContaining("DefaultPreprocessor")
        .hasMessageContaining("$.label_manager")
        .hasMessageContaining("\"MyManager\"");
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> experiment.data(folder)).isInstanceOf(PlanException.class);
  }

  @Test
  void slicesOfVolumesAreAConfigurationOfTheirOwn() throws IOException {
    Experiment experiment =
        NnUNet.plan(Phantoms.volumes(5)).withPlan(Phantoms::tiny).withConfiguration("2d");
    experiment.train(FacadeTest::shortTraining, folder);
    assertThat(
            SummaryJson.read(folder.resolve("fold_0/validation/summary.json"))
                .foregroundMean()
                .dice())
        .isGreaterThan(0.5);
  }

  @Test
  void picturesFromAFolderTrainAndPredict() throws IOException {
    Dataset pictures = Phantoms.pictures(6);
    Path raw = folder.resolve("Dataset001_Pictures");
    for (Case one : pictures.cases()) {
      writePicture(one.image(), raw.resolve("imagesTr/" + one.id() + "_0000.png"));
      ImageFormats.naturalImage2d()
          .write(one.labels().orElseThrow(), raw.resolve("labelsTr/" + one.id() + ".png"));
    }
    DatasetJson.write(
        DatasetDescription.builder()
            .channels("R", "G", "B")
            .labels(pictures.labels())
            .fileEnding(".png")
            .declaredCases(6)
            .build(),
        raw.resolve("dataset.json"));

    Dataset dataset = Dataset.open(raw);
    assertThat(dataset.verify(2).errors()).isEmpty();
    Experiment experiment = NnUNet.plan(dataset).withPlan(Phantoms::tiny);
    assertThat(experiment.plan().names()).containsExactly("2d");
    TrainedModel model = experiment.train(FacadeTest::shortTraining, folder.resolve("run"));
    model.predict(
        raw.resolve("imagesTr"), folder.resolve("out"), job -> job.withProbabilities(true));
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**/picture_0.npz")
        .isDirectoryContaining("glob:**/picture_0.png")
        .isDirectoryContaining("glob:**/picture_5.png");
    assertThat(
            SummaryJson.read(folder.resolve("run/fold_0/validation/summary.json"))
                .cases()
                .get(0)
                .reference())
        .startsWith(raw.resolve("labelsTr").toString());
    assertThat(
            SummaryJson.read(folder.resolve("run/fold_0/validation/summary.json"))
                .foregroundMean()
                .dice())
        .isGreaterThan(0.5);
  }

  private static void writePicture(Volume image, Path file) throws IOException {
    int rows = image.grid().extent().get(1);
    int columns = image.grid().extent().get(2);
    BufferedImage picture = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < rows; y++) {
      for (int x = 0; x < columns; x++) {
        int red = (int) image.at(0, 0, y, x);
        int green = (int) image.at(1, 0, y, x);
        int blue = (int) image.at(2, 0, y, x);
        picture.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, "png", file.toFile());
  }

  @Test
  void aFolderThatIsNoModelSaysSo() throws IOException {
    assertThatThrownBy(() -> NnUNet.load(folder.resolve("nowhere")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no such folder");
    assertThatThrownBy(() -> NnUNet.load(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model.json");
    Files.writeString(folder.resolve("model.json"), "{\"format\":\"x\",\"version\":1}");
    assertThatThrownBy(() -> NnUNet.load(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("$.format");
    Files.writeString(
        folder.resolve("model.json"), "{\"format\":\"nnunet4j-model\",\"version\":99}");
    assertThatThrownBy(() -> NnUNet.load(folder))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("version 1");
    assertThatThrownBy(
            () ->
                TrainedModel.builder()
                    .plan(NnUNet.plan(Phantoms.volumes(2)).plan())
                    .configuration("2d")
                    .dataset(Phantoms.volumes(2).description())
                    .build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least one fold");
  }

  @Test
  void experimentsAreValues() {
    Experiment experiment = NnUNet.plan(Phantoms.volumes(5));
    assertThat(experiment.fold()).isEqualTo(Fold.of(0));
    assertThat(experiment.fingerprint().extents()).hasSize(5);
    Experiment split =
        experiment.withFolds(
            Folds.fixed(
                List.of(
                    new Split(
                        List.of("case_0", "case_1", "case_2"), List.of("case_3", "case_4")))));
    assertThat(split.split().validation()).containsExactly("case_3", "case_4");
    assertThat(split).isNotEqualTo(experiment);
    assertThat(experiment.withFold(Fold.of(0))).isNotSameAs(experiment);
    assertThat(experiment.toString()).contains("Phantoms", "3d_fullres");
    assertThatThrownBy(() -> experiment.withConfiguration("3d_lowres"))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("3d_fullres");
  }

  private static LabelMap predict(TrainedModel model, Volume image) {
    try (Predictor predictor = model.predictor()) {
      return predictor.predict(image);
    }
  }
}
