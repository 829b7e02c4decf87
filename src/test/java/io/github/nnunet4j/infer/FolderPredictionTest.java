package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FolderPredictionTest {
  private final BrightModel model = new BrightModel();
  private static final DatasetDescription NRRD =
      DatasetDescription.builder()
          .channels("CT")
          .labels(Labels.of("bright"))
          .fileEnding(".nrrd")
          .build();
  @TempDir Path folder;

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("nnunet4j-predict"));
  }

  @Test
  void predictsManyCasesIntoAFolder() throws IOException {
    List<String> heard = new ArrayList<>();
    PredictionJob job =
        PredictionJob.of(TEXT, ".txt")
            .withListener((id, done, total) -> heard.add(id + " " + done + "/" + total));
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      List<Path> files = predictor.predict(cases(5), folder.resolve("new"), job);
      assertThat(files).hasSize(5);
      for (int i = 0; i < 5; i++) {
        assertThat(files.get(i)).hasFileName("case" + i + ".txt");
        assertThat(Files.readString(files.get(i)))
            .isEqualTo(text(BrightModel.threshold(BrightModel.image(i))));
      }
    }
    assertThat(heard)
        .containsExactly("case0 1/5", "case1 2/5", "case2 3/5", "case3 4/5", "case4 5/5");
  }

  @Test
  void skipsWhatIsThereIfAskedTo() throws IOException {
    Files.writeString(folder.resolve("case1.txt"), "old");
    List<String> heard = new ArrayList<>();
    PredictionJob job =
        PredictionJob.of(TEXT, ".txt").withListener((id, done, total) -> heard.add(id));
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      predictor.predict(cases(3), folder, job.withSkipExisting(true));
      assertThat(folder.resolve("case1.txt")).hasContent("old");
      assertThat(heard).containsExactly("case1", "case0", "case2");
      predictor.predict(cases(3), folder, job);
      assertThat(folder.resolve("case1.txt"))
          .hasContent(text(BrightModel.threshold(BrightModel.image(1))));
    }
  }

  @Test
  void namesTheCaseThatFailsAndKeepsTheOthers() {
    List<Case> cases = new ArrayList<>(cases(2));
    cases.add(
        Cases.lazy(
            "gone",
            () -> {
              throw new IOException("gone_0000.nii.gz does not exist");
            }));
    cases.addAll(cases(9).subList(2, 9));
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(cases, folder, PredictionJob.of(TEXT, ".txt")))
          .withMessageContaining("case gone")
          .withMessageContaining("does not exist");
    }
    assertThat(folder.resolve("gone.txt")).doesNotExist();
    assertThat(files()).allMatch(name -> name.matches("case[01]\\.txt"));
  }

  @Test
  void leavesNothingHalfWrittenWhenWritingFails() {
    ImageFormat full =
        new TextFormat() {
          @Override
          public void write(LabelMap labels, Path file) throws IOException {
            AtomicFiles.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("No space left on device");
                });
          }
        };
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(cases(4), folder, PredictionJob.of(full, ".txt")))
          .withMessageContaining("case case0")
          .withMessageContaining("No space left");
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void stopsAtAFailingListenerAndOnRequest() {
    PredictionJob job = PredictionJob.of(TEXT, ".txt");
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      PredictionJob failing =
          job.withListener(
              (id, done, total) -> {
                throw new IllegalStateException("listener bug");
              });
      assertThatExceptionOfType(StrategyException.class)
          .isThrownBy(() -> predictor.predict(cases(4), folder, failing))
          .withMessageContaining("case case0: listener")
          .withMessageContaining("listener bug");
      AtomicBoolean stop = new AtomicBoolean();
      PredictionJob stopping =
          job.withListener((id, done, total) -> stop.set(true)).withCancelled(stop::get);
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(() -> predictor.predict(cases(50), folder, stopping));
      assertThat(files()).hasSizeLessThan(5);
      PredictionJob polite =
          job.withListener(
              (id, done, total) -> {
                throw CasePipeline.cancellation("a button");
              });
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(() -> predictor.predict(cases(4), folder, polite))
          .withMessageContaining("a button");
    }
  }

  @Test
  void refusesJobsThatCannotEndWell() {
    PredictionJob job = PredictionJob.of(TEXT, ".txt");
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      List<Case> twice = List.of(cases(1).get(0), cases(1).get(0));
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(twice, folder, job))
          .withMessageContaining("this id twice");
      for (String id : List.of("../evil", ".hidden", "", "a/b", "a\nb")) {
        List<Case> odd = List.of(Cases.of(id, BrightModel.image(1)));
        assertThatExceptionOfType(PredictionException.class)
            .isThrownBy(() -> predictor.predict(odd, folder, job))
            .withMessageContaining("file name");
      }
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(cases(1), folder, PredictionJob.of(TEXT, ".nii.gz")))
          .withMessageContaining("case0.nii.gz");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> PredictionJob.of(TEXT, "nii"));
    assertThat(files()).isEmpty();
  }

  @Test
  void predictsAFolderOfImagesIntoTheirOwnFormat() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    for (int i = 0; i < 3; i++) {
      LabelMap bright = BrightModel.threshold(BrightModel.image(i));
      ImageFormats.nrrd().write(bright, images.resolve("scan_" + i + "_0000.nrrd"));
    }
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      List<Path> files =
          predictor.predict(
              Cases.inFolder(images, NRRD), folder.resolve("out"), PredictionJob.of(NRRD));
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactly("scan_0.nrrd", "scan_1.nrrd", "scan_2.nrrd");
      for (int i = 0; i < 3; i++) {
        assertThat(ImageFormats.nrrd().readLabels(files.get(i)).unsafeArray())
            .isEqualTo(BrightModel.threshold(BrightModel.image(i)).unsafeArray());
      }
    }
  }

  @Test
  void namesTheFileThatIsMissingOrCutShort() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Path out = folder.resolve("out");
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> Cases.inFolder(images, NRRD))
        .withMessageContaining("no file CASE_0000.nrrd");
    assertThatExceptionOfType(DatasetException.class)
        .isThrownBy(() -> Cases.inFolder(images.resolve("none"), NRRD))
        .withMessageContaining("no such folder");
    LabelMap bright = BrightModel.threshold(BrightModel.image(1));
    Path file = images.resolve("a_0000.nrrd");
    ImageFormats.nrrd().write(bright, file);
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - 9));
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(
              () -> predictor.predict(Cases.inFolder(images, NRRD), out, PredictionJob.of(NRRD)))
          .withMessageContaining("case a")
          .withMessageContaining("a_0000.nrrd");
      Files.move(file, images.resolve("a_0001.nrrd"));
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(
              () -> predictor.predict(Cases.inFolder(images, NRRD), out, PredictionJob.of(NRRD)))
          .withMessageContaining("a_0000.nrrd")
          .withMessageContaining("no such file");
    }
    assertThat(out).doesNotExist();
    DatasetDescription odd = NRRD.toBuilder().fileEnding(".dcm").build();
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> PredictionJob.of(odd))
        .withMessageContaining(".dcm");
  }

  private List<String> files() {
    try (Stream<Path> list = Files.list(folder)) {
      return list.map(p -> p.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Case> cases(int count) {
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int seed = i;
      cases.add(Cases.lazy("case" + i, () -> BrightModel.image(seed)));
    }
    return cases;
  }

  private static String text(LabelMap labels) {
    return java.util.Arrays.toString(labels.unsafeArray());
  }

  private static final ImageFormat TEXT = new TextFormat();

  private static class TextFormat implements ImageFormat {
    @Override
    public boolean accepts(Path file) {
      return file.toString().endsWith(".txt");
    }

    @Override
    public Volume read(Path file) throws IOException {
      throw new IOException("not for reading");
    }

    @Override
    public LabelMap readLabels(Path file) throws IOException {
      throw new IOException("not for reading");
    }

    @Override
    public void write(LabelMap labels, Path file) throws IOException {
      AtomicFiles.write(file, text(labels).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }
}
