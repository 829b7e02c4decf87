package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.train.LabelPyramid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every transform on the numbers of both versions of nnU-Net, and v2's default chain as a whole.
 */
class GoldenStepsTest {
  private static final Safetensors.Content INTENSITY_V1 = Goldens.tensors("intensity_v1");
  private static final Safetensors.Content INTENSITY_V2 = Goldens.tensors("intensity_v2");
  private static final Safetensors.Content LABELS_V1 = Goldens.tensors("labels_v1");
  private static final Safetensors.Content LABELS_V2 = Goldens.tensors("labels_v2");
  private static final Safetensors.Content AXES = Goldens.tensors("axes");
  private static final Safetensors.Content CHAIN = Goldens.tensors("chain_runs_v2");

  static Stream<JsonNode> intensityV1() {
    return Goldens.cases("intensity_v1").stream();
  }

  static Stream<JsonNode> intensityV2() {
    return Goldens.cases("intensity_v2").stream();
  }

  static Stream<JsonNode> labelsV1() {
    return Goldens.cases("labels_v1").stream();
  }

  static Stream<JsonNode> labelsV2() {
    return Goldens.cases("labels_v2").stream();
  }

  static Stream<JsonNode> axes() {
    return Goldens.cases("axes").stream();
  }

  static Stream<JsonNode> chains() {
    return Goldens.cases("chain_runs_v2").stream();
  }

  @ParameterizedTest
  @MethodSource("intensityV1")
  void changesIntensitiesAsVersionOne(JsonNode golden) {
    intensity(golden, Edition.V1, INTENSITY_V1, 5e-5);
  }

  @ParameterizedTest
  @MethodSource("intensityV2")
  void changesIntensitiesAsVersionTwo(JsonNode golden) {
    intensity(golden, Edition.V2, INTENSITY_V2, 2e-5);
  }

  private static void intensity(
      JsonNode golden, Edition edition, Safetensors.Content tensors, double tolerance) {
    String key = golden.get("key").asText() + "/";
    Sample input = Goldens.input(golden);
    SampleBuffer buffer = SampleBuffer.of(input);
    new GoldenSteps(edition, tensors)
        .apply(buffer, golden.get("transform").asText(), golden.get("parameters"), key);
    Volume expected = Goldens.volume(tensors.get(key + "image"));
    Goldens.close(buffer.sample().image(), expected, tolerance, 1e-5, null);
    assertThat(Goldens.input(golden)).isEqualTo(input);
  }

  @ParameterizedTest
  @MethodSource("axes")
  void mirrorsTurnsAndTransposesExactly(JsonNode golden) {
    String key = golden.get("key").asText() + "/";
    SampleBuffer buffer = SampleBuffer.of(Goldens.input(golden));
    new GoldenSteps(Edition.V2, AXES)
        .apply(buffer, golden.get("transform").asText(), golden.get("parameters"), key);
    assertThat(buffer.sample().image()).isEqualTo(Goldens.volume(AXES.get(key + "image")));
    assertThat(buffer.sample().labels()).isEqualTo(Goldens.labels(AXES.get(key + "seg")));
  }

  @ParameterizedTest
  @MethodSource("labelsV1")
  void changesLabelsAsVersionOne(JsonNode golden) {
    labels(golden, Edition.V1, LABELS_V1);
  }

  @ParameterizedTest
  @MethodSource("labelsV2")
  void changesLabelsAsVersionTwo(JsonNode golden) {
    labels(golden, Edition.V2, LABELS_V2);
  }

  private static void labels(JsonNode golden, Edition edition, Safetensors.Content tensors) {
    String key = golden.get("key").asText() + "/";
    String name = golden.get("transform").asText();
    JsonNode p = golden.get("parameters");
    SampleBuffer buffer = SampleBuffer.of(Goldens.input(golden));
    switch (name) {
      case "mask image" ->
          new MaskOutside(Goldens.ints(p.get("channels")), p.get("value_outside").asDouble())
              .applyTo(buffer, GoldenSteps.NONE);
      case "replace label" -> replace(buffer, p);
      case "downsample segmentation for deep supervision" -> {
        pyramid(buffer.sample(), p, tensors, key);
        return;
      }
      case "slices become channels and back" -> {
        layout(buffer, tensors, key);
        return;
      }
      case "convert segmentation to regions",
          "downsample segmentation for deep supervision (soft)" -> {
        return; // made by the trainer, see its tests
      }
      default -> new GoldenSteps(edition, tensors).apply(buffer, name, p, key);
    }
    Sample out = buffer.sample();
    if (tensors.tensors().containsKey(key + "image")) {
      Volume expected = Goldens.volume(tensors.get(key + "image"), out.image().grid());
      int skipped = out.image().channels() - expected.channels();
      for (int c = 0; c < expected.channels(); c++) {
        assertThat(out.image().unsafeArray(c + skipped)).isEqualTo(expected.unsafeArray(c));
      }
    }
    if (tensors.tensors().containsKey(key + "seg")) {
      assertThat(Goldens.maps(out)).isEqualTo(Goldens.labelMaps(tensors.get(key + "seg")));
    }
  }

  private static void replace(SampleBuffer buffer, JsonNode p) {
    ReplaceLabel replace = new ReplaceLabel(p.get("label").asInt(), p.get("becomes").asInt());
    if (p.get("seg_channels").isNull()) {
      replace.applyTo(buffer, GoldenSteps.NONE);
    } else {
      p.get("seg_channels").forEach(map -> replace.replace(buffer, map.asInt()));
    }
  }

  private static void pyramid(Sample sample, JsonNode p, Safetensors.Content tensors, String key) {
    List<List<Double>> scales = new ArrayList<>();
    boolean flat = sample.labels().grid().extent().get(0) == 1;
    for (JsonNode scale : p.get("scales")) {
      double same = scale.asDouble();
      List<Double> three =
          scale.isArray() ? Goldens.axes(scale, 1) : List.of(flat ? 1 : same, same, same);
      scales.add(three);
    }
    List<LabelMap> pyramid = LabelPyramid.of(sample.labels(), scales);
    for (int k = 0; k < scales.size(); k++) {
      LabelMap expected = Goldens.labels(tensors.get(key + "seg_" + k));
      assertThat(pyramid.get(k).grid().extent()).isEqualTo(expected.grid().extent());
      assertThat(pyramid.get(k).unsafeArray()).isEqualTo(expected.unsafeArray());
    }
  }

  /** Slices as channels are the same memory: what "in the plane" relies on. */
  private static void layout(SampleBuffer buffer, Safetensors.Content tensors, String key) {
    double[] between = tensors.get(key + "image_between").doubles();
    int n = buffer.read(0).length;
    for (int i = 0; i < between.length; i++) {
      assertThat((double) buffer.read(i / n)[i % n]).isEqualTo(between[i]);
    }
  }

  @Test
  void hasTheStructuringElementsOfTheReference() {
    for (String file : List.of("labels_v1", "labels_v2")) {
      for (JsonNode golden : Goldens.json(file).get("structuring_elements")) {
        double radius = golden.get("radius").asDouble();
        boolean ball = golden.get("shape").asText().equals("ball");
        StructuringElement element =
            ball ? StructuringElement.ball(radius) : StructuringElement.disk(radius);
        assertThat(element.edge)
            .as("%s", golden)
            .isEqualTo(golden.get("edge_lengths").get(0).asInt());
        int layer = ball ? element.edge * element.edge : element.edge;
        JsonNode counts = golden.get("voxels_per_first_axis_index");
        for (int k = 0; k < counts.size(); k++) {
          int found = 0;
          for (int i = 0; i < layer; i++) {
            found += element.mask[k * layer + i] ? 1 : 0;
          }
          assertThat(found).as("%s layer %d", golden, k).isEqualTo(counts.get(k).asInt());
        }
        if (golden.has("mask")) {
          List<Boolean> mask = new ArrayList<>();
          flatten(golden.get("mask"), mask);
          for (int i = 0; i < element.mask.length; i++) {
            assertThat(element.mask[i]).isEqualTo(mask.get(i));
          }
        }
      }
    }
  }

  private static void flatten(JsonNode node, List<Boolean> mask) {
    if (node.isArray()) {
      node.forEach(part -> flatten(part, mask));
    } else {
      mask.add(node.asInt() != 0);
    }
  }

  @Test
  void buildsTheReferenceBlurKernels() {
    for (JsonNode golden : Goldens.json("intensity_v2").get("blur_kernels")) {
      float[] kernel = GaussianBlur.kernel(golden.get("sigma").asDouble(), 100, Edition.V2);
      List<Double> weights = Goldens.doubles(golden.get("weights"));
      assertThat(2 * kernel.length - 1).isEqualTo(weights.size());
      for (int j = 0; j < kernel.length; j++) {
        assertThat((double) kernel[j]).isCloseTo(weights.get(kernel.length - 1 + j), within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("chains")
  void runsTheWholeChain(JsonNode golden) {
    String key = golden.get("key").asText() + "/";
    SampleBuffer buffer = SampleBuffer.of(Goldens.input(golden));
    GoldenSteps steps = new GoldenSteps(Edition.V2, CHAIN);
    for (JsonNode step : golden.get("steps")) {
      String name = step.get("transform").asText();
      String prefix = String.format(Locale.ROOT, "%sstep%02d_", key, step.get("step").asInt());
      if (name.startsWith("convert")) {
        break;
      }
      if (name.equals("spatial")) {
        GoldenSpatialTest.spatial(golden, Elastic.Kind.V2, Spatial.Sampling.LINEAR, Spatial.Form.V2)
            .changeIn(buffer, GoldenSpatialTest.parameters(step.get("parameters")));
      } else if (name.equals("mask image")) {
        new MaskOutside(Set.of(0), 0).applyTo(buffer, GoldenSteps.NONE);
      } else if (step.path("selected").asBoolean(true)) {
        JsonNode p = step.path("parameters");
        if (name.startsWith("move")) {
          ObjectNode labels = Json.object();
          labels.set("labels", golden.get("arguments").get("foreground_labels"));
          p = labels;
        }
        steps.apply(buffer, name, p, prefix);
      }
      checkStep(buffer, prefix);
    }
    Goldens.close(
        buffer.sample().image(), Goldens.volume(CHAIN.get(key + "image")), 1e-4, 1e-5, null);
    if (CHAIN.tensors().containsKey(key + "target_0") && !golden.path("arguments").has("regions")) {
      LabelMap expected = Goldens.labels(CHAIN.get(key + "target_0"));
      assertThat(buffer.sample().labels().unsafeArray()).isEqualTo(expected.unsafeArray());
    }
  }

  private static void checkStep(SampleBuffer buffer, String prefix) {
    Extent extent = buffer.extent();
    if (CHAIN.tensors().containsKey(prefix + "image")) {
      Volume expected = Goldens.volume(CHAIN.get(prefix + "image"), buffer.grid());
      assertThat(expected.grid().extent()).isEqualTo(extent);
      Goldens.close(buffer.sample().image(), expected, 1e-4, 1e-5, null);
    }
    if (CHAIN.tensors().containsKey(prefix + "seg")) {
      int[] expected = CHAIN.get(prefix + "seg").ints();
      int n = buffer.readLabels().length;
      for (int i = 0; i < expected.length; i++) {
        assertThat((int) buffer.readLabels(i / n)[i % n]).isEqualTo(expected[i]);
      }
    }
  }
}
