package io.github.nnunet4j.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import io.github.nnunet4j.internal.Settings;
import io.github.nnunet4j.network.Initialization;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.network.Normalization;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.PreprocessingStep;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes plans in the format of nnU-Net v2 {@code plans.json}; immutable. Built-in
 * strategies are written with nnU-Net's words; strategies of your own need a {@link StrategyCodec}.
 * Nothing is dropped silently: what nobody claims fails, in both directions, and unknown keys are
 * kept.
 */
public final class PlanCodec {
  private static final PlanCodec STANDARD = new PlanCodec(new Known());

  private final Known known;

  private PlanCodec(Known known) {
    this.known = known;
  }

  /** The words of each kind of strategy; changed only while a new codec is made. */
  private static final class Known extends Settings<Known> {
    private Words<IntensityNormalization> intensityNormalizations =
        PreprocessingWords.normalizations();
    private Words<Resampling> resamplings = PreprocessingWords.resamplings();
    private Words<LabelResampling> labelResamplings = PreprocessingWords.labelResamplings();
    private Words<PreprocessingStep> steps = PreprocessingWords.steps();
    private Words<Normalization> normalizations = NetworkWords.normalizations();
    private Words<Nonlinearity> nonlinearities = NetworkWords.nonlinearities();
    private Words<Initialization> initializations = InitializationWords.initializations();
    private Words<NetworkTopology> topologies = TopologyWords.topologies();

    Known copy() {
      return sameFields();
    }
  }

  private PlanCodec with(Consumer<Known> change) {
    Known copy = known.copy();
    change.accept(copy);
    return new PlanCodec(copy);
  }

  /**
   * The codec that knows the library's own strategies.
   *
   * @return the codec
   */
  public static PlanCodec standard() {
    return STANDARD;
  }

  /**
   * This codec and one for intensity normalizations.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withIntensityNormalization(StrategyCodec<IntensityNormalization> codec) {
    return with(all -> all.intensityNormalizations = all.intensityNormalizations.with(codec));
  }

  /**
   * This codec and one for resamplings of images and logits.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withResampling(StrategyCodec<Resampling> codec) {
    return with(all -> all.resamplings = all.resamplings.with(codec));
  }

  /**
   * This codec and one for resamplings of labels.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withLabelResampling(StrategyCodec<LabelResampling> codec) {
    return with(all -> all.labelResamplings = all.labelResamplings.with(codec));
  }

  /**
   * This codec and one for steps of preprocessing.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withPreprocessingStep(StrategyCodec<PreprocessingStep> codec) {
    return with(all -> all.steps = all.steps.with(codec));
  }

  /**
   * This codec and one for normalizations inside the network.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withNormalization(StrategyCodec<Normalization> codec) {
    return with(all -> all.normalizations = all.normalizations.with(codec));
  }

  /**
   * This codec and one for nonlinearities.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withNonlinearity(StrategyCodec<Nonlinearity> codec) {
    return with(all -> all.nonlinearities = all.nonlinearities.with(codec));
  }

  /**
   * This codec and one for the first weights of U-Nets.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withInitialization(StrategyCodec<Initialization> codec) {
    return with(all -> all.initializations = all.initializations.with(codec));
  }

  /**
   * This codec and one for network topologies.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withTopology(StrategyCodec<NetworkTopology> codec) {
    return with(all -> all.topologies = all.topologies.with(codec));
  }

  /**
   * A plan as text.
   *
   * @param plan the plan
   * @return JSON
   * @throws PlanException if a strategy has no words
   */
  public String encode(Plan plan) {
    return Json.text(new PlanWriter(this).write(plan));
  }

  /**
   * What a recipe does to cases before the network sees them, in the words of a plans file: tells
   * prepared cases of one recipe from those of another, whatever its strategies print.
   *
   * @param recipe the recipe; how it resamples probabilities is left out
   * @return JSON on one line
   * @throws PlanException if a strategy has no words
   */
  public String words(Recipe recipe) {
    return Json.line(new PlanWriter(this).preparation(recipe));
  }

  /**
   * Writes a plans file, atomically.
   *
   * @param plan the plan
   * @param file replaced if there
   * @throws PlanException if a strategy has no words; the file is not touched then
   * @throws IOException if the file cannot be written
   */
  public void write(Plan plan, Path file) throws IOException {
    ObjectNode tree = new PlanWriter(this).write(plan);
    Json.write(file, tree);
  }

  /**
   * Writes a plans file, keeping those configurations of an older file that the new plan does not
   * have (nnU-Net v2 does so when a data set is planned again).
   *
   * @param plan the new plan
   * @param file replaced if there
   * @return the plan as written
   * @throws PlanException if a strategy has no words or the older file breaks a rule; it is not
   *     touched then
   * @throws IOException if the file cannot be read or written
   */
  public Plan update(Plan plan, Path file) throws IOException {
    Plan merged = plan;
    if (Files.exists(file)) {
      Map<String, Configuration> all = new LinkedHashMap<>();
      plan.configurations().forEach(c -> all.put(c.name(), c));
      read(file).configurations().forEach(c -> all.putIfAbsent(c.name(), c));
      merged = plan.toBuilder().configurations(all.values()).build();
    }
    write(merged, file);
    return merged;
  }

  /**
   * The plan that a text holds.
   *
   * @param json content of a plans file
   * @return the plan
   * @throws PlanException naming the JSON path of what breaks a rule
   */
  public Plan decode(String json) {
    try {
      return new PlanReader(this)
          .read(JsonView.root(Json.parse(json), "plans", PlanException::new));
    } catch (IOException e) {
      throw new PlanException(
          new Problem("plans", "JSON", String.valueOf(e.getMessage()), "Correct the text."), e);
    }
  }

  /**
   * Reads a plans file.
   *
   * @param file the file
   * @return the plan
   * @throws PlanException naming the file and the JSON path of what breaks a rule
   * @throws IOException if the file cannot be read
   */
  public Plan read(Path file) throws IOException {
    if (file.toString().endsWith(".pkl")) {
      throw new PlanException(
          new Problem(
              file.toString(),
              "a plan of nnU-Net v2, which is a JSON file",
              "a pickle, as nnU-Net v1 writes its plans",
              "Plan again with the planners of nnU-Net v1 in V1Planners, or with any other."));
    }
    return new PlanReader(this).read(JsonView.read(file, PlanException::new));
  }

  private List<Words<?>> words() {
    return List.of(
        known.intensityNormalizations,
        known.resamplings,
        known.labelResamplings,
        known.steps,
        known.normalizations,
        known.nonlinearities,
        known.initializations,
        known.topologies);
  }

  /**
   * Whether another codec knows the same strategies: equal codecs of each kind in the same order.
   * {@link StrategyCodec#constant} compares by word and strategy, a codec of your own by what it
   * says.
   *
   * @param other any object
   * @return true if it reads and writes alike
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PlanCodec codec && words().equals(codec.words());
  }

  @Override
  public int hashCode() {
    return words().hashCode();
  }

  Words<IntensityNormalization> intensityNormalizations() {
    return known.intensityNormalizations;
  }

  Words<Resampling> resamplings() {
    return known.resamplings;
  }

  Words<LabelResampling> labelResamplings() {
    return known.labelResamplings;
  }

  Words<PreprocessingStep> steps() {
    return known.steps;
  }

  /** Networks together with what their layers are called. */
  Words<NetworkTopology> topologies(String where, JsonView at) {
    return known.topologies.before(
        new UNetWords(
            new UNetWords.Layers(
                norm -> known.normalizations.encode(norm, where),
                nonlinearity -> known.nonlinearities.encode(nonlinearity, where),
                fields -> known.normalizations.decode(fields, at),
                fields -> known.nonlinearities.decode(fields, at),
                known.initializations.joint())));
  }
}
