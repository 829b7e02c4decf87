package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelPyramidTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/augmentation");

  @Test
  void shrinksAsTheReferenceDoes() throws IOException {
    Safetensors.Content inputs = Safetensors.read(FOLDER.resolve("inputs.safetensors"));
    Safetensors.Content tensors = Safetensors.read(FOLDER.resolve("labels_v2.safetensors"));
    int checked = 0;
    for (JsonNode golden : Json.read(FOLDER.resolve("labels_v2.json")).get("cases")) {
      JsonNode scales = golden.get("parameters").path("scales");
      if (scales.isMissingNode()) {
        continue;
      }
      LabelMap labels = labels(inputs.get(golden.get("input_seg").asText()));
      List<LabelMap> pyramid = LabelPyramid.of(labels, scales(scales));
      for (int level = 0; level < pyramid.size(); level++) {
        String name = golden.get("key").asText() + "/seg_" + level;
        assertThat(pyramid.get(level)).as(name).isEqualTo(labels(tensors.get(name)));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(15);
  }

  @Test
  void keepsAtLeastOneVoxelAndRefusesOddScales() {
    LabelMap labels = LabelMap.wrap(Grid.of(1, 2, 2), new short[] {1, 2, 3, 4});
    LabelMap small = LabelPyramid.of(labels, List.of(List.of(0.1, 0.5, 0.5))).get(0);
    assertThat(small.grid().extent()).isEqualTo(Extent.of(1, 1, 1));
    assertThat(small.at(0, 0, 0)).isEqualTo(4);
    assertThatThrownBy(() -> LabelPyramid.of(labels, List.of(List.of(1.0, 2.0, 1.0))))
        .hasMessageContaining("at most 1");
    assertThatThrownBy(() -> LabelPyramid.of(labels, List.of(List.of(1.0))))
        .hasMessageContaining("3 scales");
  }

  private static List<List<Double>> scales(JsonNode levels) {
    List<List<Double>> scales = new ArrayList<>();
    for (JsonNode level : levels) {
      List<Double> axes = new ArrayList<>();
      for (int axis = 0; axis < 3; axis++) {
        if (!level.isArray()) {
          axes.add(level.asDouble());
        } else if (level.size() == 3) {
          axes.add(level.get(axis).asDouble());
        } else {
          axes.add(axis == 0 ? 1 : level.get(axis - 1).asDouble());
        }
      }
      scales.add(axes);
    }
    return scales;
  }

  private static LabelMap labels(Safetensors.Tensor tensor) {
    int[] shape = tensor.extents();
    Grid grid =
        shape.length == 4 ? Grid.of(shape[1], shape[2], shape[3]) : Grid.of(1, shape[1], shape[2]);
    int[] values = tensor.ints();
    short[] labels = new short[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) values[i];
    }
    return LabelMap.wrap(grid, labels);
  }
}
