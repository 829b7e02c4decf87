package io.github.nnunet4j.faults;

import static io.github.nnunet4j.faults.Faults.refused;
import static io.github.nnunet4j.faults.Faults.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.evaluate.Evaluation;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.faults.Faults.SmallDisk;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full while something is written to it. */
@Timeout(120)
class StorageFaultsTest {
  @TempDir Path root;

  @AfterEach
  void noThreadIsLeft() {
    Faults.requireNoThreads();
  }

  private interface Writing {
    void into(Path folder) throws IOException;
  }

  /** Fails with the file's name on a full disk, leaves nothing, and works with room. */
  private void failsWholly(String file, Writing writing) throws Exception {
    Path mount = root.resolve("small");
    try (SmallDisk disk = new SmallDisk(mount, 1)) {
      Path folder = mount.resolve("out");
      Files.createDirectory(folder);
      disk.fillBut(0);
      assertThatThrownBy(() -> writing.into(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file)
          .hasMessageContaining("No space left on device");
      assertThat(Faults.wholeFiles(folder)).doesNotContain(file);
      disk.empty();
      writing.into(folder);
      assertThat(Faults.wholeFiles(folder)).contains(file);
    }
  }

  @Test
  void aPreparationKeepsFinishedCasesAndGoesOnWithRoom() throws Exception {
    Dataset dataset = new RawFolder(root.resolve("Dataset001_Full"), 4).open();
    Experiment experiment = Faults.experiment(dataset).withThreads(1);
    Path mount = root.resolve("small");
    try (SmallDisk disk = new SmallDisk(mount, 1)) {
      disk.fillBut(90 << 10); // three cases of about 26 KiB
      says(
          refused(PreprocessException.class, () -> experiment.prepare(dataset.ids(), mount)),
          "case case_3, " + mount,
          "to write the prepared case",
          "No space left on device",
          "Free space or choose another folder, then prepare again");
      assertThat(Faults.wholeFiles(mount))
          .containsExactly("case_0.prepared", "case_1.prepared", "case_2.prepared", "filler");
      disk.empty();
      assertThat(experiment.prepare(dataset.ids(), mount)).hasSize(4);
    }
  }

  @Test
  void aPlanIsWrittenWhollyOrNotAtAll() throws Exception {
    Experiment experiment =
        Faults.experiment(new RawFolder(root.resolve("Dataset001_Full"), 1).open());
    failsWholly(
        "plans.json",
        folder -> PlanCodec.standard().write(experiment.plan(), folder.resolve("plans.json")));
  }

  @Test
  void aModelIsOnlyThereOnceItIsWhole() throws Exception {
    Experiment experiment =
        Faults.experiment(new RawFolder(root.resolve("Dataset001_Full"), 1).open());
    TrainedModel model =
        TrainedModel.builder()
            .plan(experiment.plan())
            .configuration("3d_fullres")
            .dataset(RawFolder.DESCRIPTION)
            .fold("0", Weights.builder().put("a", new float[5000], 5000).build())
            .build();
    failsWholly("fold_0.safetensors", model::save);
  }

  @Test
  void aSummaryIsWrittenWhollyOrNotAtAll() throws Exception {
    Dataset dataset = new RawFolder(root.resolve("Dataset001_Full"), 4).open();
    Summary summary =
        Evaluation.of(dataset.labels()).cases(dataset.cases(), one -> one.labels().orElseThrow());
    failsWholly(
        "summary.json", folder -> SummaryJson.write(summary, folder.resolve("summary.json")));
  }

  @Test
  void labelMapsOfEveryFormatAreWrittenWhollyOrNotAtAll() throws Exception {
    short[] noise = new short[40 * 40 * 40];
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (short) random.nextInt(200);
    }
    io.github.nnunet4j.image.LabelMap map =
        io.github.nnunet4j.image.LabelMap.wrap(io.github.nnunet4j.image.Grid.of(40, 40, 40), noise);
    for (String ending : List.of(".nii.gz", ".nii", ".mha", ".nrrd")) {
      failsWholly(
          "case" + ending,
          folder -> {
            Path file = folder.resolve("case" + ending);
            ImageFormats.forFile(file, ImageFormats.all()).write(map, file);
          });
    }
  }
}
