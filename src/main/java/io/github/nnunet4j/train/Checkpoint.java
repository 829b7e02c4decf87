package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.internal.Safetensors.Tensor;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The whole state of a training in one safetensors file: weights under torch's names, what the
 * optimizer remembers as {@code optimizer/PARAMETER/SLOT}, and in the header a manifest with place,
 * step counts, log and settings. No code, no class names. A training folder has {@code
 * checkpoint_latest}, {@code checkpoint_best} (highest moving average of the pseudo-Dice) and at
 * the end {@code checkpoint_final}; each is complete and can be resumed from.
 */
public final class Checkpoint {
  private static final String MANIFEST = "nnunet4j.training";
  private static final String SLOT = "optimizer/";
  private static final NDIndex ALL = new NDIndex("...");

  private final Path file;
  private final Map<String, Tensor> tensors;
  private final TrainingState state;
  private final Map<String, Long> steps;
  private final Map<String, String> settings;
  private final Set<Integer> mirrorAxes;

  private Checkpoint(Path file, Map<String, Tensor> tensors, JsonView manifest) {
    this.file = file;
    this.tensors = tensors;
    state = TrainingState.fromJson(manifest.get("state"));
    Map<String, Long> counts = new LinkedHashMap<>();
    manifest
        .get("steps")
        .entries()
        .forEach((name, count) -> counts.put(name, (long) count.number()));
    steps = counts;
    Map<String, String> texts = new LinkedHashMap<>();
    manifest.get("settings").entries().forEach((name, text) -> texts.put(name, text.text()));
    settings = Collections.unmodifiableMap(texts);
    mirrorAxes = new TreeSet<>(manifest.get("mirror_axes").list(JsonView::integer));
  }

  /** The file of that kind in a training folder. */
  static Path path(Path folder, String kind) {
    return folder.resolve("checkpoint_" + kind + ".safetensors");
  }

  /**
   * The checkpoint of a training folder that is furthest on.
   *
   * @param folder of a training
   * @return the final, latest or best one; empty if there is none
   * @throws TrainingException if a file is no checkpoint
   */
  public static Optional<Path> newest(Path folder) {
    Path newest = null;
    long furthest = -1;
    for (String kind : List.of("final", "latest", "best")) {
      Path file = path(folder, kind);
      if (Files.exists(file)) {
        TrainingState state = TrainingState.fromJson(manifest(file).get("state"));
        long place = ((long) state.epoch() << 32) + state.iteration();
        if (place > furthest) {
          furthest = place;
          newest = file;
        }
      }
    }
    return Optional.ofNullable(newest);
  }

  /**
   * Whether all epochs of a training are done.
   *
   * @param folder of a training
   * @return true if it holds the final checkpoint
   */
  public static boolean isFinished(Path folder) {
    return Files.exists(path(folder, "final"));
  }

  private static JsonView manifest(Path file) {
    try {
      return manifest(file, Safetensors.metadata(file));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static JsonView manifest(Path file, Map<String, String> metadata) throws IOException {
    String text = metadata.get(MANIFEST);
    if (text == null) {
      throw new IOException("no " + MANIFEST + " in the header");
    }
    return JsonView.root(Json.parse(text), file + " " + MANIFEST, TrainingException::new);
  }

  private static TrainingException unreadable(Path file, IOException e) {
    return new TrainingException(
        new Problem(
            file.toString(),
            "a checkpoint of a training",
            String.valueOf(e.getMessage()),
            "Move the file away to go on from another checkpoint of the folder."),
        e);
  }

  /**
   * Reads a checkpoint.
   *
   * @param file the file
   * @return the checkpoint
   * @throws TrainingException if it cannot be read or is no checkpoint
   */
  public static Checkpoint read(Path file) {
    try {
      Safetensors.Content content = Safetensors.read(file);
      return new Checkpoint(file, content.tensors(), manifest(file, content.metadata()));
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** {@return the file it was read from} */
  public Path file() {
    return file;
  }

  /** {@return the network's numbers} */
  public Weights weights() {
    Weights.Builder builder = Weights.builder();
    tensors.forEach(
        (name, tensor) -> {
          if (!name.startsWith(SLOT)) {
            builder.put(
                name,
                tensor.floats(),
                tensor.shape().stream().mapToLong(Long::longValue).toArray());
          }
        });
    return builder.build();
  }

  /** {@return the epoch that comes next, from 0; the number of epochs if the training is done} */
  public int epoch() {
    return state.epoch();
  }

  /** {@return the training iteration that comes next within the epoch} */
  public int iteration() {
    return state.iteration();
  }

  /** {@return the finished epochs} */
  public List<EpochResult> history() {
    return state.history();
  }

  /** {@return the axes of the patch along which prediction may mirror} */
  public Set<Integer> mirrorAxes() {
    return Collections.unmodifiableSet(mirrorAxes);
  }

  /** {@return the settings of the training by name, printed} */
  public Map<String, String> settings() {
    return settings;
  }

  TrainingState state() {
    return state;
  }

  /** Puts weights and optimizer back. */
  void restore(RunningNetwork network, Map<String, OptimizerState> states) {
    network.load(weights());
    states.forEach((name, optimizer) -> optimizer.restore(steps.getOrDefault(name, 0L)));
    try (NDManager scratch = network.manager().newSubManager()) {
      tensors.forEach(
          (name, tensor) -> {
            if (name.startsWith(SLOT)) {
              int slash = name.lastIndexOf('/');
              NDArray slot =
                  slot(states, name.substring(SLOT.length(), slash), name.substring(slash + 1));
              Shape shape = new Shape(tensor.shape());
              requireShape(name, slot.getShape(), shape);
              slot.set(ALL, scratch.create(tensor.floats(), shape));
            }
          });
    }
  }

  private NDArray slot(Map<String, OptimizerState> states, String parameter, String slot) {
    OptimizerState optimizer = states.get(parameter);
    if (optimizer == null) {
      throw new TrainingException(
          new Problem(
              file + ", tensor " + SLOT + parameter + "/" + slot,
              "a parameter of the network",
              parameter,
              "Resume with the network that the training was started with."));
    }
    return optimizer.slot(slot);
  }

  private void requireShape(String name, Shape expected, Shape found) {
    if (!expected.equals(found)) {
      throw new TrainingException(
          new Problem(
              file + ", tensor " + name,
              "shape " + expected,
              "shape " + found,
              "Resume with the network that the training was started with."));
    }
  }

  /** Writes a checkpoint, atomically; arrays of the CPU are not copied. */
  static void write(
      Path file,
      TrainingState state,
      TrainStep step,
      Map<String, String> settings,
      Set<Integer> mirrorAxes)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    step.network()
        .parameters()
        .forEach((name, parameter) -> tensors.put(name, tensor(parameter.getArray())));
    ObjectNode manifest = Json.object();
    manifest.set("state", state.toJson());
    ObjectNode steps = manifest.putObject("steps");
    step.states()
        .forEach(
            (name, optimizer) -> {
              steps.put(name, optimizer.step());
              optimizer
                  .slots()
                  .forEach((slot, array) -> tensors.put(SLOT + name + "/" + slot, tensor(array)));
            });
    mirrorAxes.forEach(manifest.putArray("mirror_axes")::add);
    ObjectNode texts = manifest.putObject("settings");
    settings.forEach(texts::put);
    Safetensors.write(file, tensors, Map.of(MANIFEST, Json.line(manifest)));
  }

  private static Tensor tensor(NDArray array) {
    List<Long> shape = Arrays.stream(array.getShape().getShape()).boxed().toList();
    return new Tensor("F32", shape, array.toByteBuffer(true));
  }
}
