package io.github.nnunet4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.evaluate.Summary.CaseScores;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/evaluation");

  static LabelMap map(Safetensors.Content tensors, String name) {
    int[] shape = tensors.get(name).extents();
    int[] values = tensors.get(name).ints();
    short[] labels = new short[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) values[i];
    }
    return LabelMap.wrap(Grid.of(shape[0], shape[1], shape[2]), labels);
  }

  private static List<Region> regions(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(
            r ->
                r.isArray()
                    ? Region.of(
                        StreamSupport.stream(r.spliterator(), false)
                            .mapToInt(JsonNode::asInt)
                            .toArray())
                    : Region.label(r.asInt()))
        .toList();
  }

  /** The golden files write NaN as a text. */
  static JsonNode withNumbers(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode out = Json.object();
      object.properties().forEach(e -> out.set(e.getKey(), withNumbers(e.getValue())));
      return out;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode out = Json.array();
      array.forEach(e -> out.add(withNumbers(e)));
      return out;
    }
    return node.isTextual() && node.asText().equals("NaN") ? DoubleNode.valueOf(Double.NaN) : node;
  }

  @TestFactory
  Stream<DynamicTest> scoresAsTheReferenceToTheLastDigit() throws IOException {
    JsonNode root = Json.read(GOLDEN.resolve("metrics_v2.json"));
    Safetensors.Content tensors = Safetensors.read(GOLDEN.resolve("metrics.safetensors"));
    return StreamSupport.stream(root.get("cases").spliterator(), false)
        .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> compare(c, tensors)));
  }

  private static Summary summary(JsonNode c, Safetensors.Content tensors) {
    OptionalInt ignore =
        c.get("ignore_label").isNull()
            ? OptionalInt.empty()
            : OptionalInt.of(c.get("ignore_label").asInt());
    Evaluation evaluation = Evaluation.of(regions(c.get("labels_or_regions")), ignore);
    return Summary.of(
        IntStream.range(0, c.get("cases").asInt())
            .mapToObj(
                i -> {
                  String name = c.get("name").asText() + "/" + i;
                  return new CaseScores(
                      "ref/case" + i + ".nii.gz",
                      "pred/case" + i + ".nii.gz",
                      evaluation.compare(
                          map(tensors, name + "/prediction"), map(tensors, name + "/reference")));
                })
            .toList());
  }

  private static void compare(JsonNode c, Safetensors.Content tensors) {
    assertThat(SummaryJson.text(summary(c, tensors)))
        .isEqualTo(Json.text(withNumbers(c.get("summary"))));
  }

  @Test
  void writesTheFileThatPythonWritesAndReadsItBack(@TempDir Path folder) throws IOException {
    JsonNode root = Json.read(GOLDEN.resolve("metrics_v2.json"));
    Safetensors.Content tensors = Safetensors.read(GOLDEN.resolve("metrics.safetensors"));
    for (JsonNode c : root.get("cases")) {
      Summary summary = summary(c, tensors);
      Path file = folder.resolve("summary.json");
      SummaryJson.write(summary, file);
      assertThat(SummaryJson.text(SummaryJson.read(file))).isEqualTo(SummaryJson.text(summary));
      if (c.get("name").asText().equals("label_2_absent_everywhere")) {
        assertThat(file).hasSameTextualContentAs(GOLDEN.resolve("summary_raw.json.txt"));
      }
    }
  }

  @Test
  void summarisesAllFoldsTogetherOverCases() throws IOException {
    JsonNode root = Json.read(GOLDEN.resolve("cross_validation.json"));
    Safetensors.Content tensors = Safetensors.read(GOLDEN.resolve("cross_validation.safetensors"));
    for (JsonNode c : root.get("cases")) {
      Labels labels = Labels.of("a", "b");
      List<CaseScores> all = new ArrayList<>();
      for (JsonNode fold : c.get("folds")) {
        List<CaseScores> scores = new ArrayList<>();
        for (JsonNode id : fold.get("cases")) {
          String name = c.get("name").asText() + "/" + id.asText();
          Scores s =
              Evaluation.compare(
                  map(tensors, name + "/prediction"), map(tensors, name + "/reference"), labels);
          scores.add(new CaseScores(id.asText() + ".nii.gz", id.asText() + ".nii.gz", s));
        }
        all.addAll(scores);
        Summary summary = Summary.of(scores);
        assertThat(summary.foregroundMean().dice())
            .isEqualTo((Double) withNumbers(fold.get("foreground_mean_dice")).asDouble());
        assertThat(summary.mean().get(Region.label(2)).dice())
            .isEqualTo((Double) withNumbers(fold.get("mean_dice")).get("2").asDouble());
      }
      assertThat(SummaryJson.text(Summary.of(all)))
          .isEqualTo(Json.text(withNumbers(c.get("summary"))));
    }
  }

  private static LabelMap random(long seed, int n, int labels, int run) {
    Random random = new Random(seed);
    short[] out = new short[n];
    for (int i = 0; i < n; i++) {
      out[i] =
          i > 0 && random.nextInt(run) > 0 ? out[i - 1] : (short) (random.nextInt(labels + 2) - 1);
    }
    return LabelMap.wrap(Grid.of(1, 1, n), out);
  }

  @Property(tries = 200)
  void oneJointPassCountsLikeOnePassPerLabel(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int n,
      @ForAll @IntRange(min = 1, max = 9) int labels,
      @ForAll @IntRange(min = 1, max = 6) int run) {
    LabelMap prediction = random(seed, n, labels, run);
    LabelMap reference = random(seed + 1, n, labels, run);
    int ignore = labels;
    List<Region> targets = new ArrayList<>(List.of(Region.of(1, labels), Region.label(0)));
    IntStream.rangeClosed(1, labels).mapToObj(Region::label).forEach(targets::add);
    Scores scores = Evaluation.of(targets, OptionalInt.of(ignore)).compare(prediction, reference);
    for (Region target : targets) {
      long[] cells = new long[4];
      for (int i = 0; i < n; i++) {
        int expected = reference.at(0, 0, i);
        if (expected != ignore) {
          boolean found = target.contains(prediction.at(0, 0, i));
          cells[(target.contains(expected) ? 2 : 0) + (found ? 1 : 0)]++;
        }
      }
      assertThat(scores.of(target))
          .isEqualTo(new Confusion(cells[3], cells[1], cells[2], cells[0]));
    }
  }

  @Property(tries = 50)
  void diceIsSymmetricAndOneForEqualMaps(@ForAll long seed) {
    LabelMap a = random(seed, 200, 3, 3);
    LabelMap b = random(seed + 1, 200, 3, 3);
    Labels labels = Labels.of("x", "y", "z");
    Scores forth = Evaluation.compare(a, b, labels);
    Scores back = Evaluation.compare(b, a, labels);
    for (Region target : labels.targets()) {
      assertThat(forth.of(target).dice()).isEqualTo(back.of(target).dice());
    }
    double equal = Evaluation.compare(a, a, labels).meanDice();
    assertThat(equal).isEqualTo(1);
  }

  @Test
  void meansOverPresentStructuresAndAddsCounts() {
    LabelMap map = LabelMap.wrap(Grid.of(1, 1, 3), new short[] {0, 1, 1});
    Scores scores = Evaluation.compare(map, map, Labels.of("a", "b"));
    assertThat(scores.meanDice()).isEqualTo(1);
    assertThat(scores.of(2).dice()).isNaN();
    assertThat(scores.of(2).iou()).isNaN();
    assertThat(scores.of(1).plus(scores.of(1))).isEqualTo(new Confusion(4, 0, 0, 2));
    assertThatThrownBy(() -> scores.of(7)).hasMessageContaining("7 is not among the scores");
  }

  @Test
  void evaluatesCasesInParallelWithTheSameResult() {
    List<Case> cases =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    Cases.of(
                        "c" + i,
                        Volume.wrap(Grid.of(1, 1, 50), new float[50]),
                        random(i, 50, 2, 3)))
            .toList();
    Evaluation evaluation = Evaluation.of(Labels.of("a", "b"));
    List<String> heard = new ArrayList<>();
    Evaluation.Prediction prediction = c -> random(c.id().hashCode(), 50, 2, 3);
    Summary one =
        evaluation.threads(1).listener((id, d, n) -> heard.add(id)).cases(cases, prediction);
    Summary many = evaluation.threads(5).cases(cases, prediction);
    assertThat(many).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(heard).hasSize(20);
    assertThat(one.toString()).contains("foreground").contains("20 cases");
  }

  @Test
  void saysWhichCaseDoesNotFit() {
    Volume image = Volume.wrap(Grid.of(1, 1, 2), new float[2]);
    LabelMap labels = LabelMap.wrap(Grid.of(1, 1, 2), new short[2]);
    LabelMap other = LabelMap.wrap(Grid.of(1, 2, 1), new short[2]);
    Evaluation evaluation = Evaluation.of(Labels.of("a"));
    assertThatThrownBy(() -> evaluation.cases(List.of(Cases.of("c7", image, labels)), c -> other))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("case c7: prediction: expected the reference's extent 1x1x2");
    assertThatThrownBy(() -> evaluation.cases(List.of(Cases.of("c8", image)), c -> other))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("case c8: expected reference labels");
    assertThatThrownBy(() -> Summary.of(List.of())).hasMessageContaining("at least one case");
    Scores a = Evaluation.compare(labels, labels, Labels.of("a"));
    Scores b = Evaluation.compare(labels, labels, Labels.of("a", "b"));
    assertThatThrownBy(
            () -> Summary.of(List.of(new CaseScores("x", "x", a), new CaseScores("y", "y", b))))
        .hasMessageContaining("y has scores for");
  }

  @Test
  void evaluatesTheFilesOfTwoFolders(@TempDir Path folder) throws IOException {
    JsonNode c = Json.read(GOLDEN.resolve("metrics_v2.json")).get("cases").get(0);
    Safetensors.Content tensors = Safetensors.read(GOLDEN.resolve("metrics.safetensors"));
    ImageFormat nifti = ImageFormats.nifti();
    for (String side : List.of("prediction", "reference")) {
      for (int i = 0; i < c.get("cases").asInt(); i++) {
        Path file = folder.resolve(side).resolve("case" + i + ".nii.gz");
        Files.createDirectories(file.getParent());
        nifti.write(map(tensors, c.get("name").asText() + "/" + i + "/" + side), file);
      }
    }
    Path predictions = folder.resolve("prediction");
    Path references = folder.resolve("reference");
    Evaluation evaluation = Evaluation.of(Labels.of("a", "b")).threads(2);
    List<String> heard = new ArrayList<>();
    Summary found =
        evaluation
            .listener((id, done, n) -> heard.add(id))
            .folders(predictions, references, ".nii.gz");
    assertThat(found.mean()).isEqualTo(summary(c, tensors).mean());
    assertThat(found.cases().get(0).prediction()).endsWith("case0.nii.gz");
    assertThat(heard).contains("case0");
    assertThat(evaluation.folders(predictions, references, ".nii.gz", nifti)).isEqualTo(found);

    Files.delete(references.resolve("case1.nii.gz"));
    assertThatThrownBy(() -> evaluation.folders(predictions, references, ".nii.gz"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("case1.nii.gz");
    Files.writeString(references.resolve("case1.nii.gz"), "junk");
    assertThatThrownBy(() -> evaluation.folders(predictions, references, ".nii.gz"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("case1.nii.gz");
    assertThatThrownBy(() -> evaluation.folders(predictions, references, ".mha"))
        .hasMessageContaining("at least one file *.mha");
    assertThatThrownBy(() -> evaluation.folders(folder.resolve("none"), references, ".nii"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("a readable file or folder");
  }

  @Test
  void saysWhatIsWrongWithASummaryFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("summary.json");
    Files.writeString(file, "{\"metric_per_case\": [], \"mean\": {\"x\": {}}}");
    assertThatThrownBy(() -> SummaryJson.read(file))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("$.mean")
        .hasMessageContaining("(1, 2)");
  }
}
