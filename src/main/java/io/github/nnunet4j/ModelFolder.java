package io.github.nnunet4j;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model on disk: {@code model.json} names configuration, mirror axes and folds and is written
 * last; {@code plans.json} and {@code dataset.json} are nnU-Net's own files; {@code
 * fold_X.safetensors} hold the weights; {@code previous_stage} is the model folder of the stage
 * before in a cascade.
 */
final class ModelFolder {
  private static final String MANIFEST = "model.json";
  private static final String PLAN = "plans.json";
  private static final String DATASET = "dataset.json";

  /** Key of the manifest and folder of the stage before; a single stage has neither. */
  private static final String PREVIOUS = "previous_stage";

  private static final String FORMAT = "nnunet4j-model";
  private static final int VERSION = 1;

  private ModelFolder() {}

  static void write(TrainedModel model, String configuration, Path folder, PlanCodec codec)
      throws IOException {
    codec.encode(model.plan()); // refuses before anything is written
    if (Files.exists(folder.resolve(MANIFEST)) && !read(folder, codec).equals(model)) {
      throw new ModelException(
          new Problem(
              folder.toString(),
              "no other model",
              "a model",
              "Save into another folder, or delete this one first."));
    }
    overwrite(model, configuration, folder, codec);
  }

  /** The model of a folder, if there is one. */
  static Optional<TrainedModel> find(Path folder, PlanCodec codec) throws IOException {
    return Files.exists(folder.resolve(MANIFEST))
        ? Optional.of(read(folder, codec))
        : Optional.empty();
  }

  /** Each file is replaced at once, the manifest last: the folder holds a model all the time. */
  static void overwrite(TrainedModel model, String configuration, Path folder, PlanCodec codec)
      throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, Weights> fold : model.folds().entrySet()) {
      fold.getValue().write(folder.resolve(weights(fold.getKey())));
    }
    Optional<TrainedModel> previous = model.previousStage();
    if (previous.isPresent()) {
      previous.get().saveOver(folder.resolve(PREVIOUS), codec);
    }
    codec.write(model.plan(), folder.resolve(PLAN));
    DatasetJson.write(model.dataset(), folder.resolve(DATASET));
    ObjectNode root = Json.object();
    root.put("format", FORMAT);
    root.put("version", VERSION);
    root.put("configuration", configuration);
    model.mirrorAxes().forEach(root.putArray("mirror_axes")::add);
    model.folds().keySet().forEach(root.putArray("folds")::add);
    previous.ifPresent(stage -> root.put(PREVIOUS, stage.configuration().name()));
    Json.write(folder.resolve(MANIFEST), root);
  }

  static TrainedModel read(Path folder, PlanCodec codec) throws IOException {
    return read(folder, codec, null);
  }

  /** What a stage is to be; as plans have no circles of stages, reading comes to an end. */
  private record Stage(Plan plan, String configuration) {}

  private static TrainedModel read(Path folder, PlanCodec codec, @Nullable Stage expected)
      throws IOException {
    JsonView root = manifest(folder);
    Plan plan = codec.read(part(folder, PLAN));
    Configuration configuration = plan.configuration(root.get("configuration").text());
    Stage own = new Stage(plan, configuration.name());
    if (expected != null && !expected.equals(own)) {
      throw new ModelException(
          new Problem(
              folder.toString(),
              "the model of " + expected.configuration() + " with the plan of the stage behind",
              configuration.name() + (plan.equals(expected.plan()) ? "" : " with another plan"),
              "Restore the folder from a whole copy, or save the model again."));
    }
    TrainedModel.Builder model =
        TrainedModel.builder()
            .plan(plan)
            .configuration(configuration.name())
            .dataset(DatasetJson.read(part(folder, DATASET)))
            .mirrorAxes(root.get("mirror_axes").list(JsonView::integer));
    for (JsonView fold : root.get("folds").list()) {
      model.fold(fold(fold), Weights.read(part(folder, weights(fold(fold)))));
    }
    Optional<JsonView> previous = root.find(PREVIOUS);
    if (previous.isPresent()) {
      model.previousStage(previous(previous.get(), folder.resolve(PREVIOUS), codec, own));
    }
    return model.build();
  }

  /** The manifest, once it is known that a model of this version lies in the folder. */
  private static JsonView manifest(Path folder) throws IOException {
    Path manifest = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(manifest)) {
      throw new ModelException(
          new Problem(
              folder.toString(),
              "a model folder with " + MANIFEST,
              Files.isDirectory(folder) ? "a folder without it" : "no such folder",
              "Name the folder that a model was saved into, such as RUN/model."));
    }
    JsonView root = JsonView.read(manifest, ModelException::new);
    if (!root.get("format").text().equals(FORMAT)) {
      throw root.get("format").failure("\"" + FORMAT + "\"", "This is another kind of file.");
    }
    if (root.get("version").integer() != VERSION) {
      throw root.get("version")
          .failure("version " + VERSION, "Load it with the release that wrote it, or a newer one.");
    }
    return root;
  }

  /** The stage before a configuration, which must be the one that the plan names. */
  private static TrainedModel previous(JsonView name, Path folder, PlanCodec codec, Stage behind)
      throws IOException {
    Optional<String> planned = behind.plan().configuration(behind.configuration()).previousStage();
    if (!planned.equals(Optional.of(name.text()))) {
      throw name.failure(
          planned.orElse("no previous stage")
              + ", as the plan has it for "
              + behind.configuration(),
          "Restore the manifest.");
    }
    return read(folder, codec, new Stage(behind.plan(), name.text()));
  }

  private static Path part(Path folder, String name) {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new ModelException(
          new Problem(
              file.toString(),
              "a file of the model, as " + MANIFEST + " says",
              Files.exists(file) ? "something else" : "no such file",
              "Restore the folder from a whole copy, or save the model again."));
    }
    return file;
  }

  /** A fold's name becomes a file name, so nothing but a number or "all" will do. */
  private static String fold(JsonView view) {
    String fold = view.text();
    if (!List.of("all").contains(fold) && !fold.matches("\\d{1,9}")) {
      throw view.failure("a fold number or \"all\"", "Restore the manifest.");
    }
    return fold;
  }

  private static String weights(String fold) {
    return "fold_" + fold + ".safetensors";
  }
}
