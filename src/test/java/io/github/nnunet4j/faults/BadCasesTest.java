package io.github.nnunet4j.faults;

import static io.github.nnunet4j.faults.Faults.refused;
import static io.github.nnunet4j.faults.Faults.says;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.IntegrityReport;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.evaluate.Evaluation;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One damaged case among sound ones, met by each step before the training. */
@Timeout(120)
class BadCasesTest {
  @TempDir Path root;
  private RawFolder raw;

  private interface Damage {
    void to(RawFolder raw) throws IOException;
  }

  /** A damage to case 1 and the four parts of the message about it. */
  record Fault(
      String name, Damage damage, String where, String expected, String found, String next) {
    void require(Problem problem) {
      says(problem, where, expected, found, next);
      assertThat(problem.where()).startsWith("case case_1");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @BeforeEach
  void makeASoundDataSet() throws IOException {
    raw = new RawFolder(root.resolve("Dataset001_Damaged"), 3);
  }

  @AfterEach
  void noThreadIsLeft() {
    Faults.requireNoThreads();
  }

  private static void truncate(Path file, int by) throws IOException {
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - by));
  }

  private static void folderInPlaceOf(Path file) throws IOException {
    Files.delete(file);
    Files.createDirectory(file);
  }

  private static Volume channel(Extent extent, Spacing spacing) {
    return Volume.wrap(
        RawFolder.GRID.withExtent(extent).withSpacing(spacing), new float[(int) extent.voxels()]);
  }

  private static LabelMap withLabel(int label) {
    short[] voxels = RawFolder.labels(1).toArray();
    voxels[13 * 14 * 2 + 13 * 3 + 4] = (short) label;
    return LabelMap.wrap(RawFolder.GRID, voxels);
  }

  private static Volume withVoxel(float value) {
    float[] voxels = RawFolder.image(1).toArray(1);
    voxels[13 * 14 * 2 + 13 * 3 + 4] = value;
    voxels[voxels.length - 1] = value;
    return Volume.wrap(RawFolder.GRID, voxels);
  }

  static Stream<Fault> faults() {
    Extent shape = RawFolder.GRID.extent();
    Extent other = Extent.of(12, 14, 12);
    Spacing spacing = RawFolder.GRID.spacing();
    Spacing wrong = Spacing.millimetres(1.5, 1, 2);
    return Stream.of(
        new Fault(
            "missing channel",
            r -> Files.delete(r.image(1, 1)),
            "case case_1: image",
            "2 channels [T1, T2]",
            "1 in [",
            "Give one file per channel"),
        new Fault(
            "missing first channel",
            r -> Files.delete(r.image(1, 0)),
            "case_1_0000.mha",
            "a file",
            "no such file",
            "correct its name"),
        new Fault(
            "channel too many",
            r -> Files.copy(r.image(1, 0), r.image(1, 2)),
            "case case_1: image",
            "2 channels [T1, T2]",
            "3 in [",
            "correct channel_names"),
        new Fault(
            "channels of two shapes",
            r -> RawFolder.write(channel(other, spacing), r.image(1, 1)),
            "case_1_0001.mha",
            "12x14x13 voxels (z, y, x) as in case_1_0000.mha",
            "12x14x12",
            "resample or correct"),
        new Fault(
            "channels of two spacings",
            r -> RawFolder.write(channel(shape, wrong), r.image(1, 1)),
            "case_1_0001.mha",
            "a spacing of 1.5x1.0x1.0 mm as in case_1_0000.mha",
            "1.5x1.0x2.0 mm",
            "resample or correct"),
        new Fault(
            "labels of another shape",
            r ->
                RawFolder.write(
                    RawFolder.labels(1).crop(new io.github.nnunet4j.image.Box(0, 0, 0, other)),
                    r.label(1)),
            "case case_1",
            "labels of the image's extent 12x14x13",
            "12x14x12",
            ""),
        new Fault(
            "undeclared label",
            r -> RawFolder.write(withLabel(7), r.label(1)),
            "case case_1: labels",
            "only [0, 1, 2]",
            "also 7, the first at (z, y, x) = (2, 3, 4)",
            "declare the labels in dataset.json"),
        new Fault(
            "NaN voxels",
            r -> RawFolder.write(withVoxel(Float.NaN), r.image(1, 1)),
            "case case_1: channel 1",
            "finite voxels",
            "NaN at (z, y, x) = (2, 3, 4) and 1 more",
            "Replace voxels without a value"),
        new Fault(
            "infinite voxels",
            r -> RawFolder.write(withVoxel(Float.NEGATIVE_INFINITY), r.image(1, 1)),
            "case case_1: channel 1",
            "finite voxels",
            "-Infinity at (z, y, x) = (2, 3, 4) and 1 more",
            "Replace voxels without a value"),
        new Fault(
            "truncated image", r -> truncate(r.image(1, 0), 5), "case_1_0000.mha", "bytes", "", ""),
        new Fault(
            "hostile header",
            r ->
                Files.writeString(
                    r.image(1, 0),
                    RawFolder.header(new int[] {2_000_000, 2_000_000, 2_000_000}, spacing)),
            "case_1_0000.mha",
            "at most",
            "2000000",
            ""),
        new Fault(
            "image that cannot be read",
            r -> folderInPlaceOf(r.image(1, 0)),
            "case_1_0000.mha",
            "a readable file",
            "Is a directory",
            "may be read"),
        new Fault(
            "labels that cannot be read",
            r -> truncate(r.label(1), 3),
            "case_1.mha",
            "bytes",
            "",
            ""),
        new Fault(
            "missing labels",
            r -> Files.delete(r.label(1)),
            "case_1.mha",
            "a file",
            "no such file",
            "correct its name"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isNamedByEveryStepBeforeTheTraining(Fault fault) throws IOException {
    Experiment experiment = Faults.experiment(raw.open());
    fault.damage.to(raw);
    Dataset damaged = raw.open();

    IntegrityReport report = damaged.verify(2);
    assertThat(report.errors()).hasSize(1).allSatisfy(fault::require);

    fault.require(refused(DatasetException.class, () -> NnUNet.plan(damaged)));

    Path store = root.resolve("store");
    Experiment with =
        NnUNet.experiment(damaged, experiment.fingerprint(), experiment.plan()).withThreads(1);
    Throwable thrown =
        org.assertj.core.api.Assertions.catchThrowable(() -> with.prepare(damaged.ids(), store));
    assertThat(thrown).isInstanceOfAny(DatasetException.class, PreprocessException.class);
    fault.require(((io.github.nnunet4j.error.NnUNetException) thrown).problems().get(0));
    assertThat(Faults.wholeFiles(store)).containsExactly("case_0.prepared");

    if (Files.isDirectory(raw.image(1, 0))) {
      Files.delete(raw.image(1, 0));
    }
    Files.deleteIfExists(raw.image(1, 2));
    raw.write(1);
    assertThat(raw.open().verify(1).isSound()).isTrue();
    Experiment mended = NnUNet.experiment(raw.open(), experiment.fingerprint(), experiment.plan());
    assertThat(mended.prepare(damaged.ids(), store)).hasSize(3);
    assertThat(Faults.wholeFiles(store)).hasSize(3);
  }

  /** The reference trains on these without a word, so only the check of the data set speaks. */
  @Test
  void labelsOfAnotherSpacingAreFoundByTheCheckOfTheDataSet() throws IOException {
    LabelMap labels = RawFolder.labels(1);
    RawFolder.write(
        labels.withGrid(RawFolder.GRID.withSpacing(Spacing.millimetres(1.5, 1, 2))), raw.label(1));
    IntegrityReport report = raw.open().verify(2);
    assertThat(report.errors()).hasSize(1);
    says(
        report.errors().get(0),
        "case case_1",
        "labels of the image's spacing 1.5x1.0x1.0 mm (z, y, x)",
        "1.5x1.0x2.0",
        "correct the file");
    Experiment experiment = Faults.experiment(raw.open());
    assertThat(experiment.prepare(List.of("case_1"), root.resolve("store"))).hasSize(1);
  }

  @Test
  void withoutForegroundThereIsNothingToPlan() throws IOException {
    LabelMap empty = LabelMap.wrap(RawFolder.GRID, new short[(int) RawFolder.GRID.voxels()]);
    RawFolder.write(empty, raw.label(0));
    assertThat(raw.open().verify(1).warnings()).hasSize(1);
    assertThat(raw.open().verify(1).isSound()).isTrue(); // one such case does no harm
    RawFolder.write(empty, raw.label(1));
    RawFolder.write(empty, raw.label(2));
    says(
        refused(DatasetException.class, () -> NnUNet.plan(raw.open())),
        "data set Dataset001_Damaged",
        "some voxel with a label above 0",
        "only background in all 3 cases",
        "Check the label files");
  }

  @Test
  void foldersThatCannotBeReadAreNamed() throws IOException {
    Path json = raw.folder().resolve("dataset.json");
    folderInPlaceOf(json);
    says(
        refused(DatasetException.class, raw::open),
        "dataset.json",
        "a file that describes the data set",
        "no such file",
        "Pass the folder that holds");
    Path file = Files.writeString(root.resolve("file"), "not a folder");
    says(
        refused(DatasetException.class, () -> Dataset.open(file)),
        "file",
        "a file that describes the data set",
        "no such folder",
        "Pass the folder");
    Files.delete(json);
    Files.writeString(json, "{\"labels\": {}, \"file_ending\"");
    says(
        refused(DatasetException.class, raw::open),
        "dataset.json",
        "JSON",
        "at line 1, column",
        "restore a whole copy");
    Files.writeString(json, "{\"labels\": [], \"channel_names\": {\"0\": \"T1\"}}");
    assertThat(refused(DatasetException.class, raw::open).where())
        .contains("dataset.json $.labels");
  }

  @Test
  void twoCasesOfOneIdAreRefused() {
    Volume image = RawFolder.image(0);
    Dataset.Builder twice =
        Dataset.builder("Twice")
            .description(RawFolder.DESCRIPTION)
            .add("a", image, RawFolder.labels(0))
            .add("a", image, RawFolder.labels(1));
    says(
        refused(DatasetException.class, twice::build),
        "data set Twice",
        "different case ids",
        "\"a\" twice",
        "Rename one");
    Dataset.Builder test =
        Dataset.builder("Twice")
            .description(RawFolder.DESCRIPTION)
            .addTest(io.github.nnunet4j.dataset.Cases.of("t", image))
            .addTest(io.github.nnunet4j.dataset.Cases.of("t", image));
    assertThat(refused(DatasetException.class, test::build).found()).contains("\"t\" twice");
  }

  @Test
  void predictionsThatCannotBeScoredAreNamed() throws IOException {
    Path predictions = root.resolve("predictions");
    Path references = raw.folder().resolve("labelsTr");
    Evaluation evaluation = Evaluation.of(RawFolder.DESCRIPTION.labels()).threads(2);
    Dataset dataset = raw.open();
    for (int i = 0; i < 3; i++) {
      RawFolder.write(RawFolder.labels(i), predictions.resolve("case_" + i + ".mha"));
    }
    Path damaged = predictions.resolve("case_1.mha");
    truncate(damaged, 9);
    Problem cut =
        refused(DatasetException.class, () -> evaluation.folders(predictions, references, ".mha"));
    assertThat(cut.where()).contains(damaged.toString());
    Problem cutCase =
        refused(
            DatasetException.class,
            () ->
                evaluation.cases(
                    dataset.cases(),
                    one ->
                        io.github.nnunet4j.image.ImageFormats.metaImage()
                            .readLabels(predictions.resolve(one.id() + ".mha"))));
    assertThat(cutCase.where()).startsWith("case case_1").contains("case_1.mha");
    RawFolder.write(
        RawFolder.labels(1).crop(new io.github.nnunet4j.image.Box(0, 0, 0, Extent.of(1, 14, 13))),
        damaged);
    says(
        refused(DatasetException.class, () -> evaluation.folders(predictions, references, ".mha")),
        "case case_1: prediction",
        "the reference's extent 12x14x13 (z, y, x)",
        "1x14x13",
        "Compare maps of the same image");
    Files.delete(damaged);
    says(
        refused(
            DatasetException.class,
            () ->
                evaluation.cases(
                    dataset.cases(),
                    one ->
                        io.github.nnunet4j.image.ImageFormats.metaImage()
                            .readLabels(predictions.resolve(one.id() + ".mha")))),
        "case_1.mha",
        "a file",
        "no such file",
        "correct its name");
    RawFolder.write(RawFolder.labels(1), damaged);
    assertThat(evaluation.folders(predictions, references, ".mha").foregroundMean().dice())
        .isEqualTo(1);
  }
}
