package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Preprocessor;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resamplings;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The input of a cascade's later stage, on nnU-Net v2's own numbers. */
class CascadeInputTest {
  static Stream<JsonNode> cases() {
    return InferGolden.cases("cascade.json").stream()
        .filter(c -> c.get("rule").textValue().equals("v2"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTheImageAndOneChannelPerForegroundLabel(JsonNode golden) {
    Safetensors.Content tensors = InferGolden.tensors("cascade.safetensors");
    String key = golden.get("key").textValue();
    Spacing spacing = Spacing.millimetres(InferGolden.doubles(golden.get("spacing")));
    Volume plain = InferGolden.volume(tensors.get(key + "/image"));
    Volume image = plain.withGrid(Grid.of(plain.grid().extent(), spacing));
    int[] values = tensors.get(key + "/previous").ints();
    short[] previous = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      previous[i] = (short) values[i];
    }
    Labels labels = labels(golden);
    assertThat(labels.foreground())
        .containsExactlyElementsOf(
            Arrays.stream(InferGolden.ints(golden.get("foreground_labels"))).boxed().toList());
    PreparedImage input =
        new StagePreparation("3d_cascade_fullres", Preprocessor.of(recipe(golden)), labels)
            .of(key, image, LabelMap.wrap(image.grid(), previous));
    Volume expected = InferGolden.volume(tensors.get(key + "/input"));
    assertThat(input.data().grid().extent()).isEqualTo(expected.grid().extent());
    assertThat(input.data().channels()).isEqualTo(expected.channels());
    for (int c = 0; c < expected.channels(); c++) {
      float[] want = expected.unsafeArray(c);
      float[] got = input.data().unsafeArray(c);
      for (int i = 0; i < want.length; i++) {
        assertThat((double) got[i])
            .as("channel %d, voxel %d", c, i)
            .isCloseTo(want[i], within(2e-4 + 1e-4 * Math.abs(want[i])));
      }
    }
    JsonNode box = golden.get("bbox_used_for_cropping");
    for (int axis = 0; axis < 3; axis++) {
      assertThat(input.placement().crop().from(axis)).isEqualTo(box.get(axis).get(0).intValue());
      assertThat(input.placement().crop().to(axis)).isEqualTo(box.get(axis).get(1).intValue());
    }
  }

  private static Labels labels(JsonNode golden) {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    golden
        .get("labels")
        .properties()
        .forEach(
            entry ->
                entries.put(
                    entry.getKey(),
                    entry.getValue().isArray()
                        ? Arrays.stream(InferGolden.ints(entry.getValue())).boxed().toList()
                        : List.of(entry.getValue().intValue())));
    JsonNode order = golden.get("regions_class_order");
    return Labels.of(
        entries,
        order.isNull() ? List.of() : Arrays.stream(InferGolden.ints(order)).boxed().toList());
  }

  private static Recipe recipe(JsonNode golden) {
    IntensityStatistics none = IntensityStatistics.builder().build();
    return Recipe.builder()
        .axisOrder(
            Arrays.stream(InferGolden.ints(golden.get("transpose_forward"))).boxed().toList())
        .targetSpacing(Spacing.millimetres(InferGolden.doubles(golden.get("config_spacing"))))
        .channels(List.of(new Recipe.ChannelRecipe(IntensityNormalizations.zScore(), false, none)))
        .imageResampling(Resamplings.images())
        .labelResampling(LabelResamplings.labels())
        .probabilityResampling(Resamplings.probabilities())
        .build();
  }

  @Test
  void refusesLabelsThatDoNotFit() {
    JsonNode golden = cases().findFirst().orElseThrow();
    Preparation preparation =
        new StagePreparation("later", Preprocessor.of(recipe(golden)), Labels.of("a", "b"));
    Volume image = Volume.wrap(Grid.of(2, 2, 2), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    LabelMap unknown = LabelMap.wrap(image.grid(), new short[] {0, 1, 2, 3, 0, 0, 0, 0});
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> preparation.of("one", image, unknown))
        .withMessageContaining("case one, previous stage")
        .withMessageContaining("also 3");
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> preparation.of("one", image))
        .withMessageContaining("case one")
        .withMessageContaining("the stage before later");
    assertThatExceptionOfType(PreprocessException.class)
        .isThrownBy(
            () -> preparation.of("one", image, LabelMap.wrap(Grid.of(1, 2, 2), new short[4])))
        .withMessageContaining("1x2x2");
  }
}
