package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.fingerprint.Fingerprint;
import java.util.Objects;

/**
 * Turns a fingerprint into a plan by rules that can be replaced one by one; immutable. {@link
 * Planners#standard()} is nnU-Net v2's {@code ExperimentPlanner}.
 */
public final class Planner {
  private final String word;
  private final String plansName;
  private final IdentifierRule identifiers;
  private final String preprocessor;
  private final boolean transposes;
  private final SpacingRule spacing;
  private final NormalizationRule normalization;
  private final TopologyRule topology;
  private final MemoryRule memory;
  private final ResamplingRule resampling;

  private Planner(Builder b) {
    word = b.word;
    plansName = b.plansName;
    identifiers = b.identifiers;
    preprocessor = b.preprocessor;
    transposes = b.transposes;
    spacing = b.spacing;
    normalization = b.normalization;
    topology = b.topology;
    memory = b.memory;
    resampling = b.resampling;
  }

  /** Names the prepared data of a configuration. */
  @FunctionalInterface
  public interface IdentifierRule {
    /**
     * The name; configurations of one recipe may share it.
     *
     * @param plansName of the plan
     * @param configuration such as 3d_fullres
     * @return such as nnUNetPlans_3d_fullres
     */
    String name(String plansName, String configuration);
  }

  /**
   * A builder with nnU-Net v2's default rules.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A builder that starts from this planner.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder()
        .word(word)
        .plansName(plansName)
        .identifiers(identifiers)
        .preprocessor(preprocessor)
        .transposes(transposes)
        .spacing(spacing)
        .normalization(normalization)
        .topology(topology)
        .memory(memory)
        .resampling(resampling);
  }

  /**
   * This planner for another memory.
   *
   * @param gigabytes of the device to plan for
   * @return the planner
   */
  public Planner withMemoryTarget(double gigabytes) {
    return toBuilder().memory(memory.withTarget(gigabytes)).build();
  }

  /**
   * This planner with another rule of the target spacing.
   *
   * @param rule such as {@code SpacingRules.fixed(spacing)} or a lambda
   * @return the planner
   */
  public Planner withSpacing(SpacingRule rule) {
    return toBuilder().spacing(rule).build();
  }

  /**
   * This planner with another rule of the intensity normalization.
   *
   * @param rule such as {@code NormalizationRules.ct()} or a lambda
   * @return the planner
   */
  public Planner withNormalization(NormalizationRule rule) {
    return toBuilder().normalization(rule).build();
  }

  /**
   * This planner with another rule of the network.
   *
   * @param rule such as {@code TopologyRules.residualEncoder()} or a lambda
   * @return the planner
   */
  public Planner withTopology(TopologyRule rule) {
    return toBuilder().topology(rule).build();
  }

  /**
   * This planner with another rule of memory and batch size.
   *
   * @param rule such as {@code MemoryRules.residualEncoderL()}
   * @return the planner
   */
  public Planner withMemory(MemoryRule rule) {
    return toBuilder().memory(rule).build();
  }

  /**
   * This planner with another resampling.
   *
   * @param rule such as {@code ResamplingRules.torch(SeparateZ.NEVER)}
   * @return the planner
   */
  public Planner withResampling(ResamplingRule rule) {
    return toBuilder().resampling(rule).build();
  }

  /**
   * Plans for a data set.
   *
   * @param fingerprint of its training cases
   * @param dataset the data set
   * @return the plan
   * @throws PlanException if no configuration can be planned
   */
  public Plan plan(Fingerprint fingerprint, Dataset dataset) {
    return plan(fingerprint, PlannerInput.of(dataset));
  }

  /**
   * Plans from facts alone.
   *
   * @param fingerprint of the training cases
   * @param input the other facts
   * @return the plan
   * @throws PlanException if no configuration can be planned
   */
  public Plan plan(Fingerprint fingerprint, PlannerInput input) {
    try {
      return new Planning(this, fingerprint, input).plan();
    } catch (NnUNetException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StrategyException(
          new Problem(
              "rules of the planner",
              "a plan",
              e.toString(),
              "Correct the rule that the cause names, or plan by hand."),
          e);
    }
  }

  String word() {
    return word;
  }

  String plansName() {
    return plansName;
  }

  String identifier(String configuration) {
    return identifiers.name(plansName, configuration);
  }

  String preprocessor() {
    return preprocessor;
  }

  boolean transposes() {
    return transposes;
  }

  SpacingRule spacing() {
    return spacing;
  }

  NormalizationRule normalization() {
    return normalization;
  }

  TopologyRule topology() {
    return topology;
  }

  MemoryRule memory() {
    return memory;
  }

  ResamplingRule resampling() {
    return resampling;
  }

  @Override
  public String toString() {
    return word + ", " + plansName + ", " + memory;
  }

  /** Collects the rules of a planner. */
  public static final class Builder {
    private String word = "ExperimentPlanner";
    private String plansName = "nnUNetPlans";
    private IdentifierRule identifiers = (plans, configuration) -> plans + "_" + configuration;
    private String preprocessor = "DefaultPreprocessor";
    private boolean transposes = true;
    private SpacingRule spacing = SpacingRules.median();
    private NormalizationRule normalization = NormalizationRules.byChannelName();
    private TopologyRule topology = TopologyRules.plain();
    private MemoryRule memory = MemoryRules.standard();
    private ResamplingRule resampling = ResamplingRules.standard();

    private Builder() {}

    /**
     * Sets what the plan calls its planner.
     *
     * @param value written as experiment_planner_used
     * @return this builder
     */
    public Builder word(String value) {
      word = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Sets the name of the plans.
     *
     * @param value such as nnUNetPlans
     * @return this builder
     */
    public Builder plansName(String value) {
      plansName = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Sets how prepared data are named.
     *
     * @param rule plans name and configuration to name
     * @return this builder
     */
    public Builder identifiers(IdentifierRule rule) {
      identifiers = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Sets the plan's word for the preprocessor.
     *
     * @param value written as preprocessor_name
     * @return this builder
     */
    public Builder preprocessor(String value) {
      preprocessor = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Sets whether the axis of the largest spacing becomes the first.
     *
     * @param value true by default
     * @return this builder
     */
    public Builder transposes(boolean value) {
      transposes = value;
      return this;
    }

    /**
     * Sets the rule of the target spacing.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder spacing(SpacingRule rule) {
      spacing = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Sets the rule of the intensity normalization.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder normalization(NormalizationRule rule) {
      normalization = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Sets the rule of the network.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder topology(TopologyRule rule) {
      topology = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Sets the rule of memory and batch size.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder memory(MemoryRule rule) {
      memory = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * Sets the resampling.
     *
     * @param rule the rule
     * @return this builder
     */
    public Builder resampling(ResamplingRule rule) {
      resampling = Objects.requireNonNull(rule);
      return this;
    }

    /**
     * The planner.
     *
     * @return an immutable value
     */
    public Planner build() {
      return new Planner(this);
    }
  }
}
