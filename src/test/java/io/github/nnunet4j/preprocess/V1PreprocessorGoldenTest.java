package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whole cases through the preprocessor classes of nnU-Net v1, from the stored crop on. */
class V1PreprocessorGoldenTest {
  /** Labels of a stored crop below -1, which the reference erases after it has resampled them. */
  private static final PreprocessingStep ERASE =
      PreprocessingSteps.named(
          "erase/1",
          state -> {
            short[] labels = state.labels().toArray();
            for (int i = 0; i < labels.length; i++) {
              labels[i] = labels[i] < -1 ? 0 : labels[i];
            }
            return state.withLabels(LabelMap.wrap(state.labels().grid(), labels));
          });

  @Test
  void preparesCasesAsVersion1() throws IOException {
    Golden golden = Golden.of("preprocessing/v1_preprocessing");
    int checked = 0;
    for (JsonNode c : golden.cases()) {
      check(golden, c);
      checked++;
    }
    assertThat(checked).isEqualTo(24);
  }

  private static void check(Golden golden, JsonNode c) {
    String name = c.get("name").textValue();
    Recipe recipe = recipe(golden, c);
    int[] order = Golden.ints(c.get("transpose_forward"));
    Spacing spacing = Spacing.millimetres(Golden.doubles(c.get("original_spacing")));
    Volume image = golden.volume(c.get("input_data").textValue(), spacing);
    LabelMap labels = golden.labelMap(c.get("input_seg").textValue(), spacing);
    StepState state = state(name, recipe, image, labels, order);
    state = Preprocessor.of(recipe).takeSteps(state);
    assertThat(state.image().grid().extent().toArray())
        .as(name)
        .isEqualTo(Golden.ints(c.get("size_after_resampling")));
    assertImage(golden, c, state.image());
    assertLabels(golden, c, state.labels());
    if (c.path("near_ties_count").asInt(1) == 0 || c.has("output_stride")) {
      assertLocations(ClassLocations.of(state.labels(), Labels.of("a", "b", "c")), c);
    }
    for (int threads : new int[] {2, 3}) {
      StepState again = state(name, recipe, image, labels, order);
      assertThat(Preprocessor.of(recipe).threads(threads).takeSteps(again).image())
          .as(name)
          .isEqualTo(state.image());
    }
  }

  private static StepState state(
      String name, Recipe recipe, Volume image, LabelMap labels, int[] order) {
    Grid grid =
        Grid.of(image.grid().extent().permuted(order), image.grid().spacing().permuted(order));
    float[][] channels = new float[image.channels()][];
    for (int i = 0; i < channels.length; i++) {
      channels[i] = Transposition.apply(image.unsafeArray(i), image.grid().extent(), order);
    }
    short[] turned = Transposition.apply(labels.unsafeArray(), labels.grid().extent(), order);
    return StepState.of(
        new StepState.Job(name, recipe, true, 1),
        Volume.wrap(grid, channels),
        LabelMap.wrap(grid, turned));
  }

  /** Of the largest cases every so many voxels along each axis are stored. */
  private static void assertImage(Golden golden, JsonNode c, Volume image) {
    double absolute = c.get("tolerance").get("abs").doubleValue();
    double relative = c.get("tolerance").get("rel").doubleValue();
    float[] want = golden.arrays().get(c.get("output_data").textValue()).floats();
    int at = 0;
    for (int channel = 0; channel < image.channels(); channel++) {
      float[] got = image.unsafeArray(channel);
      for (int i : stored(c, image.grid())) {
        if (!(Math.abs(got[i] - want[at]) <= absolute + relative * Math.abs(want[at]))) {
          assertThat(got[i]).as(c.get("name") + " voxel " + i).isEqualTo(want[at]);
        }
        at++;
      }
    }
    assertThat(at).isEqualTo(want.length);
  }

  private static void assertLabels(Golden golden, JsonNode c, LabelMap labels) {
    short[] want = golden.labels(c.get("output_seg").textValue());
    short[] near = c.hasNonNull("near_ties") ? golden.labels(c.get("near_ties").textValue()) : null;
    int at = 0;
    for (int i : stored(c, labels.grid())) {
      if (near == null || near[at] == 0) {
        assertThat(labels.unsafeArray()[i]).as(c.get("name") + " voxel " + i).isEqualTo(want[at]);
      }
      at++;
    }
    assertThat(at).isEqualTo(want.length);
  }

  private static List<Integer> stored(JsonNode c, Grid grid) {
    int[] step = c.has("output_stride") ? Golden.ints(c.get("output_stride")) : new int[] {1, 1, 1};
    List<Integer> voxels = new ArrayList<>();
    for (int z = 0; z < grid.extent().get(0); z += step[0]) {
      for (int y = 0; y < grid.extent().get(1); y += step[1]) {
        for (int x = 0; x < grid.extent().get(2); x += step[2]) {
          voxels.add((z * grid.extent().get(1) + y) * grid.extent().get(2) + x);
        }
      }
    }
    return voxels;
  }

  private static void assertLocations(ClassLocations got, JsonNode c) {
    for (int k = 0; k < 3; k++) {
      JsonNode one = c.get("class_locations").get(k);
      String name = c.get("name") + " class " + (k + 1);
      assertThat(got.count(k)).as(name).isEqualTo(one.get("count").intValue());
      long order = 0;
      for (int i = 0; i < got.count(k); i++) {
        order = (order + (long) (i + 1) * (got.voxel(k, i) + 1)) % 2147483647L;
      }
      assertThat(order).as(name).isEqualTo(one.path("order_checksum").longValue());
      JsonNode rows = one.path("first_rows");
      for (int r = 0; r < rows.size(); r++) {
        for (int axis = 0; axis < 3; axis++) {
          assertThat(got.coordinate(k, r, axis)).isEqualTo(rows.get(r).get(axis).intValue());
        }
      }
    }
  }

  private static Recipe recipe(Golden golden, JsonNode c) {
    String word = c.get("preprocessor").textValue();
    IntensityStatistics statistics =
        V1NormalizationGoldenTest.statistics(golden.facts().get("intensity_properties"));
    List<Recipe.ChannelRecipe> channels = new ArrayList<>();
    for (int i = 0; i < c.get("normalization_schemes").size(); i++) {
      IntensityNormalization how =
          word.endsWith("scale_uint8_to_0_1")
              ? IntensityNormalizations.divideBy(255)
              : V1NormalizationGoldenTest.scheme(c.get("normalization_schemes").get(i).textValue());
      boolean mask = c.get("use_nonzero_mask").get(i).booleanValue();
      channels.add(new Recipe.ChannelRecipe(how, mask, statistics));
    }
    double[] target = Golden.doubles(c.get("target_spacing"));
    target[0] = target[0] == 0 ? 1 : target[0]; // null: the step leaves the axis alone
    List<PreprocessingStep> steps = new ArrayList<>(steps(word));
    steps.add(steps.indexOf(PreprocessingSteps.normalize()), ERASE);
    return Recipe.builder()
        .axisOrder(Arrays.stream(Golden.ints(c.get("transpose_forward"))).boxed().toList())
        .targetSpacing(Spacing.millimetres(target))
        .channels(channels)
        .steps(steps)
        .imageResampling(image(word))
        .labelResampling(labels(word))
        .probabilityResampling(Resamplings.probabilities())
        .build();
  }

  private static List<PreprocessingStep> steps(String word) {
    return switch (word) {
      case "PreprocessorFor2D", "GenericPreprocessor_scale_uint8_to_0_1" ->
          PreprocessingSteps.v1Slices();
      case "PreprocessorFor2D_edgeLength512" ->
          PreprocessingSteps.v1Slices(GridRules.shortEdge(512));
      case "PreprocessorFor2D_edgeLength512 with target_edge_size 40" ->
          PreprocessingSteps.v1Slices(GridRules.shortEdge(40));
      case "PreprocessorFor3D_LeaveOriginalZSpacing" ->
          PreprocessingSteps.v1(GridRules.keepFirstAxis());
      case "PreprocessorFor3D_NoResampling" -> PreprocessingSteps.v1(GridRules.original());
      default -> PreprocessingSteps.v1();
    };
  }

  private static Resampling image(String word) {
    return switch (word) {
      case "GenericPreprocessor_linearResampling" -> Resamplings.probabilities();
      case "Preprocessor3DDifferentResampling" -> Resamplings.spline(3, 3, SeparateZ.AUTO);
      case "Preprocessor3DBetterResampling" -> Resamplings.spline(3, 3, SeparateZ.NEVER);
      default ->
          word.startsWith("PreprocessorFor2D_edge")
              ? Resamplings.spline(3, 0, SeparateZ.NEVER)
              : Resamplings.images();
    };
  }

  private static LabelResampling labels(String word) {
    return switch (word) {
      case "Preprocessor3DDifferentResampling" -> LabelResamplings.threshold(1, 1, SeparateZ.AUTO);
      case "Preprocessor3DBetterResampling" -> LabelResamplings.threshold(3, 3, SeparateZ.NEVER);
      default ->
          LabelResamplings.threshold(
              1, 0, word.startsWith("PreprocessorFor2D_edge") ? SeparateZ.NEVER : SeparateZ.AUTO);
    };
  }
}
