package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Safetensors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every transform of the default chain on nnU-Net v2's own numbers. */
class GoldenAugmentationTest {
  private static final RandomGenerator NONE = new java.util.SplittableRandom(0);
  private static final Safetensors.Content SPATIAL = Goldens.tensors("spatial_v2");
  private static final Safetensors.Content INTENSITY = Goldens.tensors("intensity_v2");
  private static final Safetensors.Content CHAIN = Goldens.tensors("chain_runs_v2");

  static Stream<JsonNode> spatial() {
    return Goldens.cases("spatial_v2").stream();
  }

  static Stream<JsonNode> intensity() {
    return Goldens.cases("intensity_v2").stream();
  }

  static Stream<JsonNode> chains() {
    return Goldens.cases("chain_runs_v2").stream();
  }

  @ParameterizedTest
  @MethodSource("spatial")
  void rotatesScalesAndCrops(JsonNode golden) {
    String key = golden.get("key").asText();
    Spatial spatial =
        Goldens.spatial(
            golden.get("patch_size"),
            golden.get("dummy_2d").asBoolean(),
            golden.get("seg_interpolation").asText(),
            golden.get("image_interpolation").asText());
    Sample out = spatial.change(Goldens.input(golden), Goldens.parameters(golden));
    boolean[] free = ambiguous(SPATIAL, key + "/image_ambiguous");
    close(out.image(), Goldens.volume(SPATIAL.get(key + "/image")), 5e-5, 1e-5, free);
    same(
        out.labels(),
        Goldens.labels(SPATIAL.get(key + "/seg")),
        ambiguous(SPATIAL, key + "/seg_ambiguous"));
  }

  @ParameterizedTest
  @MethodSource("intensity")
  void changesIntensities(JsonNode golden) {
    String key = golden.get("key").asText();
    Sample input = Goldens.input(golden);
    SampleBuffer buffer = SampleBuffer.of(input);
    step(buffer, golden.get("transform").asText(), golden.get("parameters"), INTENSITY, key + "/");
    Volume expected = Goldens.volume(INTENSITY.get(key + "/image"));
    close(buffer.sample().image(), expected, 2e-5, 1e-5, null);
    assertThat(Goldens.input(golden)).isEqualTo(input);
  }

  @ParameterizedTest
  @MethodSource("chains")
  void runsTheWholeChain(JsonNode golden) {
    String key = golden.get("key").asText() + "/";
    SampleBuffer buffer = SampleBuffer.of(Goldens.input(golden));
    boolean[] free = null;
    for (JsonNode step : golden.get("steps")) {
      String name = step.get("transform").asText();
      if (name.startsWith("convert")) {
        break;
      }
      if (name.equals("spatial")) {
        Spatial spatial =
            Goldens.spatial(
                golden.get("patch_size"), golden.get("dummy_2d").asBoolean(), "linear", "linear");
        spatial.changeIn(buffer, Goldens.parameters(step.get("parameters")));
      } else if (name.equals("mask image")) {
        new MaskOutside(Set.of(0), 0).applyTo(buffer, NONE);
      } else if (step.path("selected").asBoolean(true)) {
        String prefix = String.format("%sstep%02d_", key, step.get("step").asInt());
        step(buffer, name, step.path("parameters"), CHAIN, prefix);
        checkStep(buffer, prefix);
      }
    }
    close(buffer.sample().image(), Goldens.volume(CHAIN.get(key + "image")), 1e-4, 1e-5, free);
    if (CHAIN.tensors().containsKey(key + "target_0") && !golden.path("arguments").has("regions")) {
      LabelMap expected = Goldens.labels(CHAIN.get(key + "target_0"));
      assertThat(buffer.sample().labels().unsafeArray()).isEqualTo(expected.unsafeArray());
    }
  }

  private static void checkStep(SampleBuffer buffer, String prefix) {
    if (CHAIN.tensors().containsKey(prefix + "image")) {
      close(buffer.sample().image(), Goldens.volume(CHAIN.get(prefix + "image")), 1e-4, 1e-5, null);
    }
    if (CHAIN.tensors().containsKey(prefix + "seg")) {
      assertThat(buffer.readLabels())
          .isEqualTo(Goldens.labels(CHAIN.get(prefix + "seg")).unsafeArray());
    }
  }

  private static void step(
      SampleBuffer buffer, String name, JsonNode p, Safetensors.Content tensors, String prefix) {
    JsonNode channels = p.path("channels");
    if (channels.isMissingNode()) {
      channels = io.github.nnunet4j.internal.Json.array().add(0).add(1);
    }
    JsonNode factor = p.has("factor") ? p.get("factor") : p.path("multiplier");
    switch (name) {
      case "gaussian noise" -> noise(buffer, channels, p, tensors.get(prefix + "standard_normal"));
      case "gaussian blur" ->
          Augmentations.blur()
              .changeIn(
                  buffer, Goldens.axesByChannel(channels, p.get("sigma_per_channel_and_axis")));
      case "brightness multiplicative" ->
          Augmentations.brightness().changeIn(buffer, Goldens.byChannel(channels, factor));
      case "contrast" ->
          new Contrast(Draws.constant(1), p.path("preserve_range").asBoolean(true), 1, false)
              .changeIn(buffer, Goldens.byChannel(channels, factor));
      case "simulate low resolution" ->
          Augmentations.lowResolution()
              .changeIn(
                  buffer, Goldens.axesByChannel(channels, p.get("scale_per_channel_and_axis")));
      case "gamma" ->
          new Gamma(
                  Draws.constant(1),
                  p.get("invert").asBoolean(),
                  p.get("retain_statistics").asBoolean(),
                  1)
              .changeIn(buffer, Goldens.byChannel(channels, p.get("gamma")));
      case "mirror" -> Augmentations.mirror(0, 1, 2).changeIn(buffer, axes(buffer, p));
      case "replace label" -> new ReplaceLabel(-1, 0).applyTo(buffer, NONE);
      default -> assertThat(name).matches("slices.*|channels.*|downsample.*");
    }
  }

  private static Set<Integer> axes(SampleBuffer buffer, JsonNode parameters) {
    int shift = buffer.extent().get(0) == 1 ? 1 : 0;
    Set<Integer> axes = new HashSet<>();
    parameters.get("axes").forEach(axis -> axes.add(axis.asInt() + shift));
    return axes;
  }

  private static void noise(
      SampleBuffer buffer, JsonNode channels, JsonNode p, Safetensors.Tensor tensor) {
    Volume field = Goldens.volume(tensor);
    List<Integer> order = new java.util.ArrayList<>();
    channels.forEach(c -> order.add(c.asInt()));
    Goldens.byChannel(channels, p.get("standard_deviation"))
        .forEach(
            (channel, deviation) ->
                GaussianNoise.add(
                    buffer.write(channel),
                    field.unsafeArray(
                        field.channels() == buffer.channels() ? channel : order.indexOf(channel)),
                    deviation.floatValue()));
  }

  @Test
  void mirrorsExactly() {
    Safetensors.Content tensors = Goldens.tensors("axes");
    for (JsonNode golden : Goldens.cases("axes")) {
      Sample input = Goldens.input(golden);
      SampleBuffer buffer = SampleBuffer.of(input);
      Augmentations.mirror(0, 1, 2).changeIn(buffer, axes(buffer, golden.get("parameters")));
      String key = golden.get("key").asText();
      assertThat(buffer.sample().image()).isEqualTo(Goldens.volume(tensors.get(key + "/image")));
      assertThat(buffer.sample().labels()).isEqualTo(Goldens.labels(tensors.get(key + "/seg")));
    }
  }

  @Test
  void masksAndReplacesLabels() {
    Safetensors.Content tensors = Goldens.tensors("labels_v2");
    for (JsonNode golden : Goldens.cases("labels_v2")) {
      String key = golden.get("key").asText();
      JsonNode p = golden.get("parameters");
      if (golden.get("transform").asText().equals("mask image")) {
        Set<Integer> channels = new HashSet<>();
        p.get("channels").forEach(c -> channels.add(c.asInt()));
        Sample out =
            new MaskOutside(channels, p.get("value_outside").asDouble())
                .apply(Goldens.input(golden), NONE);
        assertThat(out.image()).isEqualTo(Goldens.volume(tensors.get(key + "/image")));
      }
    }
  }

  @Test
  void buildsTheReferenceBlurKernels() {
    for (JsonNode golden : Goldens.json("intensity_v2").get("blur_kernels")) {
      float[] kernel = GaussianBlur.kernel(golden.get("sigma").asDouble(), 100);
      List<Double> weights = Goldens.doubles(golden.get("weights"));
      assertThat(2 * kernel.length - 1).isEqualTo(weights.size());
      for (int j = 0; j < kernel.length; j++) {
        assertThat((double) kernel[j]).isCloseTo(weights.get(kernel.length - 1 + j), within(1e-6));
      }
    }
  }

  private static boolean[] ambiguous(Safetensors.Content tensors, String name) {
    if (!tensors.tensors().containsKey(name)) {
      return null;
    }
    int[] flags = tensors.get(name).ints();
    boolean[] free = new boolean[flags.length];
    for (int i = 0; i < free.length; i++) {
      free[i] = flags[i] != 0;
    }
    return free;
  }

  private static void same(LabelMap actual, LabelMap expected, boolean[] free) {
    assertThat(actual.grid().extent()).isEqualTo(expected.grid().extent());
    short[] a = actual.unsafeArray();
    short[] b = expected.unsafeArray();
    int differing = 0;
    for (int i = 0; i < a.length; i++) {
      if (free == null || !free[i]) {
        assertThat(a[i]).as("label of voxel %d", i).isEqualTo(b[i]);
      } else if (a[i] != b[i]) {
        differing++;
      }
    }
    assertThat(differing).as("differing ambiguous voxels").isLessThanOrEqualTo(a.length / 20);
  }

  private static void close(
      Volume actual, Volume expected, double absolute, double relative, boolean[] free) {
    assertThat(actual.grid().extent()).isEqualTo(expected.grid().extent());
    assertThat(actual.channels()).isEqualTo(expected.channels());
    for (int c = 0; c < actual.channels(); c++) {
      float[] a = actual.unsafeArray(c);
      float[] b = expected.unsafeArray(c);
      for (int i = 0; i < a.length; i++) {
        if (free == null || !free[(c * a.length + i) % free.length]) {
          assertThat((double) a[i])
              .as("channel %d voxel %d", c, i)
              .isCloseTo(b[i], within(absolute + relative * Math.abs(b[i])));
        }
      }
    }
  }
}
