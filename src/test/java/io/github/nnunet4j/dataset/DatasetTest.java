package io.github.nnunet4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetTest {
  private static final ImageFormat NIFTI = ImageFormats.nifti();
  private static final String V2 =
      """
      {"channel_names": {"1": "T2", "0": "T1"},
       "labels": {"background": 0, "whole": [1, 2], "core": [2], "ignore": 3},
       "regions_class_order": [1, 2], "numTraining": 2, "file_ending": ".nii",
       "licence": "CC0", "overwrite_image_reader_writer": "NibabelIO"}
      """;

  @TempDir Path root;
  private Path folder;

  @BeforeEach
  void makeADataSet() throws IOException {
    folder = Files.createDirectories(root.resolve("Dataset001_Test"));
    json(V2);
    for (String id : List.of("b", "a")) {
      image("imagesTr/" + id + "_0000.nii", 2, 0, 1);
      image("imagesTr/" + id + "_0001.nii", 2, 10, 11);
      labels("labelsTr/" + id + ".nii", 0, 1);
    }
    image("imagesTs/t_0000.nii", 2, 0, 1);
    image("imagesTs/t_0001.nii", 2, 0, 1);
  }

  private void json(String text) throws IOException {
    Files.writeString(folder.resolve("dataset.json"), text);
  }

  private void image(String name, double spacing, float... values) throws IOException {
    image(name, Spacing.millimetres(1, 1, spacing), values);
  }

  private void image(String name, Spacing spacing, float... values) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    NIFTI.write(Volume.wrap(Grid.of(1, 1, values.length).withSpacing(spacing), values), file);
  }

  private void labels(String name, int... values) throws IOException {
    short[] labels = new short[values.length];
    IntStream.range(0, labels.length).forEach(i -> labels[i] = (short) values[i]);
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Grid grid = Grid.of(1, 1, labels.length).withSpacing(Spacing.millimetres(1, 1, 2));
    NIFTI.write(LabelMap.wrap(grid, labels), file);
  }

  @Test
  void opensTheFormOfVersion2() throws IOException {
    Dataset dataset = Dataset.open(folder);
    assertThat(dataset.name()).isEqualTo("Dataset001_Test");
    assertThat(dataset.ids()).containsExactly("a", "b");
    assertThat(dataset.channels()).containsExactly(new Channel("T1"), new Channel("T2"));
    assertThat(dataset.fileEnding()).isEqualTo(".nii");
    assertThat(dataset.labels().targets()).containsExactly(Region.of(1, 2), Region.of(2));
    assertThat(dataset.labels().ignore()).hasValue(3);
    assertThat(dataset.testCases()).singleElement().extracting(Case::id).isEqualTo("t");
    assertThat(dataset.testCases().get(0).labels()).isEmpty();
    assertThat(dataset.folder()).hasValue(folder.toAbsolutePath().normalize());
    assertThat(dataset.toString()).contains("Dataset001_Test: 2 cases").contains("T1");
    Case a = dataset.find("a");
    assertThat(a.image().at(1, 0, 0, 1)).isEqualTo(11);
    assertThat(a.labels().orElseThrow().at(0, 0, 1)).isEqualTo(1);
    assertThat(a.files())
        .extracting(f -> f.getFileName().toString())
        .containsExactly("a_0000.nii", "a_0001.nii", "a.nii");
    assertThat(a.toString()).contains("a_0000.nii");
    assertThat(dataset.verify(2)).hasToString("no problems");
    assertThat(dataset.find(List.of("b", "a"))).extracting(Case::id).containsExactly("b", "a");
    assertThatThrownBy(() -> dataset.find("x"))
        .hasMessageContaining("expected a case \"x\", found cases a, b");
  }

  @Test
  void descriptionsAreWrittenAndReadBack() throws IOException {
    DatasetDescription description = Dataset.open(folder).description();
    Path file = root.resolve("copy/dataset.json");
    DatasetJson.write(description, file);
    assertThat(DatasetJson.read(file)).isEqualTo(description).hasSameHashCodeAs(description);
    assertThat(DatasetJson.parse(DatasetJson.text(description))).isEqualTo(description);
    assertThat(Files.readString(file)).contains("\"licence\": \"CC0\"").contains("NibabelIO");
    assertThat(description.toBuilder().build()).isEqualTo(description);
    assertThat(description.toBuilder().readerWriter("Tiff3DIO").build()).isNotEqualTo(description);
  }

  @Test
  void opensTheFormOfTheDecathlonWithAllChannelsInOneFile() throws IOException {
    json(
        """
        {"modality": {"0": "FLAIR", "1": "T1"}, "labels": {"0": "Background", "1": "edema"},
         "numTraining": 1, "file_ending": ".nii", "name": "x",
         "training": [{"image": "./imagesTr/p.nii", "label": "./labelsTr/a.nii"}],
         "test": ["./imagesTs/t.nii"]}
        """);
    Grid grid = Grid.of(1, 1, 2).withSpacing(Spacing.millimetres(1, 1, 2));
    NIFTI.write(
        Volume.wrap(grid, new float[] {1, 2}, new float[] {3, 4}),
        folder.resolve("imagesTr/p.nii"));
    Dataset dataset = Dataset.open(folder);
    assertThat(dataset.ids()).containsExactly("p");
    assertThat(dataset.labels()).isEqualTo(Labels.of("edema"));
    assertThat(dataset.find("p").image().at(1, 0, 0, 0)).isEqualTo(3);
    assertThat(dataset.verify(1).isSound()).isTrue();
    assertThat(dataset.testCases().get(0).image().channels()).isEqualTo(2);
    String written = DatasetJson.text(dataset.description());
    assertThat(written).contains("channel_names").doesNotContain("modality", "training\"");
  }

  @Test
  void opensTheFormOfVersion1WithAFilePerChannel() throws IOException {
    json(
        """
        {"modality": {"0": "FLAIR", "1": "T1"}, "labels": {"0": "background", "1": "x"},
         "numTraining": 1, "file_ending": ".nii",
         "training": [{"image": "./imagesTr/a.nii", "label": "./labelsTr/a.nii"}]}
        """);
    Dataset dataset = Dataset.open(folder);
    assertThat(dataset.find("a").image().channels()).isEqualTo(2);
    assertThat(dataset.testCases()).hasSize(1);
  }

  @Test
  void honoursFilesThatAreListedOneByOne() throws IOException {
    json(
        """
        {"channel_names": {"0": "T1"}, "labels": {"background": 0, "x": 1}, "numTraining": 1,
         "file_ending": ".nii",
         "dataset": {"q": {"images": ["imagesTr/b_0001.nii"], "label": "labelsTr/b.nii"}}}
        """);
    Dataset dataset = Dataset.open(folder);
    assertThat(dataset.find("q").image().at(0, 0, 0, 0)).isEqualTo(10);
    assertThat(dataset.verify(1).isSound()).isTrue();
  }

  @Test
  void listsAllProblemsAtOnceWithCaseIds() throws IOException {
    Files.delete(folder.resolve("imagesTr/a_0001.nii"));
    labels("labelsTr/a.nii", 0, 7);
    image("imagesTr/b_0001.nii", 2, Float.NaN, 1);
    labels("labelsTr/b.nii", 0, 0, 0);
    image("imagesTr/c_0000.nii", 2, 1, 1);
    image("imagesTr/c_0001.nii", 3, 1, 1);
    labels("labelsTr/c.nii", 0, 0);
    image("imagesTr/d_0000.nii", Spacing.millimetres(1, 1, 5), 1, 1);
    image("imagesTr/d_0001.nii", Spacing.millimetres(1, 1, 5), 1, 1);
    labels("labelsTr/d.nii", 0, 1);
    image("imagesTr/e_0000.nii", 2, 1, 1);
    image("imagesTr/e_0001.nii", 2, 1, 1);
    image("imagesTr/e_0002.nii", 2, 1, 1);
    image("imagesTr/f_0000.nii", 2, 1, 1);
    image("imagesTr/f_0001.nii", 2, 1, 1, 1);
    Files.writeString(folder.resolve("labelsTr/f.nii"), "no image");
    List<String> heard = new ArrayList<>();
    IntegrityReport report = Dataset.open(folder).verify(3, (id, done, n) -> heard.add(id));
    assertThat(heard).hasSize(6);
    assertThat(report.errors())
        .extracting(Problem::where)
        .satisfiesExactly(
            w -> assertThat(w).isEqualTo("data set Dataset001_Test"),
            w -> assertThat(w).startsWith("case a"),
            w -> assertThat(w).startsWith("case a"),
            w -> assertThat(w).startsWith("case b"),
            w -> assertThat(w).startsWith("case b"),
            w -> assertThat(w).startsWith("case c"),
            w -> assertThat(w).startsWith("case d"),
            w -> assertThat(w).startsWith("case e"),
            w -> assertThat(w).startsWith("case e"),
            w -> assertThat(w).startsWith("case f"),
            w -> assertThat(w).startsWith("case f"));
    String text = report.toString();
    assertThat(text)
        .contains("expected 2 training cases, as numTraining says, found 6 cases")
        .contains(
            "case a: labels: expected only [0, 1, 2, 3], found also 7, the first at (z, y, x) = (0, 0, 1)")
        .contains("case b: channel 1: expected finite voxels, found NaN at (z, y, x) = (0, 0, 0)")
        .contains("case b: expected labels of the image's extent 1x1x2 (z, y, x), found 1x1x3")
        .contains("case d: expected labels of the image's spacing")
        .contains("warning: case b: expected some foreground, found background only");
    assertThat(report).isEqualTo(Dataset.open(folder).verify(1));
    assertThatThrownBy(report::requireSound)
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("case f");
  }

  @Test
  void warnsOfGeometryThatOnlyTheWorldSees() throws IOException {
    double[] turned = {-1, 0, 0, 0, -1, 0, 0, 0, 1};
    Grid grid =
        Grid.of(1, 1, 2)
            .withSpacing(Spacing.millimetres(1, 1, 2))
            .placed(new double[] {5, 0, 0}, turned);
    NIFTI.write(LabelMap.wrap(grid, new short[] {0, 1}), folder.resolve("labelsTr/a.nii"));
    IntegrityReport report = Dataset.open(folder).verify(1).requireSound();
    assertThat(report.warnings()).hasSize(2);
    assertThat(report.toString()).contains("origin").contains("direction");
  }

  @Test
  void labelsWithAGapAreAnError() throws IOException {
    json(V2.replace("[1, 2]", "[1, 4]").replace("\"ignore\": 3", "\"ignore\": 5"));
    assertThat(Dataset.open(folder).verify(1).toString())
        .contains("expected labels 0, 1, 2, ... without gaps, found label 4 after 2");
  }

  @Test
  void saysWhatIsWrongWithAFolder() throws IOException {
    assertThatThrownBy(() -> Dataset.open(root.resolve("none")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no such folder");
    assertThatThrownBy(() -> Dataset.open(root)).hasMessageContaining("no such file");
    refuses("{", "not JSON");
    refuses("{\"channel_names\": {}}", "the key \"labels\"");
    refuses(V2.replace("\".nii\"", "\"nii\""), "a dot and letters");
    refuses(V2.replace("\"1\": \"T2\"", "\"2\": \"T2\""), "the keys \"0\" to \"1\"");
    refuses(V2.replace("NibabelIO", "OtherIO"), "found \"OtherIO\"");
    refuses(V2.replace("[2]", "[]"), "$.labels.core: expected at least one label");
    refuses(V2.replace("\"background\": 0", "\"background\": [0]"), "found (0,)");
    refuses(V2.replace("\"ignore\": 3", "\"ignore\": [3]"), "single number");
    refuses(V2.replace("\".nii\"", "\".png\""), "at least one case");
    String old =
        """
        {"modality": {"0": "CT"}, "labels": {"0": "background", "1": "x"}, "file_ending": ".nii",
         "training": [{"image": "imagesTr/a.nii", "label": "labelsTr/a.nii"},
                      {"image": "other/a.nii", "label": "labelsTr/a.nii"}]}
        """;
    refuses(old, "\"a\" twice");
    refuses(old.replace("other/a.nii", "other/a.img"), "ends in .nii");
    refuses(old.replace("\"1\": \"x\"", "\"1\": \"background\""), "different names");
    refuses(old.replace("\"1\": \"x\"", "\"one\": \"x\""), "numbers as keys");
    json(V2);
    Files.move(folder.resolve("imagesTr"), folder.resolve("elsewhere"));
    assertThatThrownBy(() -> Dataset.open(folder)).hasMessageContaining("a folder of images");
  }

  private void refuses(String text, String message) throws IOException {
    json(text);
    assertThatThrownBy(() -> Dataset.open(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }

  @Test
  void readsWithFormatsOfTheCallersOwn() throws IOException {
    ImageFormat constant =
        new ImageFormat() {
          @Override
          public boolean accepts(Path file) {
            return true;
          }

          @Override
          public Volume read(Path file) {
            return Volume.wrap(Grid.of(1, 1, 1), new float[] {42});
          }

          @Override
          public LabelMap readLabels(Path file) {
            return LabelMap.wrap(Grid.of(1, 1, 1), new short[] {1});
          }

          @Override
          public void write(LabelMap labels, Path file) {}
        };
    json(V2.replace("NibabelIO", "OtherIO"));
    assertThat(Dataset.open(folder, constant).find("a").image().at(0, 0, 0, 0)).isEqualTo(42);
  }

  @Test
  void isBuiltOfCasesInMemoryOrSuppliedLater() throws IOException {
    Volume image = Volume.wrap(Grid.of(1, 1, 2), new float[2]);
    LabelMap labels = LabelMap.wrap(Grid.of(1, 1, 2), new short[] {0, 1});
    Dataset dataset =
        Dataset.builder("Mine")
            .channels("CT")
            .labels(Labels.of("organ"))
            .add("two", image, labels)
            .add(Cases.lazy("one", () -> image, () -> labels))
            .addTest(Cases.lazy("later", () -> image))
            .build();
    assertThat(dataset.ids()).containsExactly("one", "two");
    assertThat(dataset.description().declaredCases()).hasValue(2);
    assertThat(dataset.find("one").files()).isEmpty();
    assertThat(dataset.find("one")).hasToString("one");
    assertThat(dataset.testCases().get(0).image()).isEqualTo(image);
    assertThat(dataset.verify(2).isSound()).isTrue();
    assertThat(dataset.split(Folds.crossValidation(2, 1))).hasSize(2);
    assertThatThrownBy(() -> dataset.split(Folds.crossValidation()))
        .hasMessageContaining("5 cases");
    Dataset unlabelled = Dataset.builder("Mine").channels("CT").add(Cases.of("x", image)).build();
    assertThat(unlabelled.verify(1).toString()).contains("case x: expected reference labels");
    Dataset.Builder twice = Dataset.builder("Mine").channels("CT").add("x", image, labels);
    assertThatThrownBy(() -> twice.add("x", image, labels).build())
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("\"x\" twice");
    assertThatThrownBy(
            () -> Dataset.builder("Mine").channels("CT").add("../x", image, labels).build())
        .hasMessageContaining("can be file names");
    assertThatThrownBy(() -> Dataset.builder("Mine").build())
        .hasMessageContaining("at least one channel");
  }

  @Test
  void regionsReadTheirKeys() {
    for (String key : List.of("3", "(1, 2)", "(2,)", "0")) {
      assertThat(Region.parse(key).key()).isEqualTo(key);
    }
    assertThatThrownBy(() -> Region.parse("1, 2")).isInstanceOf(IllegalArgumentException.class);
    assertThat(Region.of(1, 2).contains(2)).isTrue();
    assertThat(Region.of(0).isBackground()).isTrue();
  }

  @Test
  void theRealDataSetIsSound() {
    Path real = Path.of("../shared/data/Dataset004_Hippocampus");
    Assumptions.assumeTrue(Files.isDirectory(real), "needs " + real);
    Dataset dataset = Dataset.open(real);
    assertThat(dataset.cases()).hasSize(200);
    assertThat(dataset.verify(2).requireSound().warnings()).isEmpty();
    assertThat(Fold.of(0).split(dataset.split(Folds.crossValidation()), dataset.ids()).validation())
        .hasSize(40);
  }
}
