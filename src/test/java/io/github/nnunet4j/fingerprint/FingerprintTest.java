package io.github.nnunet4j.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.LoadedCase;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.NonzeroCrop;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class FingerprintTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/fingerprint");

  private static Stream<JsonNode> golden() throws IOException {
    JsonNode root = Json.read(GOLDEN.resolve("v2_fingerprints.json"));
    return StreamSupport.stream(root.get("cases").spliterator(), false);
  }

  private static JsonNode golden(String id) throws IOException {
    return golden().filter(c -> c.get("id").asText().equals(id)).findFirst().orElseThrow();
  }

  private static Dataset raw(String id) {
    return Dataset.open(GOLDEN.resolve("raw").resolve(id));
  }

  /** Shapes, boxes, spacings and the samples themselves, for few samples per case. */
  @TestFactory
  Stream<DynamicTest> cropsAndSamplesEachCaseAsTheReference() throws IOException {
    Safetensors.Content samples = Safetensors.read(GOLDEN.resolve("v2_samples.safetensors"));
    return golden()
        .filter(c -> Files.exists(GOLDEN.resolve("raw").resolve(c.get("id").asText())))
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("id").asText(),
                    () -> {
                      Dataset dataset = raw(c.get("id").asText());
                      assertThat(dataset.verify(2).errors()).isEmpty();
                      for (JsonNode one : c.get("cases")) {
                        compareCase(dataset, one, samples);
                      }
                    }));
  }

  private static void compareCase(Dataset dataset, JsonNode expected, Safetensors.Content samples)
      throws IOException {
    String id = expected.get("id").asText();
    LoadedCase loaded = LoadedCase.of(dataset.find(id), dataset.channels().size());
    NonzeroCrop crop = NonzeroCrop.of(loaded.image());
    for (int axis = 0; axis < 3; axis++) {
      JsonNode bounds = expected.get("crop_bbox").get(axis);
      assertThat(crop.box().from(axis)).isEqualTo(bounds.get(0).asInt());
      assertThat(crop.box().to(axis)).isEqualTo(bounds.get(1).asInt());
      assertThat(loaded.image().grid().spacing().get(axis))
          .isEqualTo(expected.get("spacing").get(axis).asDouble());
    }
    assertThat(crop.mask().count()).isEqualTo(expected.get("nonzero_voxels").asInt());
    assertThat(crop.relativeSize()).isEqualTo(expected.get("relative_size").asDouble());
    String prefix = dataset.name() + "/" + id + "/";
    int[] cropped = samples.get(prefix + "seg_cropped").ints();
    short[] labels = crop.crop(loaded.labels()).toArray();
    for (int i = 0; i < labels.length; i++) {
      assertThat(labels[i]).isEqualTo((short) cropped[i]);
    }
    ForegroundPool pool = ForegroundPool.of(loaded, crop.box(), 300);
    assertThat(pool.isEmpty()).isEqualTo(expected.get("foreground_voxels").asInt() == 0);
    if (pool.isEmpty()) {
      return;
    }
    ForegroundPool.Draws draws = pool.draws();
    for (int c = 0; c < pool.channels(); c++) {
      draws.channel(c);
      float[] values = samples.get(prefix + "samples_" + c).floats();
      double[] drawn = new double[100];
      for (int i = 0; i < values.length; i++) {
        if (i % 100 == 0) {
          draws.fill(drawn, 100);
        }
        assertThat((float) drawn[i % 100]).isEqualTo(values[i]);
      }
    }
  }

  private static void compareToTheBit(String id, Fingerprint found) throws IOException {
    assertThat(found).isEqualTo(FingerprintJson.parse(Json.text(golden(id).get("fingerprint"))));
  }

  @Test
  void isEqualToTheBitWhereSomeCasesAreEmptyOnAnyNumberOfThreads() throws IOException {
    String id = "Dataset904_EmptyForeground";
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    FingerprintExtractor extractor =
        FingerprintExtractor.standard().threads(3).memory(1).listener((c, d, n) -> heard.add(c));
    compareToTheBit(id, extractor.extract(raw(id)));
    assertThat(heard).hasSize(4);
  }

  @Test
  void isEqualToTheBitForCt() throws IOException {
    String id = "Dataset903_CT";
    compareToTheBit(id, FingerprintExtractor.standard().extract(raw(id)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Dataset905_IgnoreLabel",
        "Dataset906_Regions",
        "Dataset908_Nifti2D",
        "Dataset909_OneSlice"
      })
  void isEqualToTheBitForOtherKindsOfData(String id) throws IOException {
    compareToTheBit(id, FingerprintExtractor.standard().extract(raw(id)));
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(
      strings = {"Dataset901_BordersAndHoles", "Dataset902_TwoChannels", "Dataset907_PngRgb"})
  void isEqualToTheBitForDataThatTakeLong(String id) throws IOException {
    compareToTheBit(id, FingerprintExtractor.standard().extract(raw(id)));
  }

  @Test
  void isEqualToTheBitForTheHippocampusData() throws IOException {
    Path folder = Path.of("../shared/data/Dataset004_Hippocampus");
    Assumptions.assumeTrue(Files.isDirectory(folder), "needs " + folder);
    compareToTheBit(
        "Dataset004_Hippocampus", FingerprintExtractor.standard().extract(Dataset.open(folder)));
  }

  @Test
  void writesTheFileThatPythonWritesAndReadsItBack(@TempDir Path folder) throws IOException {
    for (JsonNode c : golden().filter(c -> c.has("fingerprint")).toList()) {
      Fingerprint fingerprint = FingerprintJson.parse(Json.text(c.get("fingerprint")));
      Path file = folder.resolve("dataset_fingerprint.json");
      FingerprintJson.write(fingerprint, file);
      assertThat(FingerprintJson.read(file)).isEqualTo(fingerprint);
      if (!c.get("id").asText().contains("Png")) { // Python writes 999 there, not 999.0
        assertThat(Files.readString(file)).isEqualTo(Json.text(c.get("fingerprint")));
      }
    }
  }

  @Test
  void noForegroundAtAllIsSaid() {
    assertThatThrownBy(
            () -> FingerprintExtractor.standard().extract(raw("Dataset910_NoForegroundAtAll")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("Dataset910_NoForegroundAtAll: expected some voxel with a label")
        .hasMessageContaining("case_00");
  }

  private static Dataset of(Case... cases) {
    Dataset.Builder builder =
        Dataset.builder("Dataset001_Test").channels("CT").labels(Labels.of("organ"));
    for (Case one : cases) {
      builder.add(one);
    }
    return builder.build();
  }

  private static final Volume IMAGE = Volume.wrap(Grid.of(1, 1, 2), new float[] {1, 2});
  private static final LabelMap LABELS = LabelMap.wrap(Grid.of(1, 1, 2), new short[] {0, 1});

  @Test
  void badCasesAreNamed() {
    FingerprintExtractor extractor = FingerprintExtractor.standard().threads(2);
    Volume nan = Volume.wrap(Grid.of(1, 1, 2), new float[] {Float.NaN, 2});
    assertThatThrownBy(() -> extractor.extract(of(Cases.of("a", nan, LABELS))))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(
            "case a: channel 0: expected finite voxels, found NaN at (z, y, x) = (0, 0, 0)");
    LabelMap wrong = LabelMap.wrap(Grid.of(1, 2, 1), new short[2]);
    assertThatThrownBy(() -> extractor.extract(of(Cases.of("b", IMAGE, wrong))))
        .hasMessageContaining("case b: expected labels of the image's extent 1x1x2");
    assertThatThrownBy(() -> extractor.extract(of(Cases.of("c", IMAGE))))
        .hasMessageContaining("case c: expected reference labels");
    Volume two = Volume.wrap(Grid.of(1, 1, 2), new float[2], new float[2]);
    assertThatThrownBy(() -> extractor.extract(of(Cases.of("d", two, LABELS))))
        .hasMessageContaining("case d: expected 1 channels, found 2 channels");
    Cases.Source<Volume> broken =
        () -> {
          throw new IOException("disk gone");
        };
    assertThatThrownBy(() -> extractor.extract(of(Cases.lazy("e", broken, () -> LABELS))))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("case e")
        .hasMessageContaining("disk gone");
    assertThatThrownBy(() -> extractor.extract(of())).hasMessageContaining("one training case");
  }

  @Test
  void aListenerOrAnInterruptEndsTheWork() {
    Dataset dataset = of(Cases.of("a", IMAGE, LABELS), Cases.of("b", IMAGE, LABELS));
    Problem stop = new Problem("user", "to go on", "stop", "Start again.");
    assertThatThrownBy(
            () ->
                FingerprintExtractor.standard()
                    .listener(
                        (id, done, n) -> {
                          throw new CancelledException(stop);
                        })
                    .extract(dataset))
        .isInstanceOf(CancelledException.class)
        .hasMessageContaining("Start again");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> FingerprintExtractor.standard().extract(dataset))
        .isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    assertThatThrownBy(() -> FingerprintJson.parse("{}"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("shapes_after_crop");
    String shapes = "{\"shapes_after_crop\": [[1, 2, 3]], ";
    assertThatThrownBy(() -> FingerprintJson.parse(shapes + "\"spacings\": []}"))
        .hasMessageContaining("$.spacings")
        .hasMessageContaining("one spacing for each of 1 shapes");
    assertThatThrownBy(() -> FingerprintJson.parse(shapes + "\"spacings\": [[1, 0, 1]]}"))
        .hasMessageContaining("$.spacings[0]");
    assertThatThrownBy(() -> FingerprintJson.parse("{\"shapes_after_crop\": [[1, 2]]}"))
        .hasMessageContaining("$.shapes_after_crop[0]");
  }
}
