package io.github.nnunet4j.train;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.internal.Safetensors.Tensor;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The first iterations of a training of the reference, with all that was random in them. Two of the
 * thirteen, v2_3d and v2_3d_batchdice, are too large for the repository and read only where the
 * whole collection lies beside it.
 */
record TrainingTrace(
    String name, JsonNode about, JsonNode facts, Safetensors.Content arrays, Labels labels) {
  private static final Path OWN = Path.of("src/test/resources/golden/training");
  private static final Path SHARED = Path.of("../shared/golden/training");
  private static final List<String> LARGE = List.of("v2_3d", "v2_3d_batchdice");

  /** Those in the resources, and those that may lie in the whole collection. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(OWN)) {
      Stream<String> own =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("v2_") && name.endsWith(".json"))
              .map(name -> name.substring(0, name.length() - 5));
      return Stream.concat(own, LARGE.stream()).sorted().toList();
    }
  }

  /** A test of a trace that is not at hand is reported as skipped. */
  static TrainingTrace read(String name) throws IOException {
    Path folder = LARGE.contains(name) ? SHARED : OWN;
    Path facts = folder.resolve(name + ".json");
    Assumptions.assumeTrue(Files.exists(facts), "needs " + facts);
    return read(folder, Json.read(facts), name);
  }

  private static TrainingTrace read(Path folder, JsonNode json, String name) throws IOException {
    JsonNode facts = json.get("cases").get(0);
    return new TrainingTrace(
        name,
        json.get("about"),
        facts,
        Safetensors.read(folder.resolve(name + ".safetensors")),
        DatasetJson.parse(Json.line(facts.get("dataset_json"))).labels());
  }

  Configuration configuration() {
    return PlanCodec.standard().decode(Json.line(facts.get("plans"))).configuration("trace");
  }

  TrainingData data() {
    Batch batch = batch("batch00");
    TrainingCase any = TrainingCases.inMemory("any", batch.samples().get(0), List.of());
    return new TrainingData(configuration(), labels, List.of(any), List.of());
  }

  TrainerConfig config() {
    JsonNode optimizer = facts.get("optimizer");
    return TrainerConfig.defaultsFor(configuration(), labels)
        .epochs(facts.get("num_epochs").asInt())
        .iterations(facts.get("iterations_per_epoch").asInt())
        .schedule(
            OptimizerSchedules.polynomial(
                optimizer.get("lr").asDouble(), facts.get("poly_exponent").asDouble()))
        .optimizer(
            Optimizers.sgd(
                optimizer.get("momentum").asDouble(),
                optimizer.get("nesterov").asBoolean(),
                optimizer.get("weight_decay").asDouble()))
        .clipNorm(facts.get("clip_grad_norm").asDouble())
        .deepSupervision(!facts.get("deep_supervision_weights").isNull())
        .build();
  }

  RunningNetwork network() {
    boolean deep = !facts.get("deep_supervision_weights").isNull();
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(1, labels.heads(), configuration().patch(), deep);
    return RunningNetwork.load(configuration().topology(), heads, Device.cpu(), weights("init/"));
  }

  Weights weights(String prefix) {
    Weights.Builder builder = Weights.builder();
    arrays
        .tensors()
        .forEach(
            (key, tensor) -> {
              if (key.startsWith(prefix) && !key.endsWith("num_batches_tracked")) {
                builder.put(
                    key.substring(prefix.length()),
                    tensor.floats(),
                    tensor.shape().stream().mapToLong(Long::longValue).toArray());
              }
            });
    return builder.build();
  }

  /** The images and the labels of full resolution. */
  Batch batch(String prefix) {
    Tensor data = arrays.get(prefix + "/data");
    Tensor target = arrays.get(prefix + "/target0");
    int[] shape = data.extents();
    int[] spatial = Arrays.copyOfRange(shape, 2, shape.length);
    Extent extent = spatial.length == 3 ? Extent.of(spatial) : Extent.of(1, spatial[0], spatial[1]);
    int voxels = (int) extent.voxels();
    List<Sample> samples = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int b = 0; b < shape[0]; b++) {
      Grid grid = Grid.of(extent.get(0), extent.get(1), extent.get(2));
      float[] image = Arrays.copyOfRange(data.floats(), b * voxels, (b + 1) * voxels);
      int channels = target.extents()[1];
      int[] marks =
          Arrays.copyOfRange(target.ints(), b * channels * voxels, (b + 1) * channels * voxels);
      samples.add(new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels(marks, voxels))));
      ids.add("sample_" + b);
    }
    return new Batch(samples, ids);
  }

  private short[] labels(int[] marks, int voxels) {
    short[] map = new short[voxels];
    for (int v = 0; v < voxels; v++) {
      map[v] = (short) (labels.hasRegions() ? label(marks, v, voxels) : marks[v]);
    }
    return map;
  }

  /** The label that is in exactly the marked regions. */
  private int label(int[] marks, int v, int voxels) {
    List<List<Integer>> regions = labels.regions();
    if (labels.ignore().isPresent() && marks[regions.size() * voxels + v] == 1) {
      return labels.ignore().getAsInt();
    }
    return labels.all().stream()
        .filter(
            label -> {
              for (int r = 0; r < regions.size(); r++) {
                if (regions.get(r).contains(label) != (marks[r * voxels + v] == 1)) {
                  return false;
                }
              }
              return true;
            })
        .findFirst()
        .orElseThrow();
  }
}
