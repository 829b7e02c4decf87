package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patches and batches of nnU-Net v1, and batches that both versions share out among devices. */
class GoldenSamplingV1Test {
  static Stream<JsonNode> boxes() throws IOException {
    return GoldenSamplingTest.cases("boxes_v1");
  }

  /** Cascades are no matter of the sampler, and no trainer pads by repeating the edge. */
  static Stream<JsonNode> batches() throws IOException {
    return GoldenSamplingTest.cases("loader_v1")
        .filter(c -> !c.get("previous_stage").booleanValue())
        .filter(c -> c.get("pad_mode_image").textValue().equals("constant"));
  }

  static Stream<JsonNode> devicesV1() throws IOException {
    return GoldenSamplingTest.cases("ddp_v1");
  }

  static Stream<JsonNode> devicesV2() throws IOException {
    return GoldenSamplingTest.cases("ddp_v2");
  }

  @ParameterizedTest
  @MethodSource("boxes")
  void placesPatchesAsTheReferenceDoes(JsonNode golden) {
    boolean flat = golden.get("patch_size").size() == 2;
    JsonNode pad = golden.get("pad_sides");
    PatchPlacement placement =
        new PatchPlacement(
            GoldenSamplingTest.extent(golden.get("image_shape")),
            GoldenSamplingTest.extent(golden.get("patch_size")),
            GoldenSamplingTest.extent(golden.get("final_patch_size")),
            pad.isArray() ? GoldenSamplingTest.extent(pad) : Extent.of(0, 0, 0));
    int first = flat ? 1 : 0;
    for (int axis = first; axis < 3; axis++) {
      assertThat(placement.lowest(axis))
          .isEqualTo(golden.get("lowest_lower").get(axis - first).asInt());
      assertThat(placement.highest(axis))
          .isEqualTo(golden.get("highest_lower").get(axis - first).asInt());
    }
    RecordedDraws draws = new RecordedDraws(golden.get("draws"));
    Box box = flat ? flat(placement, golden, draws) : solid(placement, golden, draws);
    for (int axis = first; axis < 3; axis++) {
      assertThat(box.from(axis)).isEqualTo(golden.get("lower").get(axis - first).asInt());
      assertThat(box.to(axis)).isEqualTo(golden.get("upper").get(axis - first).asInt());
    }
    if (flat) {
      assertThat(box.from(0)).isEqualTo(golden.get("slice").asInt());
    }
    assertThat(draws.used()).isTrue();
  }

  /** The tables of this library hold no background. */
  private static List<ClassVoxels> classes(JsonNode golden) {
    return GoldenSamplingTest.classes(golden.get("class_locations")).stream()
        .filter(c -> !c.labels().equals(List.of(0)))
        .toList();
  }

  private static Box solid(PatchPlacement placement, JsonNode golden, RecordedDraws draws) {
    boolean forced = golden.get("force_foreground").asBoolean();
    return PatchSamplers.place(placement, classes(golden), forced, false, draws);
  }

  private static Box flat(PatchPlacement placement, JsonNode golden, RecordedDraws draws) {
    boolean forced = golden.get("force_foreground").asBoolean();
    List<ClassVoxels> candidates = PatchSamplers.candidates(classes(golden), forced, false);
    return SliceFirstSampler.place(placement, candidates, forced, draws);
  }

  @ParameterizedTest
  @MethodSource("batches")
  void makesWholeBatches(JsonNode golden) throws IOException {
    Safetensors.Content images =
        Safetensors.read(GoldenSamplingTest.FOLDER.resolve("loader_v2.safetensors"));
    Safetensors.Content expected =
        Safetensors.read(GoldenSamplingTest.FOLDER.resolve("loader_v1.safetensors"));
    List<TrainingCase> cases =
        GoldenSamplingTest.loaderCases(
            images, GoldenSamplingTest.json("loader_v2").get("class_locations"));
    int size = golden.get("batch_size").asInt();
    PatchWindow window =
        new PatchWindow(
            GoldenSamplingTest.extent(golden.get("patch_size")),
            GoldenSamplingTest.extent(golden.get("final_patch_size")),
            false);
    Oversampling oversampling = Oversamplings.lastPart(golden.get("fraction").asDouble());
    PatchSampler sampler =
        golden.get("patch_size").size() == 2
            ? PatchSamplers.sliceFirst(window, oversampling)
            : PatchSamplers.of(window, oversampling);
    List<JsonNode> draws = new ArrayList<>();
    golden.get("draws").forEach(draws::add);
    JsonNode chosen = draws.remove(0).get("value");
    String key = golden.get("key").asText();
    int drawn = 0;
    for (int i = 0; i < size; i++) {
      List<JsonNode> own = new ArrayList<>();
      int index = chosen.get(i).asText().charAt(5) - 'a';
      own.add(Json.object().put("count", cases.size()).put("value", index));
      own.addAll(draws.subList(drawn, draws.size()));
      RecordedDraws random = new RecordedDraws(own);
      PatchSampler.Patch patch = sampler.choose(cases, new SampleSlot(0, 0, i, size), random);
      drawn = draws.size() - random.left();
      Sample sample = patch.source().read(patch.box());
      Sample wanted =
          GoldenSamplingTest.sample(expected.get(key + "/data"), expected.get(key + "/seg"), i);
      assertThat(sample.image()).isEqualTo(wanted.image());
      assertThat(sample.labels()).isEqualTo(wanted.labels());
    }
    assertThat(drawn).isEqualTo(draws.size());
  }

  @ParameterizedTest
  @MethodSource("devicesV2")
  void sharesABatchOutAsVersion2(JsonNode golden) {
    int devices = golden.get("world_size").intValue();
    int batch = golden.get("global_batch_size").intValue();
    double fraction = golden.get("fraction").doubleValue();
    Oversampling rule = Oversamplings.acrossDevices(fraction, devices);
    requireForced(golden, rule, batch);
    AcrossDevices across = (AcrossDevices) rule;
    for (int d = 0; d < devices; d++) {
      AcrossDevices.Share share = AcrossDevices.share(batch, devices, d);
      JsonNode rank = golden.get("ranks").get(d);
      assertThat(share.size()).isEqualTo(rank.get("batch_size").intValue());
      assertThat(across.fraction(share, batch)).isEqualTo(rank.get("fraction").doubleValue());
    }
  }

  @ParameterizedTest
  @MethodSource("devicesV1")
  void sharesABatchOutAsVersion1(JsonNode golden) {
    int devices = golden.get("world_size").intValue();
    boolean shared = golden.get("plan_batch_size_is_shared_out").booleanValue();
    int planned = golden.get("plan_batch_size").intValue();
    int batch = shared ? planned : planned * devices;
    double fraction = golden.get("fraction").doubleValue();
    Oversampling rule = Oversamplings.acrossDevicesOfV1(fraction, devices);
    for (JsonNode rank : golden.get("ranks")) {
      if (rank.get("batch_size").intValue() <= 0) {
        assertThatThrownBy(() -> rule.forced(0, batch, new SplittableRandom(1)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("leaves nothing for the last of " + devices);
        return;
      }
    }
    requireForced(golden, rule, batch);
  }

  /** All devices' samples in a row. */
  private static void requireForced(JsonNode golden, Oversampling rule, int batch) {
    int index = 0;
    for (JsonNode rank : golden.get("ranks")) {
      for (JsonNode forced : rank.get("forced")) {
        assertThat(rule.forced(index, batch, new SplittableRandom(1)))
            .as("sample %d of %s", index, golden)
            .isEqualTo(forced.booleanValue());
        index++;
      }
    }
    assertThat(index).isEqualTo(batch);
  }
}
