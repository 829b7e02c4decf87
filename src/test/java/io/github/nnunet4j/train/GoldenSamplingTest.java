package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Patch placement, oversampling, padding and whole batches on nnU-Net v2's own numbers. */
class GoldenSamplingTest {
  static final Path FOLDER = Path.of("src/test/resources/golden/sampling");

  static Stream<JsonNode> boxes() throws IOException {
    return cases("boxes_v2");
  }

  static Stream<JsonNode> batches() throws IOException {
    return cases("loader_v2");
  }

  static Stream<JsonNode> cases(String name) throws IOException {
    return StreamSupport.stream(json(name).get("cases").spliterator(), false);
  }

  static JsonNode json(String name) throws IOException {
    return Json.read(FOLDER.resolve(name + ".json"));
  }

  @ParameterizedTest
  @MethodSource("boxes")
  void placesPatchesAsTheReferenceDoes(JsonNode golden) {
    JsonNode pad = golden.get("pad_sides");
    PatchPlacement placement =
        new PatchPlacement(
            extent(golden.get("image_shape")),
            extent(golden.get("patch_size")),
            extent(golden.get("final_patch_size")),
            pad.isArray() ? extent(pad) : Extent.of(0, 0, 0));
    for (int axis = 0; axis < 3; axis++) {
      assertThat(placement.lowest(axis)).isEqualTo(golden.get("lowest_lower").get(axis).asInt());
      assertThat(placement.highest(axis)).isEqualTo(golden.get("highest_lower").get(axis).asInt());
    }
    if (golden.get("class_to_use").isNumber()) {
      return; // the caller names the class: not a draw of the sampler
    }
    RecordedDraws draws = new RecordedDraws(golden.get("draws"));
    Box box =
        PatchSamplers.place(
            placement,
            classes(golden.get("class_locations")),
            golden.get("force_foreground").asBoolean(),
            golden.get("ignore_label_declared").asBoolean(),
            draws);
    for (int axis = 0; axis < 3; axis++) {
      assertThat(box.from(axis)).isEqualTo(golden.get("lower").get(axis).asInt());
      assertThat(box.to(axis)).isEqualTo(golden.get("upper").get(axis).asInt());
    }
    assertThat(draws.used()).isTrue();
  }

  @Test
  void forcesTheLastPartOfABatch() throws IOException {
    cases("oversampling")
        .forEach(
            golden -> {
              Oversampling rule = Oversamplings.lastPart(golden.get("fraction").asDouble());
              int size = golden.get("batch_size").asInt();
              for (int i = 0; i < size; i++) {
                assertThat(rule.forced(i, size, new SplittableRandom(0)))
                    .as("%s, sample %d", golden, i)
                    .isEqualTo(golden.get("forced").get(i).asBoolean());
              }
            });
  }

  @Test
  void forcesEachSampleByChance() throws IOException {
    JsonNode golden = json("oversampling");
    for (JsonNode example : golden.get("probabilistic_examples")) {
      ObjectNode draw = Json.object().put("kind", "uniform");
      draw.set("value", example.get("uniform_draw"));
      assertThat(Oversamplings.probabilistic(0.33).forced(0, 2, new RecordedDraws(List.of(draw))))
          .isEqualTo(example.get("forced").asBoolean());
    }
    SplittableRandom random = new SplittableRandom(3);
    for (JsonNode expected : golden.get("probabilistic_fraction")) {
      int size = expected.get("batch_size").asInt();
      Oversampling rule = Oversamplings.probabilisticLike(0.33);
      int forced = 0;
      for (int i = 0; i < 20000; i++) {
        forced += rule.forced(i % size, size, random) ? 1 : 0;
      }
      assertThat(forced / 20000.0).isCloseTo(expected.get("default").asDouble(), within(0.02));
    }
  }

  @Test
  void cutsAndPads() throws IOException {
    Safetensors.Content tensors = Safetensors.read(FOLDER.resolve("crop_pad.safetensors"));
    cases("crop_pad")
        .forEach(
            golden -> {
              String input = golden.get("input").asText();
              TrainingCase source =
                  TrainingCases.inMemory(
                      input,
                      sample(tensors.get(input + "/image"), tensors.get(input + "/seg"), 0),
                      List.of());
              JsonNode sides = golden.get("box");
              int[] lower = new int[3];
              int[] upper = {1, 1, 1};
              int shift = 3 - sides.size();
              for (int axis = 0; axis < sides.size(); axis++) {
                lower[axis + shift] = sides.get(axis).get(0).asInt();
                upper[axis + shift] = sides.get(axis).get(1).asInt();
              }
              String key = golden.get("key").asText();
              Sample expected = sample(tensors.get(key + "/image"), tensors.get(key + "/seg"), 0);
              assertSame(source.read(Box.between(lower, upper)), expected);
            });
  }

  @ParameterizedTest
  @MethodSource("batches")
  void makesWholeBatches(JsonNode golden) throws IOException {
    Safetensors.Content tensors = Safetensors.read(FOLDER.resolve("loader_v2.safetensors"));
    boolean previous = golden.get("previous_stage").asBoolean();
    List<TrainingCase> cases =
        loaderCases(tensors, json("loader_v2").get("class_locations"), previous);
    String key = golden.get("key").asText();
    int size = golden.get("batch_size").asInt();
    double fraction = golden.get("fraction").asDouble();
    boolean chance = golden.get("name").asText().contains("probabilistic");
    PatchSampler sampler =
        PatchSamplers.of(
            new PatchWindow(
                extent(golden.get("patch_size")), extent(golden.get("final_patch_size")), false),
            chance ? Oversamplings.probabilistic(fraction) : Oversamplings.lastPart(fraction));
    boolean validation = golden.get("name").asText().contains("validation");
    List<JsonNode> draws = new ArrayList<>();
    golden.get("draws").forEach(draws::add);
    JsonNode chosen = draws.remove(0).get("value");
    int drawn = 0;
    for (int i = 0; i < size; i++) {
      int index = chosen.get(i).asText().charAt(5) - 'a';
      List<JsonNode> own = new ArrayList<>();
      own.add(Json.object().put("count", cases.size()).put("value", index));
      own.addAll(draws.subList(drawn, draws.size()));
      RecordedDraws random = new RecordedDraws(own);
      PatchSampler.Patch patch = sampler.choose(cases, new SampleSlot(0, 0, i, size), random);
      drawn = draws.size() - random.left();
      Sample sample = patch.source().read(patch.box());
      if (validation) {
        Augmentation none = Augmentations.none();
        sample = (previous ? laterStage(cases).withStageInput(none) : none).apply(sample, random);
      }
      Safetensors.Tensor target = tensors.tensors().get(key + "/target_0");
      boolean regions = golden.get("name").asText().contains("regions");
      Sample expected = sample(tensors.get(key + "/data"), regions ? null : target, i);
      assertThat(sample.image()).isEqualTo(expected.image());
      if (!regions) {
        assertThat(sample.labels()).isEqualTo(expected.labels());
      }
      if (previous && !validation) {
        assertThat(sample.previous()).contains(map(target, i, 1));
      } else if (validation) {
        assertThat(sample.previous()).isEmpty();
      }
    }
    assertThat(drawn).isEqualTo(draws.size());
  }

  static List<TrainingCase> loaderCases(Safetensors.Content tensors, JsonNode locations) {
    return loaderCases(tensors, locations, false);
  }

  /** A configuration behind another, for cases of two foreground labels. */
  private static TrainingData laterStage(List<TrainingCase> cases) {
    return new TrainingData(
        TinyTraining.configuration(TinyTraining.network()).toBuilder()
            .previousStage("3d_lowres")
            .build(),
        Labels.of("a", "b"),
        cases,
        List.of());
  }

  private static List<TrainingCase> loaderCases(
      Safetensors.Content tensors, JsonNode locations, boolean previous) {
    List<TrainingCase> cases = new ArrayList<>();
    for (String id : List.of("case_a", "case_b", "case_c")) {
      Sample whole = sample(tensors.get(id + "/data"), tensors.get(id + "/seg"), 0);
      if (previous) {
        LabelMap map = sample(tensors.get(id + "/data"), tensors.get(id + "/seg_prev"), 0).labels();
        whole = new Sample(whole.image(), whole.labels(), Optional.of(map));
      }
      cases.add(TrainingCases.inMemory(id, whole, classes(locations.get(id))));
    }
    return cases;
  }

  private static void assertSame(Sample actual, Sample expected) {
    assertThat(actual.image()).isEqualTo(expected.image());
    assertThat(actual.labels()).isEqualTo(expected.labels());
  }

  /** Sample number {@code batch} of (batch, channel, z, y, x), or (channel, z, y, x). */
  static Sample sample(Safetensors.Tensor image, Safetensors.Tensor seg, int batch) {
    int[] shape = image.extents();
    boolean batched = shape.length == 5 || (shape.length == 4 && isFlatBatch(image, seg));
    int channelAxis = batched ? 1 : 0;
    int channels = shape[channelAxis];
    int[] space = Arrays.copyOfRange(shape, channelAxis + 1, shape.length);
    Grid grid =
        space.length == 3 ? Grid.of(space[0], space[1], space[2]) : Grid.of(1, space[0], space[1]);
    int n = (int) grid.voxels();
    float[] all = image.floats();
    float[][] voxels = new float[channels][];
    int start = batched ? batch * channels * n : 0;
    Arrays.setAll(voxels, c -> Arrays.copyOfRange(all, start + c * n, start + (c + 1) * n));
    short[] labels = new short[n];
    if (seg != null) {
      int[] values = seg.ints();
      for (int i = 0; i < n; i++) {
        labels[i] = (short) values[(batched ? batch * seg.extents()[1] * n : 0) + i];
      }
    }
    return new Sample(Volume.wrap(grid, voxels), LabelMap.wrap(grid, labels));
  }

  /** A map of (batch, map, z, y, x). */
  private static LabelMap map(Safetensors.Tensor tensor, int batch, int map) {
    int[] shape = tensor.extents();
    Grid grid = Grid.of(shape[2], shape[3], shape[4]);
    short[] labels = new short[(int) grid.voxels()];
    int[] values = tensor.ints();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) values[(batch * shape[1] + map) * labels.length + i];
    }
    return LabelMap.wrap(grid, labels);
  }

  /** (batch, channel, y, x) has as many leading entries in image and labels. */
  private static boolean isFlatBatch(Safetensors.Tensor image, Safetensors.Tensor seg) {
    return seg != null && image.extents()[0] == seg.extents()[0] && seg.extents()[0] > 1;
  }

  static Extent extent(JsonNode sizes) {
    return sizes.size() == 3
        ? Extent.of(sizes.get(0).asInt(), sizes.get(1).asInt(), sizes.get(2).asInt())
        : Extent.of(1, sizes.get(0).asInt(), sizes.get(1).asInt());
  }

  static List<ClassVoxels> classes(JsonNode locations) {
    List<ClassVoxels> classes = new ArrayList<>();
    for (JsonNode entry : locations) {
      List<Integer> labels = new ArrayList<>();
      JsonNode key = entry.get("key");
      if (key.isArray()) {
        key.forEach(
            k -> {
              if (k.isArray()) {
                k.forEach(label -> labels.add(label.asInt()));
              } else {
                labels.add(k.asInt());
              }
            });
      } else {
        labels.add(key.asInt());
      }
      JsonNode voxels = entry.get("voxels");
      classes.add(
          new ClassVoxels(labels, voxels.size(), (v, axis) -> voxels.get(v).get(axis).asInt()));
    }
    return classes;
  }
}
