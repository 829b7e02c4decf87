package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Npz;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Resamplings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProbabilityFileTest {
  private static final Resampling LINEAR = Resamplings.probabilities();

  @TempDir Path folder;

  /** What NumPy reads of an archive of one float32 array. */
  private static Volume read(Path file, Grid grid) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName)).containsExactly("probabilities.npy");
      ZipEntry entry = zip.getEntry("probabilities.npy");
      assertThat(entry.getMethod()).isEqualTo(ZipEntry.DEFLATED);
      ByteBuffer bytes =
          ByteBuffer.wrap(zip.getInputStream(entry).readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
      assertThat(bytes.getLong()).isEqualTo(0x0001_59504d554e93L); // "\x93NUMPY", version 1.0
      byte[] header = new byte[bytes.getShort()];
      bytes.get(header);
      assertThat(bytes.position() % 64).isZero();
      String text = new String(header, StandardCharsets.US_ASCII);
      assertThat(text).endsWith("\n");
      int voxels = (int) grid.voxels();
      int channels = bytes.remaining() / 4 / voxels;
      assertThat(text.strip())
          .isEqualTo(
              "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d, %d, %d), }"
                  .formatted(
                      channels, grid.extent().get(0), grid.extent().get(1), grid.extent().get(2)));
      float[][] values = new float[channels][voxels];
      for (float[] channel : values) {
        bytes.asFloatBuffer().get(channel);
        bytes.position(bytes.position() + 4 * voxels);
      }
      assertThat(bytes.hasRemaining()).isFalse();
      return Volume.wrap(grid, values);
    }
  }

  /** With crops, transpositions, regions, two-dimensional configurations and 255 labels. */
  @ParameterizedTest
  @MethodSource("io.github.nnunet4j.infer.ExportTest#cases")
  void holdsTheNumbersThatAreGivenInMemory(String name) throws IOException {
    ExportTest.Exported golden = new ExportTest.Exported(name);
    Path file = folder.resolve("a.npz");
    Resampling opaque = (source, target) -> LINEAR.apply(source, target);
    for (Resampling resampling : List.of(LINEAR, opaque)) {
      for (int threads : new int[] {1, 3}) {
        Export export = new Export(resampling, golden.labels, threads);
        export.writeProbabilities(golden.logits, golden.placement, file);
        assertThat(read(file, golden.placement.image()))
            .isEqualTo(export.probabilities(golden.logits, golden.placement));
      }
    }
  }

  @Test
  void liesBesideEachLabelMapOfAFolderIfAskedFor() throws IOException {
    PredictionJob job = PredictionJob.of(ImageFormats.nrrd(), ".nrrd");
    List<String> heard = new ArrayList<>();
    PredictionJob more =
        job.withProbabilities(true)
            .withSkipExisting(true)
            .withListener((id, done, total) -> heard.add(id));
    try (Predictor predictor = new BrightModel().predictor(PredictorConfig.defaults())) {
      predictor.predict(cases(), folder, job);
      assertThat(names()).containsExactly("case0.nrrd", "case1.nrrd");
      Files.writeString(folder.resolve("case0.nrrd"), "old");

      List<Path> files = predictor.predict(cases(), folder, more);
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("case0.nrrd", "case1.nrrd");
      assertThat(names()).containsExactly("case0.npz", "case0.nrrd", "case1.npz", "case1.nrrd");
      for (int i = 0; i < 2; i++) {
        Volume image = BrightModel.image(i);
        assertThat(read(folder.resolve("case" + i + ".npz"), image.grid()))
            .isEqualTo(predictor.probabilities(image));
        assertThat(ImageFormats.nrrd().readLabels(files.get(i)).unsafeArray())
            .isEqualTo(predictor.predict(image).unsafeArray());
      }

      Files.writeString(folder.resolve("case0.nrrd"), "whole");
      Files.delete(folder.resolve("case1.npz"));
      predictor.predict(cases(), folder, more);
      assertThat(folder.resolve("case0.nrrd")).hasContent("whole");
      assertThat(folder.resolve("case1.npz")).exists();
      assertThat(heard).containsExactly("case0", "case1", "case0", "case1");
    }
  }

  @Test
  void isWholeOrNotThere() throws IOException {
    Files.createDirectories(folder.resolve("case0.npz/in the way"));
    PredictionJob job = PredictionJob.of(ImageFormats.nrrd(), ".nrrd").withProbabilities(true);
    try (Predictor predictor = new BrightModel().predictor(PredictorConfig.defaults())) {
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(cases(), folder, job))
          .withMessageContaining("case case0");
    }
    assertThat(names()).containsExactly("case0.npz");
    assertThatThrownBy(
            () -> Npz.write(folder.resolve("b.npz"), "a", List.of(2, 3), i -> new float[3 - i]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 values, not 3");
    assertThat(names()).containsExactly("case0.npz");
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PredictionJob.of(ImageFormats.nrrd(), ".npz").withProbabilities(true));
    Placement placement =
        new Placement(Grid.of(2, 2, 2), List.of(0, 1, 2), Box.whole(Extent.of(2, 2, 2)));
    Volume one = Volume.wrap(Grid.of(2, 2, 2), new float[8]);
    Export export = new Export(LINEAR, Labels.of("a"), 1);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> export.writeProbabilities(one, placement, folder.resolve("a.npz")));
    PredictionJob job = PredictionJob.of(ImageFormats.nrrd(), ".nrrd");
    assertThat(job.withProbabilities(false)).isEqualTo(job).hasSameHashCodeAs(job);
    assertThat(job.withProbabilities(true)).isNotEqualTo(job);
    assertThat(job.toString()).contains(".nrrd");
  }

  private static List<Case> cases() {
    return List.of(
        Cases.lazy("case0", () -> BrightModel.image(0)),
        Cases.lazy("case1", () -> BrightModel.image(1)));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
