package io.github.nnunet4j.faults;

import static io.github.nnunet4j.faults.Faults.refused;
import static io.github.nnunet4j.faults.Faults.says;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.faults.Faults.SmallDisk;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.infer.PredictionJob;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged model folders, and images that a sound model cannot predict. */
@Tag("engine")
@Timeout(120)
class ModelFaultsTest {
  private static TrainedModel model;

  @TempDir Path root;

  @BeforeAll
  static void makeAModel(@TempDir Path data) throws IOException {
    Experiment experiment = Faults.experiment(new RawFolder(data, 1).open());
    model = model(experiment.plan().configuration("3d_fullres"), experiment);
  }

  private static TrainedModel model(Configuration configuration, Experiment experiment) {
    RunningNetwork.Heads heads = new RunningNetwork.Heads(2, 3, configuration.patch(), false);
    try (RunningNetwork network =
        RunningNetwork.start(configuration.topology(), heads, Device.cpu(), 1)) {
      return TrainedModel.builder()
          .plan(experiment.plan())
          .configuration(configuration.name())
          .dataset(RawFolder.DESCRIPTION)
          .fold("0", network.weights())
          .build();
    }
  }

  @AfterEach
  void noThreadIsLeft() {
    Faults.requireNoThreads();
  }

  private void damaged(
      Class<? extends NnUNetException> type,
      String file,
      String from,
      String to,
      String where,
      String expected,
      String found)
      throws IOException {
    Path path = root.resolve("model").resolve(file);
    byte[] sound = Files.readAllBytes(path);
    String text = Files.readString(path);
    assertThat(text).contains(from);
    Files.writeString(path, text.replace(from, to));
    says(
        refused(type, () -> NnUNet.load(root.resolve("model"))), path + where, expected, found, "");
    Files.write(path, sound);
  }

  @Test
  void everyDamageOfAFolderIsNamedByFileAndPath() throws IOException {
    Path folder = root.resolve("model");
    model.save(folder);
    String manifest = "model.json";
    damaged(ModelException.class, manifest, "\"folds\"", "\"fold\"", " $", "the key \"folds\"", "");
    damaged(ModelException.class, manifest, "\"0\"", "7", " $.folds[0]", "", "7");
    damaged(
        ModelException.class,
        manifest,
        "\"0\"",
        "\"../0\"",
        " $.folds[0]",
        "a fold number",
        "../0");
    damaged(ModelException.class, manifest, "1,", "\"1\",", " $.version", "", "\"1\"");
    damaged(ModelException.class, manifest, "}", "", "", "JSON", "at line");
    damaged(
        PlanException.class,
        "plans.json",
        "\"patch_size\": [",
        "\"patch_size\": [\"8\",",
        " $.configurations.",
        "",
        "");
    damaged(PlanException.class, "plans.json", "{", "[", "", "JSON", "");
    damaged(
        DatasetException.class,
        "dataset.json",
        "\"labels\"",
        "\"label\"",
        " $",
        "the key \"labels\"",
        "");
    for (String file : List.of("plans.json", "dataset.json", "fold_0.safetensors")) {
      byte[] sound = Files.readAllBytes(folder.resolve(file));
      Files.delete(folder.resolve(file));
      says(
          refused(ModelException.class, () -> NnUNet.load(folder)),
          folder.resolve(file).toString(),
          "a file of the model, as model.json says",
          "no such file",
          "Restore the folder from a whole copy");
      Files.write(folder.resolve(file), sound);
    }
    Path weights = folder.resolve("fold_0.safetensors");
    byte[] sound = Files.readAllBytes(weights);
    for (int length : new int[] {0, 5, 200, sound.length - 1}) {
      Files.write(weights, Arrays.copyOf(sound, length));
      says(
          refused(ModelException.class, () -> NnUNet.load(folder)),
          weights.toString(),
          "a safetensors file",
          "",
          "Take the weights file of a model folder");
    }
    Files.write(weights, sound);
    assertThat(NnUNet.load(folder)).isEqualTo(model);
  }

  @Test
  void weightsOfAnotherNetworkAreNamedByTheirParameter() {
    Weights other = Weights.builder().put("strange", new float[1], 1).build();
    TrainedModel mixed =
        TrainedModel.builder()
            .plan(model.plan())
            .configuration("3d_fullres")
            .dataset(model.dataset())
            .fold("0", other)
            .build();
    org.assertj.core.api.Assertions.assertThatThrownBy(mixed::predictor)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("weights number 1 of the model: weights, parameter strange")
        .hasMessageContaining("expected no such parameter, found shape [1]")
        .hasMessageContaining("Use the weights of the same network");
    DatasetDescription one = model.dataset().toBuilder().channels("T1").build();
    says(
        refused(
            ModelException.class,
            () ->
                TrainedModel.builder()
                    .plan(model.plan())
                    .configuration("3d_fullres")
                    .dataset(one)
                    .fold("0", other)
                    .build()),
        "model",
        "a plan for 1 channels",
        "2 channels",
        "Put plan and description of one data set together");
  }

  private static Volume image(Grid grid, int channels) {
    float[][] voxels = new float[channels][(int) grid.voxels()];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < voxels[c].length; i++) {
        voxels[c][i] = (i * 31 + c) % 97;
      }
    }
    return Volume.wrap(grid, voxels);
  }

  @Test
  void imagesThatDoNotFitTheModelAreRefused() {
    Grid grid = RawFolder.GRID;
    try (Predictor predictor = model.predictor()) {
      for (int channels : new int[] {1, 3}) {
        says(
            refused(PredictionException.class, () -> predictor.predict(image(grid, channels))),
            "image",
            "2 channels, as the network was trained with",
            Integer.toString(channels),
            "Give all channels of the case");
      }
      Volume empty = Volume.wrap(Grid.of(0, 4, 4), new float[0], new float[0]);
      says(
          refused(PredictionException.class, () -> predictor.predict(empty)),
          "image",
          "at least one voxel",
          "0x4x4",
          "Check the file");
      float[] nan = new float[(int) grid.voxels()];
      nan[13 * 2 + 1] = Float.NaN;
      Volume broken = Volume.wrap(grid, new float[nan.length], nan);
      says(
          refused(PredictionException.class, () -> predictor.predict(broken)),
          "channel 1",
          "finite voxels",
          "NaN at (z, y, x) = (0, 2, 1)",
          "Replace voxels without a value");
      Volume picture = image(Grid.of(Extent.of(1, 20, 20), Spacing.millimetres(999, 1, 1)), 2);
      says(
          refused(PreprocessException.class, () -> predictor.predict(picture)),
          "case image",
          "a volume, as the plan resamples in three dimensions",
          "a picture of one slice, 1x20x20",
          "Use a 2d configuration");
      Volume metres = image(grid.withSpacing(Spacing.millimetres(1500, 1000, 1000)), 2);
      says(
          refused(PreprocessException.class, () -> predictor.predict(metres)),
          "case image, resampling from",
          "what the heap of this JVM can hold",
          " x ",
          "Check the spacing of the image");
    }
  }

  @Test
  void smallAndEmptyImagesArePredicted() {
    try (Predictor predictor = model.predictor()) {
      for (Extent extent : List.of(Extent.of(1, 1, 1), Extent.of(1, 9, 2), Extent.of(5, 4, 3))) {
        Grid grid = RawFolder.GRID.withExtent(extent);
        assertThat(predictor.predict(image(grid, 2)).grid()).isEqualTo(grid);
      }
      Grid grid = RawFolder.GRID;
      float[] zeros = new float[(int) grid.voxels()];
      assertThat(predictor.predict(Volume.wrap(grid, zeros, zeros)).grid()).isEqualTo(grid);
    }
  }

  @Test
  void aPatchThatNoMachineHoldsIsRefusedBeforeItIsTried() {
    Configuration sound = model.configuration();
    Extent patch = Extent.of(3, axis -> 1024);
    TrainedModel absurd =
        TrainedModel.builder()
            .plan(model.plan().with("3d_fullres", c -> c.patch(patch)))
            .configuration("3d_fullres")
            .dataset(model.dataset())
            .fold("0", model.folds().get("0"))
            .build();
    says(
        refused(PredictionException.class, absurd::predictor),
        "patch 1024x1024x1024",
        "tiles that the heap of this JVM",
        "4096 MiB",
        "Use a configuration with a smaller patch_size");
    UNet net = (UNet) sound.topology();
    TrainedModel wide =
        TrainedModel.builder()
            .plan(
                model
                    .plan()
                    .with(
                        "3d_fullres",
                        c ->
                            c.patch(Extent.of(3, axis -> 512))
                                .topology(
                                    net.toBuilder()
                                        .features(Collections.nCopies(net.stages(), 4096))
                                        .build())))
            .configuration("3d_fullres")
            .dataset(model.dataset())
            .fold("0", model.folds().get("0"))
            .build();
    says(
        refused(PredictionException.class, wide::predictor),
        "patch 512x512x512, ",
        "feature maps that the memory of this machine",
        "at least ",
        "smaller batch");
  }

  @Test
  void aFolderOfImagesIsPredictedUpToTheCaseThatFails() throws Exception {
    RawFolder raw = new RawFolder(root.resolve("raw"), 3);
    Path images = raw.folder().resolve("imagesTr");
    Path out = root.resolve("out");
    PredictionJob job = PredictionJob.of(model.dataset());
    Files.delete(raw.image(1, 1));
    try (Predictor predictor = model.predictor()) {
      List<Case> missing = Cases.inFolder(images, model.dataset());
      says(
          refused(PredictionException.class, () -> predictor.predict(missing, out, job)),
          "case case_1: image",
          "2 channels [T1, T2]",
          "1 in [",
          "Give one file per channel");
      assertThat(Faults.wholeFiles(out)).isSubsetOf("case_0.mha");
      raw.write(1);
      Path mount = root.resolve("small");
      List<Case> cases = Cases.inFolder(images, model.dataset());
      assertThat(predictor.predict(cases, out, job.withSkipExisting(true))).hasSize(3);
      assertThat(Faults.wholeFiles(out)).hasSize(3);
      try (SmallDisk disk = new SmallDisk(mount, 1)) {
        disk.fillBut(0);
        says(
            refused(PredictionException.class, () -> predictor.predict(cases, mount, job)),
            "case case_0",
            "",
            "No space left on device",
            "that the disk has room");
        assertThat(Faults.wholeFiles(mount)).containsExactly("filler");
        disk.empty();
        assertThat(predictor.predict(cases, mount, job)).hasSize(3);
      }
      List<Case> twice = List.of(cases.get(0), cases.get(0));
      says(
          refused(PredictionException.class, () -> predictor.predict(twice, out, job)),
          "case case_0",
          "different ids",
          "this id twice",
          "Rename one");
      List<Case> failing =
          List.of(
              Cases.lazy(
                  "remote",
                  () -> {
                    throw new IllegalStateException("no connection");
                  }));
      says(
          refused(PredictionException.class, () -> predictor.predict(failing, out, job)),
          "case remote",
          "a case that can be predicted",
          "no connection",
          "see its cause");
    }
  }
}
