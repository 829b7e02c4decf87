package io.github.nnunet4j.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.internal.Safetensors.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A recorded loss value of the reference with its gradients. */
public record GoldenLoss(String file, JsonNode json, JsonNode input) {
  private static final Path FOLDER = Path.of("src/test/resources/golden/losses");

  public static Stream<GoldenLoss> read(String file) {
    try {
      return cases(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<GoldenLoss> cases(String file) throws IOException {
    Map<String, JsonNode> inputs = new LinkedHashMap<>();
    Json.read(FOLDER.resolve("inputs.json"))
        .get("cases")
        .forEach(input -> inputs.put(input.get("id").asText(), input));
    JsonNode cases = Json.read(FOLDER.resolve(file + ".json")).get("cases");
    return StreamSupport.stream(cases.spliterator(), false)
        .map(json -> new GoldenLoss(file, json, inputs.get(json.get("input").asText())));
  }

  static JsonNode facts(String file) throws IOException {
    return Json.read(FOLDER.resolve(file + ".json"));
  }

  public static Safetensors.Content tensors(String file) throws IOException {
    return Safetensors.read(FOLDER.resolve(file + ".safetensors"));
  }

  public String loss() {
    return json.get("loss").asText();
  }

  public JsonNode options() {
    return json.get("options");
  }

  public boolean regions() {
    return input.get("kind").asText().startsWith("regions");
  }

  /** The recorded value; a word where it is no number. */
  public JsonNode value() {
    return json.get("value");
  }

  /** Whether both values were recorded on the same logits and targets. */
  public boolean sameBatch(GoldenLoss other) {
    return input.equals(other.input);
  }

  int outputs() {
    return input.get("outputs").asInt();
  }

  /** Logits that collect a gradient; {@code index} is empty or the number of the output. */
  public NDArray logits(NDManager manager, Safetensors.Content inputs, String index) {
    Tensor tensor = inputs.get(input.get("id").asText() + "/logits" + index);
    NDArray logits = manager.create(tensor.floats(), shape(tensor));
    logits.setRequiresGradient(true);
    return logits;
  }

  public Target target(NDManager manager, Safetensors.Content inputs, String index) {
    String id = input.get("id").asText();
    Tensor tensor = inputs.get(id + "/target" + index);
    int classes = inputs.get(id + "/logits" + index).extents()[1];
    return switch (input.get("kind").asText()) {
      case "labels" -> labels(manager, tensor, classes);
      case "onehot" -> Targets.ofClasses(manager.create(tensor.floats(), shape(tensor)));
      case "regions" -> Targets.ofRegions(manager.create(tensor.floats(), shape(tensor)));
      case "regions_ignore" -> {
        NDArray all = manager.create(tensor.floats(), shape(tensor));
        NDArray mask = all.get(":, -1:").sub(1).neg();
        yield Targets.masked(Targets.ofRegions(all.get(":, :-1")), mask);
      }
      default -> throw new IllegalStateException(input.get("kind").asText());
    };
  }

  private Target labels(NDManager manager, Tensor tensor, int classes) {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put("background", List.of(0));
    for (int c = 1; c < classes; c++) {
      entries.put("class " + c, List.of(c));
    }
    if (input.has("ignore_label")) {
      entries.put("ignore", List.of(input.get("ignore_label").asInt()));
    }
    int[] shape = tensor.extents();
    Extent extent = Extent.of(Arrays.copyOfRange(shape, 2, shape.length));
    int voxels = (int) extent.voxels();
    int[] values = tensor.ints();
    List<short[]> samples = new ArrayList<>();
    for (int s = 0; s < shape[0]; s++) {
      short[] sample = new short[voxels];
      for (int i = 0; i < voxels; i++) {
        sample[i] = (short) values[s * voxels + i];
      }
      samples.add(sample);
    }
    return Targets.of(manager, Labels.of(entries, List.of()), samples, extent);
  }

  /** Evaluates the loss and compares its value and all gradients. */
  public void compare(LossFunction loss, Safetensors.Content inputs, Safetensors.Content expected) {
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> logits = new ArrayList<>();
      List<Target> targets = new ArrayList<>();
      boolean several = json.has("weights");
      for (int o = 0; o < outputs(); o++) {
        String index = input.get("logits_shape").get(0).isArray() ? String.valueOf(o) : "";
        logits.add(logits(manager, inputs, index));
        targets.add(target(manager, inputs, index));
      }
      try (GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
        NDArray value =
            several
                ? supervision().evaluate(loss, logits, targets)
                : loss.evaluate(logits.get(0), targets.get(0));
        gradients.backward(value);
        assertThat(value.getShape().dimension()).isZero();
        compareValue(value.getFloat());
      }
      for (int o = 0; o < outputs(); o++) {
        String name = json.get("id").asText() + "/gradient" + (several ? o : "");
        if (expected.tensors().containsKey(name) && json.path("gradient_unique").asBoolean(true)) {
          compareGradient(logits.get(o), expected.get(name));
        }
      }
    }
  }

  private DeepSupervision supervision() {
    JsonNode weights = json.get("weights");
    return weights.get(0).isTextual()
        ? DeepSupervision.of(outputs())
        : new DeepSupervision(
            StreamSupport.stream(weights.spliterator(), false).map(JsonNode::asDouble).toList());
  }

  /** Where the reference ends a training with NaN we have a number. */
  boolean isNan() {
    return json.get("value").isTextual();
  }

  private void compareValue(float value) {
    if (isNan()) {
      assertThat(value).isFinite();
      return;
    }
    double expected = json.get("value").asDouble();
    double tolerance = json.path("tolerance_value").asDouble(1e-6 + 1e-5 * Math.abs(expected));
    assertThat((double) value).isCloseTo(expected, offset(tolerance));
  }

  private void compareGradient(NDArray logits, Tensor expected) {
    float[] gradient;
    try (NDArray array = logits.getGradient()) {
      gradient = array.toFloatArray();
    }
    if (isNan()) {
      for (float g : gradient) {
        assertThat(g).isFinite();
      }
      return;
    }
    double largest = json.get("gradient_max").asDouble();
    double tolerance = json.path("tolerance_gradient").asDouble(1e-5 * largest + 1e-9);
    double[] reference = expected.doubles();
    double difference = 0;
    for (int i = 0; i < reference.length; i++) {
      // where the reference has NaN we have a number
      assertThat(gradient[i]).isFinite();
      if (Double.isFinite(reference[i])) {
        difference = Math.max(difference, Math.abs(reference[i] - gradient[i]));
      }
    }
    assertThat(difference).as("gradient").isLessThanOrEqualTo(tolerance);
  }

  private static Shape shape(Tensor tensor) {
    return new Shape(tensor.shape().stream().mapToLong(Long::longValue).toArray());
  }

  @Override
  public String toString() {
    return file + " " + json.get("id").asText() + " " + loss() + " " + options();
  }
}
