package io.github.nnunet4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What losses are made of, compared with the reference. */
@Tag("engine")
class GoldenCountsTest {
  @Test
  void softCountsEqualTheReference() throws IOException {
    Safetensors.Content inputs = GoldenLoss.tensors("inputs");
    Safetensors.Content expected = GoldenLoss.tensors("counts");
    GoldenLoss.read("counts").forEach(golden -> compare(golden, inputs, expected));
  }

  private static void compare(
      GoldenLoss golden, Safetensors.Content inputs, Safetensors.Content expected) {
    ClassMean mean = ClassMean.of(golden.json().get("axes").get(0).asInt() == 0, true);
    boolean square = golden.json().get("square").asBoolean();
    String id = golden.json().get("id").asText();
    try (NDManager manager = NDManager.newBaseManager();
        NDArray logits = golden.logits(manager, inputs, "")) {
      Target target = golden.target(manager, inputs, "");
      assertThat(target.mask().isPresent()).isEqualTo(golden.json().get("masked").asBoolean());
      try (Prediction prediction = Prediction.of(logits, target);
          SoftCounts counts = SoftCounts.of(prediction, target, mean, square)) {
        requireClose(counts.tp(), expected.get(id + "/tp").doubles(), id);
        requireClose(counts.fp(), expected.get(id + "/fp").doubles(), id);
        requireClose(counts.fn(), expected.get(id + "/fn").doubles(), id);
        requireClose(counts.tn(), expected.get(id + "/tn").doubles(), id);
      }
      if (!square) {
        try (Prediction prediction = Prediction.of(logits, target);
            Overlap sums = Overlap.of(prediction, target, mean)) {
          requireClose(sums.shared(), expected.get(id + "/tp").doubles(), id);
        }
      }
    }
  }

  private static void requireClose(NDArray found, double[] expected, String id) {
    float[] numbers = found.toFloatArray();
    assertThat(numbers).hasSameSizeAs(expected);
    for (int i = 0; i < numbers.length; i++) {
      assertThat((double) numbers[i])
          .as(id)
          .isCloseTo(expected[i], offset(1e-4 + 1e-5 * Math.abs(expected[i])));
    }
  }

  @Test
  void softTargetsEqualTheReferenceWithItsWindows() throws IOException {
    Safetensors.Content tensors = GoldenLoss.tensors("v1_soft_targets");
    for (JsonNode json : GoldenLoss.facts("v1_soft_targets").get("cases")) {
      String id = json.get("id").asText();
      int[] shape = tensors.get(id + "/segmentation").extents();
      float[] segmentation = tensors.get(id + "/segmentation").floats();
      Extent extent = Extent.of(Arrays.copyOfRange(shape, 1, shape.length));
      int voxels = (int) extent.voxels();
      for (int output = 1; output < json.get("scales").size(); output++) {
        SoftPooling pooling = new SoftPooling(extent, window(json, output), true);
        float[] expected = tensors.get(id + "/output" + output).floats();
        int at = 0;
        for (int sample = 0; sample < shape[0]; sample++) {
          short[] labels = new short[voxels];
          for (int i = 0; i < voxels; i++) {
            labels[i] = (short) segmentation[sample * voxels + i];
          }
          float[] all = pooling.sums(labels, table(-1));
          for (JsonNode label : json.get("classes")) {
            float[] sums = pooling.sums(labels, table(label.asInt()));
            for (int i = 0; i < sums.length; i++) {
              assertThat(sums[i] / all[i]).as(id).isCloseTo(expected[at++], offset(2e-6f));
            }
          }
        }
        assertThat(at).isEqualTo(expected.length);
      }
    }
  }

  private static List<Integer> window(JsonNode json, int output) {
    return StreamSupport.stream(json.get("scales").get(output).spliterator(), false)
        .map(scale -> (int) (1 / scale.asDouble()))
        .toList();
  }

  /** 1 for a label, or for all. */
  private static float[] table(int label) {
    float[] table = new float[12];
    for (int i = 0; i < table.length; i++) {
      table[i] = label < 0 || i == label + 1 ? 1 : 0;
    }
    return table;
  }
}
