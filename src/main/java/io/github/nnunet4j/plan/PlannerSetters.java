package io.github.nnunet4j.plan;

import java.util.Objects;

/** The setters of {@link Planner.Builder}, one per rule. */
abstract class PlannerSetters {
  final PlannerRules all;

  PlannerSetters(PlannerRules all) {
    this.all = all;
  }

  abstract Planner.Builder self();

  /**
   * Sets what the plan calls its planner.
   *
   * @param value written as experiment_planner_used
   * @return this builder
   */
  public Planner.Builder word(String value) {
    all.word = Objects.requireNonNull(value);
    return self();
  }

  /**
   * Sets the name of the plans.
   *
   * @param value such as nnUNetPlans
   * @return this builder
   */
  public Planner.Builder plansName(String value) {
    all.plansName = Objects.requireNonNull(value);
    return self();
  }

  /**
   * Sets how prepared data are named.
   *
   * @param rule plans name and configuration to name
   * @return this builder
   */
  public Planner.Builder identifiers(Planner.IdentifierRule rule) {
    all.identifiers = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the plan's word for the preprocessor.
   *
   * @param value written as preprocessor_name
   * @return this builder
   */
  public Planner.Builder preprocessor(String value) {
    all.preprocessor = Objects.requireNonNull(value);
    return self();
  }

  /**
   * Sets whether the axis of the largest spacing becomes the first.
   *
   * @param value true for {@link TransposeRules#coarsestFirst()}, else none
   * @return this builder
   */
  public Planner.Builder transposes(boolean value) {
    return transpose(value ? TransposeRules.coarsestFirst() : TransposeRules.none());
  }

  /**
   * Sets the order of the axes.
   *
   * @param rule coarsest first by default
   * @return this builder
   */
  public Planner.Builder transpose(TransposeRule rule) {
    all.transpose = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the target spacing.
   *
   * @param rule the median, a finer one for thick slices by default
   * @return this builder
   */
  public Planner.Builder spacing(SpacingRule rule) {
    all.spacing = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets how the median case is measured.
   *
   * @param rule rounded cases by default
   * @return this builder
   */
  public Planner.Builder size(SizeRule rule) {
    all.size = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the intensity normalization.
   *
   * @param rule by the channel's name by default
   * @return this builder
   */
  public Planner.Builder normalization(NormalizationRule rule) {
    all.normalization = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets which channels are normalized in the nonzero region.
   *
   * @param rule z-scores of cropped images by default
   * @return this builder
   */
  public Planner.Builder mask(MaskRule rule) {
    all.mask = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the resampling.
   *
   * @param rule splines by default
   * @return this builder
   */
  public Planner.Builder resampling(ResamplingRule rule) {
    all.resampling = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets a last change of the preprocessing.
   *
   * @param rule none by default
   * @return this builder
   */
  public Planner.Builder recipe(RecipeRule rule) {
    all.recipe = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets which of 2d and 3d are planned.
   *
   * @param rule both by default, unless there is one slice
   * @return this builder
   */
  public Planner.Builder rank(RankRule rule) {
    all.rank = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the patch to begin with.
   *
   * @param rule as far along every axis by default
   * @return this builder
   */
  public Planner.Builder initialPatch(InitialPatchRule rule) {
    all.initialPatch = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets pooling and kernels.
   *
   * @param rule by spacing and patch by default
   * @return this builder
   */
  public Planner.Builder pooling(PoolingRule rule) {
    all.pooling = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the order in which patch axes become shorter.
   *
   * @param rule the most covered first by default
   * @return this builder
   */
  public Planner.Builder shrink(ShrinkRule rule) {
    all.shrink = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the network, its features and blocks.
   *
   * @param rule a plain U-Net by default
   * @return this builder
   */
  public Planner.Builder topology(TopologyRule rule) {
    all.topology = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the estimate of the memory.
   *
   * @param rule the network's own by default
   * @return this builder
   */
  public Planner.Builder estimate(EstimateRule rule) {
    all.estimate = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the memory reference.
   *
   * @param rule that of 8 GB by default
   * @return this builder
   */
  public Planner.Builder memory(MemoryRule rule) {
    all.memory = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets what comes first, patch or batch.
   *
   * @param rule the patch by default
   * @return this builder
   */
  public Planner.Builder priority(PriorityRule rule) {
    all.priority = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets the batch size.
   *
   * @param rule what fits, at most 5 % of the data by default
   * @return this builder
   */
  public Planner.Builder batch(BatchRule rule) {
    all.batch = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets where Dice counts the batch as one sample.
   *
   * @param rule 2d, and 3d_fullres beside 3d_lowres by default
   * @return this builder
   */
  public Planner.Builder batchDice(BatchDiceRule rule) {
    all.batchDice = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets when and how a low resolution is made.
   *
   * @param rule where a patch sees less than a quarter by default
   * @return this builder
   */
  public Planner.Builder lowResolution(LowResolutionRule rule) {
    all.lowResolution = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets whether a cascade is planned.
   *
   * @param rule behind every low resolution by default
   * @return this builder
   */
  public Planner.Builder cascade(CascadeRule rule) {
    all.cascade = Objects.requireNonNull(rule);
    return self();
  }

  /**
   * Sets a last change of the plan.
   *
   * @param rule none by default
   * @return this builder
   */
  public Planner.Builder revision(RevisionRule rule) {
    all.revision = Objects.requireNonNull(rule);
    return self();
  }
}
