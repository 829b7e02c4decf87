package io.github.nnunet4j.plan;

import org.jspecify.annotations.Nullable;

/**
 * The rules behind {@link Planner} and its builder. A builder changes its own, a planner keeps a
 * copy that nobody changes.
 */
final class PlannerRules {
  String word = "ExperimentPlanner";
  String plansName = "nnUNetPlans";
  Planner.IdentifierRule identifiers = (plans, configuration) -> plans + "_" + configuration;
  String preprocessor = "DefaultPreprocessor";
  SpacingRule spacing = SpacingRules.median();
  TransposeRule transpose = TransposeRules.coarsestFirst();
  SizeRule size = SizeRules.roundedCases();
  NormalizationRule normalization = NormalizationRules.byChannelName();
  MaskRule mask = MaskRules.standard();
  ResamplingRule resampling = ResamplingRules.standard();
  RecipeRule recipe = RecipeRules.none();
  RankRule rank = RankRules.standard();
  InitialPatchRule initialPatch = InitialPatchRules.sameVolume();
  PoolingRule pooling = PoolingRules.standard();
  ShrinkRule shrink = ShrinkRules.mostCovered();
  TopologyRule topology = TopologyRules.plain();
  EstimateRule estimate = EstimateRules.ofTopology();
  MemoryRule memory = MemoryRules.standard();
  PriorityRule priority = PriorityRules.patchFirst();
  BatchRule batch = BatchRules.standard(0.05);
  BatchDiceRule batchDice = BatchDiceRules.standard();
  LowResolutionRule lowResolution = LowResolutionRules.standard();
  CascadeRule cascade = CascadeRules.always();
  RevisionRule revision = RevisionRules.none();
  @Nullable MeasuredFit fit;

  /** The same rules for another builder to change. */
  PlannerRules copy() {
    PlannerRules copy = new PlannerRules();
    copy.word = word;
    copy.plansName = plansName;
    copy.identifiers = identifiers;
    copy.preprocessor = preprocessor;
    copy.spacing = spacing;
    copy.transpose = transpose;
    copy.size = size;
    copy.normalization = normalization;
    copy.mask = mask;
    copy.resampling = resampling;
    copy.recipe = recipe;
    copy.rank = rank;
    copy.initialPatch = initialPatch;
    copy.pooling = pooling;
    copy.shrink = shrink;
    copy.topology = topology;
    copy.estimate = estimate;
    copy.memory = memory;
    copy.priority = priority;
    copy.batch = batch;
    copy.batchDice = batchDice;
    copy.lowResolution = lowResolution;
    copy.cascade = cascade;
    copy.revision = revision;
    copy.fit = fit;
    return copy;
  }

  String identifier(String configuration) {
    return identifiers.name(plansName, configuration);
  }
}
