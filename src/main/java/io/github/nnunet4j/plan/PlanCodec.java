package io.github.nnunet4j.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes plans in the format of nnU-Net v2 {@code plans.json}; immutable. Built-in
 * strategies are written with nnU-Net's words; strategies of your own need a {@link StrategyCodec}.
 * Nothing is dropped silently: what nobody claims fails, in both directions, and unknown keys are
 * kept.
 */
public final class PlanCodec {
  private static final PlanCodec STANDARD =
      new PlanCodec(
          PreprocessingWords.normalizations(),
          PreprocessingWords.resamplings(),
          PreprocessingWords.labelResamplings(),
          PreprocessingWords.steps(),
          NetworkWords.normalizations(),
          NetworkWords.nonlinearities(),
          InitializationWords.initializations(),
          TopologyWords.topologies());

  private final Words<IntensityNormalization> intensityNormalizations;
  private final Words<Resampling> resamplings;
  private final Words<LabelResampling> labelResamplings;
  private final Words<PreprocessingStep> steps;
  private final Words<Normalization> normalizations;
  private final Words<Nonlinearity> nonlinearities;
  private final Words<Initialization> initializations;
  private final Words<NetworkTopology> topologies;

  private PlanCodec(
      Words<IntensityNormalization> intensityNormalizations,
      Words<Resampling> resamplings,
      Words<LabelResampling> labelResamplings,
      Words<PreprocessingStep> steps,
      Words<Normalization> normalizations,
      Words<Nonlinearity> nonlinearities,
      Words<Initialization> initializations,
      Words<NetworkTopology> topologies) {
    this.intensityNormalizations = intensityNormalizations;
    this.resamplings = resamplings;
    this.labelResamplings = labelResamplings;
    this.steps = steps;
    this.normalizations = normalizations;
    this.nonlinearities = nonlinearities;
    this.initializations = initializations;
    this.topologies = topologies;
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
    return new PlanCodec(
        intensityNormalizations.with(codec),
        resamplings,
        labelResamplings,
        steps,
        normalizations,
        nonlinearities,
        initializations,
        topologies);
  }

  /**
   * This codec and one for resamplings of images and logits.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withResampling(StrategyCodec<Resampling> codec) {
    return new PlanCodec(
        intensityNormalizations,
        resamplings.with(codec),
        labelResamplings,
        steps,
        normalizations,
        nonlinearities,
        initializations,
        topologies);
  }

  /**
   * This codec and one for resamplings of labels.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withLabelResampling(StrategyCodec<LabelResampling> codec) {
    return new PlanCodec(
        intensityNormalizations,
        resamplings,
        labelResamplings.with(codec),
        steps,
        normalizations,
        nonlinearities,
        initializations,
        topologies);
  }

  /**
   * This codec and one for steps of preprocessing.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withPreprocessingStep(StrategyCodec<PreprocessingStep> codec) {
    return new PlanCodec(
        intensityNormalizations,
        resamplings,
        labelResamplings,
        steps.with(codec),
        normalizations,
        nonlinearities,
        initializations,
        topologies);
  }

  /**
   * This codec and one for normalizations inside the network.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withNormalization(StrategyCodec<Normalization> codec) {
    return new PlanCodec(
        intensityNormalizations,
        resamplings,
        labelResamplings,
        steps,
        normalizations.with(codec),
        nonlinearities,
        initializations,
        topologies);
  }

  /**
   * This codec and one for nonlinearities.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withNonlinearity(StrategyCodec<Nonlinearity> codec) {
    return new PlanCodec(
        intensityNormalizations,
        resamplings,
        labelResamplings,
        steps,
        normalizations,
        nonlinearities.with(codec),
        initializations,
        topologies);
  }

  /**
   * This codec and one for the first weights of U-Nets.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withInitialization(StrategyCodec<Initialization> codec) {
    return new PlanCodec(
        intensityNormalizations,
        resamplings,
        labelResamplings,
        steps,
        normalizations,
        nonlinearities,
        initializations.with(codec),
        topologies);
  }

  /**
   * This codec and one for network topologies.
   *
   * @param codec asked after those already there
   * @return a new codec
   */
  public PlanCodec withTopology(StrategyCodec<NetworkTopology> codec) {
    return new PlanCodec(
        intensityNormalizations,
        resamplings,
        labelResamplings,
        steps,
        normalizations,
        nonlinearities,
        initializations,
        topologies.with(codec));
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
        intensityNormalizations,
        resamplings,
        labelResamplings,
        steps,
        normalizations,
        nonlinearities,
        initializations,
        topologies);
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
    return intensityNormalizations;
  }

  Words<Resampling> resamplings() {
    return resamplings;
  }

  Words<LabelResampling> labelResamplings() {
    return labelResamplings;
  }

  Words<PreprocessingStep> steps() {
    return steps;
  }

  /** Networks together with what their layers are called. */
  Words<NetworkTopology> topologies(String where, JsonView at) {
    return topologies.before(
        new UNetWords(
            new UNetWords.Layers(
                norm -> normalizations.encode(norm, where),
                nonlinearity -> nonlinearities.encode(nonlinearity, where),
                fields -> normalizations.decode(fields, at),
                fields -> nonlinearities.decode(fields, at),
                initializations.joint())));
  }
}
