package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;

/**
 * The rules that the planners of nnU-Net v1 are made of, from the oldest planner to those that
 * differ from it by a rule or two.
 */
final class V1Compositions {
  private V1Compositions() {}

  /** The oldest planner for volumes. */
  static Planner.Builder old() {
    return named(Planner.builder(), "ExperimentPlanner", "nnUNetPlansfixed", v21Data(""))
        .spacing(SpacingRules.plainMedian())
        .size(SizeRules.roundedMedian())
        .normalization(NormalizationRules.v1(V1Preprocessing.ct(), V1Preprocessing.nonCt()))
        .mask(MaskRules.unlessNamedCt())
        .resampling(V1Preprocessing.standard())
        .preprocessor("GenericPreprocessor")
        .rank(RankRules.volumes())
        .initialPatch(InitialPatchRules.shortestEdge(512))
        .pooling(PoolingRules.late())
        .topology(TopologyRules.genericUNet(30, 2))
        .estimate(EstimateRules.genericUNet(30, 320, 2))
        .memory(MemoryRules.genericUNet(30))
        .batch(BatchRules.v1Volumes())
        .lowResolution(LowResolutionRules.v1());
  }

  /** The default planner for volumes. */
  static Planner.Builder v21() {
    return named(old(), "ExperimentPlanner3D_v21", "nnUNetPlansv2.1", v21Data(""))
        .spacing(SpacingRules.median())
        .pooling(PoolingRules.bySpacing())
        .topology(TopologyRules.genericUNet(32, 2))
        .estimate(EstimateRules.genericUNet(32, 320, 2))
        .memory(MemoryRules.genericUNet(32));
  }

  /** The default planner for slices, with its two estimates. */
  static Planner.Builder flat() {
    return named(v21(), "ExperimentPlanner2D_v21", "nnUNetPlansv2.1", v21Data("_2D"))
        .spacing(SpacingRules.plainMedian())
        .preprocessor("PreprocessorFor2D")
        .rank(RankRules.slices())
        .initialPatch(InitialPatchRules.medianCase())
        .estimate(
            EstimateRules.firstThen(
                EstimateRules.genericUNet(30, 512, 2), EstimateRules.genericUNet(32, 512, 2)))
        .memory(MemoryRules.genericUNet(30))
        .batch(BatchRules.v1Slices());
  }

  static Planner.Builder rgb(Planner.Builder slices) {
    return named(
            slices,
            "ExperimentPlanner2D_v21_RGB_scaleTo_0_1",
            "nnUNet_RGB_scaleTo_0_1",
            "nnUNet_RGB_scaleTo_0_1")
        .preprocessor("GenericPreprocessor_scale_uint8_to_0_1")
        .normalization(NormalizationRules.always(V1Preprocessing.eightBits()));
  }

  static Planner.Builder fabians(int features) {
    return named(
            v21(),
            "ExperimentPlanner3DFabiansResUNet_v21",
            "nnUNetPlans_FabiansResUNet_v2.1",
            v21Data(""))
        .topology(TopologyRules.fabiansUNet(features))
        .estimate(EstimateRules.fabiansUNet(features))
        .memory(MemoryRules.fabiansUNet());
  }

  static Planner.Builder thickSlices() {
    return named(
            old(),
            "ExperimentPlannerTargetSpacingForAnisoAxis",
            "nnUNetPlanstargetSpacingForAnisoAxis",
            "nnUNetData_targetSpacingForAnisoAxis")
        .spacing(SpacingRules.medianUnclamped());
  }

  static Planner.Builder spacing2x2x2(int features) {
    return spacing(Spacing.millimetres(2, 2, 2), "2x2x2")
        .topology(TopologyRules.genericUNet(features, 2))
        .estimate(EstimateRules.genericUNet(features, 320, 2))
        .memory(MemoryRules.genericUNet(features));
  }

  static Planner.Builder spacing(Spacing spacing, String text) {
    return named(
            v21(),
            "ExperimentPlanner3D_v21_customTargetSpacing_" + text,
            "nnUNetPlansv2.1_trgSp_" + text,
            v21Data("_trgSp_" + text))
        .spacing(SpacingRules.fixed(spacing));
  }

  static Planner.Builder amos(int features) {
    return named(
            fabians(features),
            "ExperimentPlanner3D_residual_v21_bfnnUNet",
            "nnUNetPlans_bfnnUNet_fabresnet",
            "nnUNetData_bfnnUNet")
        .spacing(SpacingRules.fixed(Spacing.millimetres(1.5, 1, 1)))
        .memory(MemoryRules.fabiansUNet().withTarget(15))
        .resampling(V1Preprocessing.together());
  }

  static Planner.Builder amos31(int features) {
    return named(
            amos(features),
            "ExperimentPlanner3D_residual_v21_bfnnUNet_31",
            "nnUNetPlans_bfnnUNet_fabresnet_31",
            "nnUNetData_bfnnUNet_31")
        .preprocessor("Preprocessor3DBetterResampling")
        .resampling(V1Preprocessing.better());
  }

  static Planner.Builder amos31FinePixels(int features) {
    return named(
            amos31(features),
            "ExperimentPlanner3D_residual_v21_bfnnUNet_31_spRegnnU",
            "nnUNetPlans_bfnnUNet_fabresnet_31_spnnU",
            "nnUNetData_bfnnUNet_31_spnnU")
        .spacing(SpacingRules.fixed(Spacing.millimetres(2, 0.68825001, 0.68825001)));
  }

  static Planner asTheyCame(Planner.Builder builder) {
    return builder
        .resampling(ResamplingRules.none())
        .preprocessor("PreprocessorFor3D_NoResampling")
        .lowResolution(LowResolutionRules.none())
        .build();
  }

  static String v21Data(String suffix) {
    return "nnUNetData_plans_v2.1" + suffix;
  }

  static Planner.IdentifierRule identifiers(String data) {
    return (plans, configuration) -> data + "_" + configuration;
  }

  static Planner.Builder old(String word, String plansName, String data) {
    return named(old(), word, plansName, data);
  }

  static Planner.Builder v21(String word, String plansName, String data) {
    return named(v21(), word, plansName, data);
  }

  static Planner.Builder flat(String word, String plansName, String data) {
    return named(flat(), word, plansName, data);
  }

  static Planner.Builder named(
      Planner.Builder builder, String word, String plansName, String data) {
    return builder.word(word).plansName(plansName).identifiers(identifiers(data));
  }

  /** Plans that are not those of the class say so. */
  static Planner.Builder corrected(Planner.Builder builder) {
    PlannerRules rules = builder.build().rules();
    return builder.word(rules.word + "Corrected").plansName(rules.plansName + "Corrected");
  }
}
