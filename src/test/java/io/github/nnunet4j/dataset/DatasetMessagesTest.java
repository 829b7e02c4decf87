package io.github.nnunet4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody reads who opens a data set for the first time. */
class DatasetMessagesTest {
  private static final Grid GRID = Grid.of(1, 1, 2);
  private static final String JSON =
      """
      {"channel_names": {"0": "T1"}, "labels": {"background": 0, "x": 1},
       "numTraining": 1, "file_ending": ".nii"}
      """;

  @TempDir Path folder;

  private void raw() throws IOException {
    Files.createDirectories(folder.resolve("imagesTr"));
    Files.createDirectories(folder.resolve("labelsTr"));
    Files.writeString(folder.resolve("dataset.json"), JSON);
    ImageFormats.nifti()
        .write(Volume.wrap(GRID, new float[] {1, 2}), folder.resolve("imagesTr/a_0000.nii"));
    ImageFormats.nifti()
        .write(LabelMap.wrap(GRID, new short[] {0, 1}), folder.resolve("labelsTr/a.nii"));
  }

  @Test
  void aMissingNumTrainingIsAskedForAndNotCases() throws IOException {
    raw();
    assertThat(Dataset.open(folder).verify(1)).hasToString("no problems");
    Files.writeString(folder.resolve("dataset.json"), JSON.replace("\"numTraining\": 1,", ""));
    IntegrityReport report = Dataset.open(folder).verify(1);
    assertThat(report.errors()).hasSize(1);
    assertThat(report.toString())
        .contains("expected the key numTraining in dataset.json, found none")
        .contains("Write \"numTraining\": 1 into it")
        .doesNotContain("Add the missing cases");
  }

  @Test
  void backgroundIsNotToBeNamed() {
    assertThatThrownBy(() -> Labels.of("background", "liver"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("expected names of the foreground alone")
        .hasMessageContaining("Leave it out: background is 0 without being named.");
    assertThatThrownBy(() -> Labels.of("liver", "liver"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("found liver twice. Rename one.");
  }

  @Test
  void anAbsentImageIsNamedWithItsCaseAndWhatToDo() throws IOException {
    Path absent = folder.resolve("absent.nii.gz");
    for (String name : List.of("absent.nii.gz", "absent.png", "absent.mha", "absent.nrrd")) {
      Path file = folder.resolve(name);
      assertThatThrownBy(() -> ImageFormats.forFile(file, ImageFormats.all()).read(file))
          .isInstanceOf(ImageException.class)
          .hasMessage(file + ": expected a file, found no such file. Add it, or correct its name.");
    }
    Path relative = Path.of("absent.nii.gz");
    assertThatThrownBy(() -> ImageFormats.nifti().readLabels(relative))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("this path begins at " + Path.of("").toAbsolutePath());

    Dataset supplied =
        Dataset.builder("Dataset001_Supplied")
            .channels("T1")
            .labels(Labels.of("x"))
            .add(
                Cases.lazy(
                    "one",
                    () -> ImageFormats.nifti().read(absent),
                    () -> ImageFormats.nifti().readLabels(absent)))
            .add(
                Cases.lazy(
                    "two",
                    () -> Volume.wrap(GRID, new float[Files.readAllBytes(absent).length]),
                    () -> LabelMap.wrap(GRID, new short[2])))
            .build();
    IntegrityReport report = supplied.verify(1);
    assertThat(report.errors()).hasSize(3);
    assertThat(report.toString())
        .contains("case one: " + absent + ": expected a file, found no such file")
        .contains("case two: " + absent + ": expected a file, found no such file. Add it, or");
  }

  @Test
  void theFolderOfARunOrModelIsNoDataSet() throws IOException {
    Files.writeString(folder.resolve("dataset.json"), JSON);
    Files.writeString(folder.resolve("plans.json"), "{}");
    assertThatThrownBy(() -> Dataset.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("found a run folder with a plan")
        .hasMessageContaining("Open the data set that it was planned for");
    Path model = folder.resolve("model");
    Files.createDirectories(model);
    Files.writeString(model.resolve("model.json"), "{}");
    assertThatThrownBy(() -> Dataset.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(
            "expected a data set, with dataset.json, imagesTr and labelsTr, found a run folder")
        .hasMessageContaining("Load the model by NnUNet.load(\"" + model.toAbsolutePath() + "\").");
    assertThatThrownBy(() -> Dataset.open(model))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("found a model folder")
        .hasMessageContaining("NnUNet.load(\"" + model.toAbsolutePath() + "\")");
    raw();
    assertThat(Dataset.open(folder).ids()).containsExactly("a"); // a run beside its own images
  }
}
