package io.github.nnunet4j.samples.planners;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Prepared;
import io.github.nnunet4j.preprocess.Preprocessor;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resamplings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole cases through the rows of the guide, from the cropped image on. */
class PreprocessorRowsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  static List<PreprocessorRow> rows() {
    return PreprocessorRows.rows();
  }

  @Test
  void everyClassHasARow() throws IOException {
    List<String> names = new ArrayList<>();
    Json.read(GOLDEN.resolve("planning/names.json"))
        .get("v1-preprocessors")
        .forEach(name -> names.add(name.textValue()));
    assertThat(names).isNotEmpty();
    assertThat(rows().stream().flatMap(row -> row.names().stream()))
        .containsExactlyInAnyOrderElementsOf(names);
  }

  /** The rows; in place of an edge of 768, of which nothing is recorded, one of 40. */
  static List<PreprocessorRow> recorded() {
    List<PreprocessorRow> rows = new ArrayList<>(rows());
    assertThat(rows.removeIf(row -> row.names().contains("PreprocessorFor2D_edgeLength768")))
        .isTrue();
    String name = "PreprocessorFor2D_edgeLength512 with target_edge_size 40";
    rows.add(PreprocessorRow.v1(name, r -> V1Recipes.edges(r, 40)));
    return rows;
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void preparesCasesAsTheClass(PreprocessorRow row) throws IOException {
    JsonNode facts = Json.read(GOLDEN.resolve("preprocessing/v1_preprocessing.json"));
    Safetensors.Content arrays =
        Safetensors.read(GOLDEN.resolve("preprocessing/v1_preprocessing.safetensors"));
    int checked = 0;
    for (JsonNode c : facts.get("cases")) {
      // labels of -2 do not get so far: they are refused where they are read
      boolean possible = !c.get("case").textValue().equals("nan_and_minus_two");
      if (possible && row.names().contains(c.get("preprocessor").textValue())) {
        check(row, facts, c, arrays);
        checked++;
      }
    }
    assertThat(checked).isPositive();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aPlanRemembersTheRow(PreprocessorRow row) throws IOException {
    PlanCodec codec = PlanCodec.standard();
    JsonNode plans = Json.read(GOLDEN.resolve("planning/v2_plans.json")).get("cases").get(0);
    Plan plan = PreprocessorRows.in(codec.decode(Json.text(plans.get("plans"))), "3d_fullres", row);
    assertThat(codec.decode(codec.encode(plan))).isEqualTo(plan);
    assertThat(plan.configuration("3d_fullres").hasKnownPreprocessor()).isTrue();
  }

  private static void check(
      PreprocessorRow row, JsonNode facts, JsonNode c, Safetensors.Content arrays)
      throws IOException {
    String name = c.get("name").textValue();
    Spacing spacing = Spacing.millimetres(doubles(c.get("original_spacing")));
    Volume image = volume(arrays.get(c.get("input_data").textValue()), spacing);
    int[] seg = arrays.get(c.get("input_seg").textValue()).ints();
    short[] labels = new short[seg.length];
    for (int i = 0; i < seg.length; i++) {
      labels[i] = (short) Math.max(0, seg[i]); // the crop finds the outside again
    }
    Prepared prepared =
        Preprocessor.of(row.recipe().apply(recipe(facts, c)))
            .prepare(
                Cases.of(name, image, LabelMap.wrap(image.grid(), labels)),
                Labels.of("a", "b", "c"));
    Grid grid = prepared.image().grid();
    assertThat(grid.extent().toArray()).as(name).isEqualTo(ints(c.get("size_after_resampling")));
    float[] want = arrays.get(c.get("output_data").textValue()).floats();
    int[] wantLabels = arrays.get(c.get("output_seg").textValue()).ints();
    int[] near =
        c.hasNonNull("near_ties") ? arrays.get(c.get("near_ties").textValue()).ints() : null;
    double absolute = c.get("tolerance").get("abs").doubleValue();
    List<Integer> stored = stored(c, grid.extent());
    for (int at = 0; at < stored.size(); at++) {
      int voxel = stored.get(at);
      for (int channel = 0; channel < image.channels(); channel++) {
        double expected = want[channel * stored.size() + at];
        double got = prepared.image().unsafeArray(channel)[voxel];
        assertThat(Math.abs(got - expected))
            .as("%s voxel %d", name, voxel)
            .isLessThanOrEqualTo(absolute + 1e-5 * Math.abs(expected));
      }
      if (near == null || near[at] == 0) {
        assertThat((int) prepared.labels().orElseThrow().unsafeArray()[voxel])
            .as("%s label %d", name, voxel)
            .isEqualTo(wantLabels[at]);
      }
    }
  }

  private static List<Integer> stored(JsonNode c, Extent extent) {
    int step = c.has("output_stride") ? c.get("output_stride").get(1).intValue() : 1;
    List<Integer> voxels = new ArrayList<>();
    for (int z = 0; z < extent.get(0); z++) {
      for (int y = 0; y < extent.get(1); y += step) {
        for (int x = 0; x < extent.get(2); x += step) {
          voxels.add((z * extent.get(1) + y) * extent.get(2) + x);
        }
      }
    }
    return voxels;
  }

  /** What a planner of v2 would have chosen. */
  private static Recipe recipe(JsonNode facts, JsonNode c) {
    JsonNode p = facts.get("intensity_properties");
    IntensityStatistics statistics =
        IntensityStatistics.builder()
            .mean(p.get("mean").doubleValue())
            .standardDeviation(p.get("sd").doubleValue())
            .percentile00_5(p.get("percentile_00_5").doubleValue())
            .percentile99_5(p.get("percentile_99_5").doubleValue())
            .build();
    List<Recipe.ChannelRecipe> channels = new ArrayList<>();
    for (int i = 0; i < c.get("normalization_schemes").size(); i++) {
      IntensityNormalization how =
          switch (c.get("normalization_schemes").get(i).textValue()) {
            case "CT" -> IntensityNormalizations.ct();
            case "CT2" -> IntensityNormalizations.ct2();
            case "nonCT" -> IntensityNormalizations.zScore();
            default -> IntensityNormalizations.none();
          };
      boolean mask = c.get("use_nonzero_mask").get(i).booleanValue();
      channels.add(new Recipe.ChannelRecipe(how, mask, statistics));
    }
    double[] target = doubles(c.get("target_spacing"));
    int rank = c.get("preprocessor").textValue().contains("2D") ? 2 : 3;
    target[0] = target[0] == 0 ? 1 : target[0]; // null: the class leaves the axis alone
    boolean flat = c.get("case").textValue().startsWith("image2d");
    return Recipe.builder()
        .axisOrder(Arrays.stream(ints(c.get("transpose_forward"))).boxed().toList())
        .targetSpacing(
            Spacing.millimetres(rank == 2 || flat ? Arrays.copyOfRange(target, 1, 3) : target))
        .channels(channels)
        .imageResampling(Resamplings.images())
        .labelResampling(LabelResamplings.labels())
        .probabilityResampling(Resamplings.probabilities())
        .build();
  }

  private static Volume volume(Safetensors.Tensor tensor, Spacing spacing) {
    int[] shape = tensor.extents();
    Grid grid = Grid.of(Extent.of(shape[1], shape[2], shape[3]), spacing);
    int n = (int) grid.voxels();
    float[] all = tensor.floats();
    float[][] channels =
        IntStream.range(0, shape[0])
            .mapToObj(i -> Arrays.copyOfRange(all, i * n, (i + 1) * n))
            .toArray(float[][]::new);
    return Volume.wrap(grid, channels);
  }

  private static double[] doubles(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static int[] ints(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }
}
