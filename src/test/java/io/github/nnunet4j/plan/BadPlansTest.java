package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.FingerprintJson;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What planning answers to input that no plan can be made of, and to plans edited by hand. */
class BadPlansTest {
  private static final PlannerInput INPUT =
      new PlannerInput(
          "Dataset", List.of(new Channel("MRI")), Labels.of("a", "b"), 20, "SimpleITKIO");
  private static JsonNode cascaded;

  @BeforeAll
  static void read() throws IOException {
    for (JsonNode golden :
        Json.read(Path.of("src/test/resources/golden/planning/v2_plans.json")).get("cases")) {
      if (golden.get("plans").get("configurations").has("3d_cascade_fullres")) {
        cascaded = golden.get("plans");
        return;
      }
    }
  }

  private static Fingerprint fingerprint(Extent extent, Spacing spacing) {
    return new Fingerprint(
        List.of(extent), List.of(spacing), List.of(IntensityStatistics.builder().build()), 1);
  }

  private static Problem problem(ThrowingCallable call, Class<? extends NnUNetException> type) {
    NnUNetException[] caught = new NnUNetException[1];
    assertThatThrownBy(call).isInstanceOf(type).satisfies(e -> caught[0] = (NnUNetException) e);
    return caught[0].problems().get(0);
  }

  private static void says(
      Problem problem, String where, String expected, String found, String next) {
    assertThat(problem.where()).contains(where);
    assertThat(problem.expected()).contains(expected);
    assertThat(problem.found()).contains(found);
    assertThat(problem.next()).contains(next);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0", "-1.5", "NaN", "Infinity"})
  void spacingsThatAreNoneAreNamedByTheirPath(String value) {
    String json =
        FingerprintJson.text(fingerprint(Extent.of(9, 9, 9), Spacing.millimetres(7.25, 1, 1)))
            .replace("7.25", value);
    Problem problem = problem(() -> FingerprintJson.parse(json), DatasetException.class);
    says(
        problem, "$.spacings[0]", "3 positive spacings", value.substring(0, 2), "fingerprint anew");
    assertThatThrownBy(() -> Spacing.millimetres(Double.parseDouble(value), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }

  @Test
  void aRuleThatGivesNoSpacingIsNamed() {
    Fingerprint good = fingerprint(Extent.of(64, 64, 64), Spacing.millimetres(1, 1, 1));
    Planner planner = Planners.standard().withSpacing(f -> Spacing.millimetres(0, 1, 1));
    says(
        problem(() -> planner.plan(good, INPUT), NnUNetException.class),
        "rules of the planner",
        "a plan",
        "positive",
        "Correct the rule");
    Planner flat = Planners.standard().withSpacing(f -> Spacing.millimetres(1, 1));
    says(
        problem(() -> flat.plan(good, INPUT), PlanException.class),
        "target spacing",
        "three axes",
        "1.0x1.0",
        "Correct the rule");
  }

  @ParameterizedTest
  @CsvSource({"1,64,64", "64,1,64", "64,64,1", "64,1,1", "1,1,64", "1,1,1"})
  void oneVoxelAxesArePlannedOrNamed(int z, int y, int x) {
    for (double thick : new double[] {1, 5}) {
      Fingerprint fingerprint = fingerprint(Extent.of(z, y, x), Spacing.millimetres(thick, 1, 1));
      Plan plan = Planners.standard().plan(fingerprint, INPUT);
      for (Configuration c : plan.configurations()) {
        for (int axis = 0; axis < c.patch().rank(); axis++) {
          assertThat(c.patch().get(axis)).isPositive();
        }
      }
      assertThat(PlanCodec.standard().decode(PlanCodec.standard().encode(plan))).isEqualTo(plan);
    }
  }

  @Test
  void fingerprintsOfNothingAndOfOtherRanksAreNamed() {
    Fingerprint none =
        new Fingerprint(List.of(), List.of(), List.of(IntensityStatistics.builder().build()), 1);
    says(
        problem(() -> Planners.standard().plan(none, INPUT), PlanException.class),
        "fingerprint",
        "at least one case",
        "none",
        "training cases");
    Fingerprint flat = fingerprint(Extent.of(9, 9), Spacing.millimetres(1, 1));
    says(
        problem(() -> Planners.standard().plan(flat, INPUT), PlanException.class),
        "fingerprint, case 0",
        "three axes",
        "9x9",
        "one slice");
  }

  @Test
  void moreClassesThanALabelHoldsAreNamedWithTheLargest() {
    Map<String, Region> entries = new LinkedHashMap<>();
    entries.put("background", Region.label(0));
    for (int label = 1; label <= 32768; label++) {
      entries.put("organ " + label, Region.label(label));
    }
    says(
        problem(() -> Labels.ofRegions(entries, List.of()), DatasetException.class),
        "labels",
        "0 to 32767",
        "32768",
        "Renumber");
  }

  @Test
  void aMemoryTargetThatIsTooSmallIsAnsweredWithTheSmallest() {
    Fingerprint good = fingerprint(Extent.of(64, 64, 64), Spacing.millimetres(1, 1, 1));
    Problem problem =
        problem(
            () -> Planners.standard().withMemoryTarget(1e-6).plan(good, INPUT),
            PlanException.class);
    says(problem, "configuration 2d, memory target", "smallest patch", "1.0E-6 GB", " GB");
    double enough =
        Double.parseDouble(problem.next().replaceAll("^[^0-9]*([0-9.E-]+[0-9]).*$", "$1"));
    assertThat(
            Planners.standard().withMemoryTarget(enough).toBuilder()
                .rank((rank, size) -> rank == 2)
                .build()
                .plan(good, INPUT)
                .names())
        .containsExactly("2d");
  }

  private static Problem edited(String path, String value) throws IOException {
    ObjectNode json = cascaded.deepCopy();
    ObjectNode parent = json;
    String[] keys = path.split("/", -1);
    for (int i = 0; i + 1 < keys.length; i++) {
      parent = (ObjectNode) parent.get(keys[i]);
    }
    parent.set(keys[keys.length - 1], Json.parse(value));
    return problem(() -> PlanCodec.standard().decode(Json.text(json)), PlanException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "configurations/3d_lowres/patch_size | [127,128,128] | 3d_lowres.patch_size"
            + " | multiples of | 127 | nearest valid patch is [128, 128, 128]",
        "configurations/3d_lowres/inherits_from | \"3d_cascade_fullres\""
            + " | previous_stage | begin with one that stands alone | circle | Take previous_stage",
        "configurations/3d_fullres/inherits_from | \"3d_cascade_fullres\""
            + " | 3d_fullres.inherits_from | a chain that ends | circle | stand alone",
        "configurations/3d_fullres/architecture/arch_kwargs/strides | [[1,1,1],[2,2,2]]"
            + " | 3d_fullres.architecture | fit the network | the strides are for 2"
            + " | Correct the values",
        "configurations/3d_fullres/architecture/arch_kwargs/kernel_sizes | [[3,3,3]]"
            + " | 3d_fullres.architecture | fit the network | need as many | Correct the values",
        "configurations/3d_fullres/normalization_schemes | [\"ZScoreNormalisation\"]"
            + " | normalization_schemes[0] | a normalization | ZScoreNormalisation"
            + " | perhaps to ZScoreNormalization",
        "configurations/3d_fullres/resampling_fn_seg | \"resample_torch_for_nnunet\""
            + " | resampling_fn_seg | a label resampling | resample_torch_for_nnunet"
            + " | perhaps to resample_torch_fornnunet",
        "configurations/3d_cascade_fullres/previous_stage | \"3d_lowers\""
            + " | previous_stage | one of the configurations | 3d_lowers | existing",
        "configurations/3d_cascade_fullres/batchsize | 4"
            + " | 3d_cascade_fullres | batch_size | batchsize | Rename it to batch_size"
      })
  void aPlanEditedWronglyIsAnswered(
      String path, String value, String where, String expected, String found, String next)
      throws IOException {
    Problem problem = edited(path, value);
    assertThat(problem.where()).contains(where);
    assertThat(problem.toString()).contains(expected, found);
    assertThat(problem.next()).contains(next);
  }

  /** Every text of a plan that is a word and not a name. */
  private static void words(JsonNode node, String path, List<String> out) {
    if (node.isTextual()) {
      out.add(path);
    } else if (node.isObject()) {
      node.properties().forEach(e -> words(e.getValue(), path + "/" + e.getKey(), out));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        words(node.get(i), path + "/" + i, out);
      }
    }
  }

  @Test
  void anUnknownWordAnywhereIsAnsweredWithItsPlaceAndTheKnownOnes() throws IOException {
    List<String> paths = new ArrayList<>();
    words(cascaded.get("configurations"), "", paths);
    int refused = 0;
    for (String path : paths) {
      boolean name = path.matches(".*/(data_identifier|preprocessor_name)|.*_kw_requires_import.*");
      JsonNode json = cascaded.deepCopy();
      JsonNode parent = json.get("configurations").at(path.substring(0, path.lastIndexOf('/')));
      String last = path.substring(path.lastIndexOf('/') + 1);
      if (parent instanceof ObjectNode object) {
        object.set(last, TextNode.valueOf("surprise"));
      } else {
        ((com.fasterxml.jackson.databind.node.ArrayNode) parent)
            .set(Integer.parseInt(last), TextNode.valueOf("surprise"));
      }
      if (!name) {
        Problem problem =
            problem(() -> PlanCodec.standard().decode(Json.text(json)), PlanException.class);
        assertThat(problem.where()).as(path).contains("$.configurations." + path.split("/", -1)[1]);
        assertThat(problem.toString()).as(path).contains("surprise");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(15);
  }

  @Test
  void aPlanOfNnUNetV1IsNoPlanOfV2(@TempDir Path folder) throws IOException {
    ObjectNode v1 = Json.object().put("base_num_features", 32);
    v1.putObject("plans_per_stage");
    v1.putArray("transpose_forward").add(0).add(1).add(2);
    says(
        problem(() -> PlanCodec.standard().decode(Json.text(v1)), PlanException.class),
        "$",
        "nnU-Net v2",
        "plans_per_stage",
        "V1Planners");
    Path pickle = folder.resolve("nnUNetPlansv2.1_plans_3D.pkl");
    Files.write(pickle, new byte[] {(byte) 0x80, 3});
    says(
        problem(() -> PlanCodec.standard().read(pickle), PlanException.class),
        "nnUNetPlansv2.1_plans_3D.pkl",
        "JSON",
        "pickle",
        "V1Planners");
  }
}
