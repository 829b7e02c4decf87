package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.fingerprint.Fingerprint;

/**
 * Turns a fingerprint into a plan by rules that can be replaced one by one; immutable. {@link
 * Planners#standard()} is nnU-Net v2's {@code ExperimentPlanner}, {@link V1Planners} has those of
 * nnU-Net v1. The interface of each rule says what the reference does.
 *
 * <p>In order: target spacing, transposition, size of the median case; for 2d and 3d initial patch,
 * then pooling, network, estimate and priority until a patch fits, one axis shorter at a time, then
 * the batch size; low resolution, batch Dice, cascade; last the revision of the plan.
 */
public final class Planner {
  private final PlannerRules rules;

  private Planner(PlannerRules rules) {
    this.rules = rules.copy();
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
    return new Builder(new PlannerRules());
  }

  /**
   * A builder that starts from this planner.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(rules.copy());
  }

  /**
   * This planner for another memory.
   *
   * @param gigabytes of the device to plan for
   * @return the planner
   */
  public Planner withMemoryTarget(double gigabytes) {
    return toBuilder().memory(rules.memory.withTarget(gigabytes)).build();
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
   * This planner with another memory reference.
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
   * This planner with measurements in place of estimates: of the patches that it would try the
   * largest of which a training step fits, and of that the largest batch. Networks need not know
   * the size of their feature maps (nnU-Net v1 {@code find_3d_configuration} as a function).
   *
   * @param bytes that a training step may take
   * @param meter tells what it takes, such as {@code DryRun.on(Device.gpu())}
   * @return the planner; its plans have measured patches
   * @throws IllegalArgumentException unless the bytes are positive
   */
  public Planner fitToMemory(long bytes, MemoryMeter meter) {
    PlannerRules measuring = rules.copy();
    measuring.fit = new MeasuredFit(bytes, meter);
    measuring.estimate = candidate -> (double) candidate.pooling().patch().voxels();
    return new Planner(measuring);
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
    PlanningRecord record = new PlanningRecord(this, fingerprint);
    return record.sign(plan(fingerprint, input, record));
  }

  Plan plan(Fingerprint fingerprint, PlannerInput input, PlanningTrace trace) {
    try {
      return new Planning(this, fingerprint, input, trace).plan();
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

  PlannerRules rules() {
    return rules;
  }

  @Override
  public String toString() {
    MeasuredFit fit = rules.fit;
    return rules.word
        + ", "
        + rules.plansName
        + ", "
        + (fit == null ? rules.memory : "measured to fit into " + fit.bytes() + " bytes");
  }

  /** Collects the rules of a planner; each setter replaces one. */
  public static final class Builder extends PlannerSetters {
    private Builder(PlannerRules all) {
      super(all);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * The planner.
     *
     * @return an immutable value
     */
    public Planner build() {
      return new Planner(all);
    }
  }
}
