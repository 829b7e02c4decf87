package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;

/**
 * The planners of nnU-Net v1, made of the rules that those of v2 are made of. Stage by stage their
 * plans are v1's: a single stage is 3d_fullres, of two the first is 3d_lowres; 2D planners plan 2d.
 * A plan's name is that of v1's plans file without {@code _plans_3D.pkl}.
 *
 * <p>Where v1's own code slips, the planner here does what was meant, and is called corrected in
 * its plans; {@link V1QuirkPlanners} repeats the slip for old models and files.
 */
public final class V1Planners {
  private V1Planners() {}

  /**
   * {@code ExperimentPlanner3D_v21}, v1's default: 32 features, about 8 GB.
   *
   * @return the planner
   */
  public static Planner volumes() {
    return V1Compositions.v21().build();
  }

  /**
   * {@code ExperimentPlanner2D_v21}, v1's default for slices, but for its memory estimate: here it
   * is that of the network that is built, 32 to 480 features, against a reference for 30 features
   * scaled to 32, as in 3D. {@link V1QuirkPlanners#slices()} equals the class.
   *
   * @return the planner
   */
  public static Planner slices() {
    return V1Compositions.corrected(V1Compositions.flat())
        .estimate(EstimateRules.ofTopology())
        .memory(MemoryRules.genericUNet(32))
        .build();
  }

  /**
   * {@code ExperimentPlanner}, the oldest for volumes: 30 features, median spacing, late pooling.
   *
   * @return the planner
   */
  public static Planner oldVolumes() {
    return V1Compositions.old().build();
  }

  /**
   * {@code ExperimentPlanner2D}, the oldest for slices: 30 features, whole images.
   *
   * @return the planner
   */
  public static Planner oldSlices() {
    return V1Compositions.flat("ExperimentPlanner2D", "nnUNetPlans", "nnUNetData_plans_v2.1_2D")
        .topology(TopologyRules.genericUNet(30, 2))
        .estimate(EstimateRules.genericUNet(30, 512, 2))
        .memory(MemoryRules.genericUNetWholeImages())
        .priority(PriorityRules.wholeImages())
        .batch(BatchRules.v1WholeImages())
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_v21_11GB}.
   *
   * @return the planner
   */
  public static Planner volumes11Gb() {
    return V1Compositions.v21(
            "ExperimentPlanner3D_v21_11GB", "nnUNetPlansv2.1_big", "nnUNetData_plans_v2.1_big")
        .memory(MemoryRules.genericUNet11())
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_v21_16GB}.
   *
   * @return the planner
   */
  public static Planner volumes16Gb() {
    return V1Compositions.v21(
            "ExperimentPlanner3D_v21_16GB", "nnUNetPlansv2.1_16GB", "nnUNetData_plans_v2.1_16GB")
        .memory(MemoryRules.genericUNet16())
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_v21_32GB}.
   *
   * @return the planner
   */
  public static Planner volumes32Gb() {
    return V1Compositions.v21(
            "ExperimentPlanner3D_v21_32GB",
            "nnUNetPlansv2.1_verybig",
            "nnUNetData_plans_v2.1_verybig")
        .memory(MemoryRules.genericUNet32())
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_v21_3cps}: three convolutions per stage in the same memory.
   *
   * @return the planner
   */
  public static Planner threeConvolutions() {
    return V1Compositions.v21(
            "ExperimentPlanner3D_v21_3cps", "nnUNetPlansv2.1_3cps", "nnUNetData_plans_v2.1")
        .topology(TopologyRules.genericUNet(32, 3))
        .estimate(EstimateRules.genericUNet(32, 320, 3))
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_v22}: thick slices stay at least three times as thick as their
   * pixels.
   *
   * @return the planner
   */
  public static Planner v22() {
    return V1Compositions.v21("ExperimentPlanner3D_v22", "nnUNetPlansv2.2", "nnUNetData_plans_v2.2")
        .spacing(SpacingRules.medianKeepingAnisotropy())
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_v23}: cubic images and linear labels across thick slices, too.
   *
   * @return the planner
   */
  public static Planner v23() {
    return V1Compositions.v21("ExperimentPlanner3D_v23", "nnUNetPlansv2.3", "nnUNetData_plans_v2.3")
        .preprocessor("Preprocessor3DDifferentResampling")
        .resampling(V1Preprocessing.alikeAcrossSlices())
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_v21_Pretrained}: the plan of another data set, whole, under names of
   * its own; see {@link RevisionRules#takenFrom}.
   *
   * @param source plan that the weights were trained with
   * @param name of the source, part of the names
   * @return the planner
   */
  public static Planner pretrained(Plan source, String name) {
    String data = "nnUNetData_pretrained_" + name;
    return V1Compositions.v21(
            "ExperimentPlanner3D_v21_Pretrained", "nnUNetPlans_pretrained_" + name, data)
        .revision(RevisionRules.takenFrom(source, V1Compositions.identifiers(data)))
        .build();
  }

  /**
   * {@code ExperimentPlanner3DFabiansResUNet_v21}: a residual encoder, but for its first estimate:
   * here it is that of the padded patch. {@link V1QuirkPlanners#residual()} equals the class.
   *
   * @return the planner
   */
  public static Planner residual() {
    return V1Compositions.corrected(V1Compositions.fabians(32)).build();
  }

  /**
   * {@code ExperimentPlannerCT2}: as {@link #oldVolumes()}; channels named CT are clipped, then
   * normalized case by case, all others are z-scores.
   *
   * @return the planner
   */
  public static Planner ct2() {
    return V1Compositions.old("ExperimentPlannerCT2", "nnUNetPlansCT2", "nnUNet_CT2")
        .normalization(
            NormalizationRules.named("CT", V1Preprocessing.ct2(), V1Preprocessing.nonCt()))
        .build();
  }

  /**
   * {@code ExperimentPlannernonCT}: as {@link #oldVolumes()}; every channel is normalized by itself
   * and case by case, CT too.
   *
   * @return the planner
   */
  public static Planner nonCt() {
    return V1Compositions.old("ExperimentPlannernonCT", "nnUNetPlansnonCT", "nnUNet_nonCT")
        .normalization(NormalizationRules.always(V1Preprocessing.nonCt()))
        .build();
  }

  /**
   * {@code ExperimentPlanner2D_v21_RGB_scaleTo_0_1}: {@link #slices()} of eight bit channels,
   * divided by 255; {@link V1QuirkPlanners#rgbTo01()} equals the class.
   *
   * @return the planner
   */
  public static Planner rgbTo01() {
    return V1Compositions.corrected(V1Compositions.rgb(slices().toBuilder())).build();
  }

  /**
   * {@code ExperimentPlannerIso}: as {@link #oldVolumes()}; patches see as many millimetres along
   * every axis.
   *
   * @return the planner
   */
  public static Planner isotropicMillimetres() {
    return V1Compositions.old(
            "ExperimentPlannerIso", "nnUNetPlansfixedisoPatchesInmm", "nnUNet_isoPatchesInmm")
        .shrink(ShrinkRules.mostMillimetres())
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_IsoPatchesInVoxels}: as {@link #oldVolumes()}; patches see as many
   * voxels along every axis.
   *
   * @return the planner
   */
  public static Planner isotropicVoxels() {
    return V1Compositions.old(
            "ExperimentPlanner3D_IsoPatchesInVoxels",
            "nnUNetPlansfixedisoPatchesInVoxels",
            "nnUNetData_isoPatchesInVoxels")
        .initialPatch(InitialPatchRules.medianCase())
        .shrink(ShrinkRules.mostVoxels())
        .build();
  }

  /**
   * {@code ExperimentPlannerAllConv3x3}: as {@link #oldVolumes()}; kernels of 3 everywhere.
   *
   * @return the planner
   */
  public static Planner kernelsOf3() {
    return V1Compositions.old(
            "ExperimentPlannerAllConv3x3", "nnUNetPlansallConv3x3", "nnUNetData_plans_v2.1")
        .pooling(PoolingRules.late().withKernels(3))
        .build();
  }

  /**
   * {@code ExperimentPlannerPoolBasedOnSpacing}: as {@link #oldVolumes()}; pooling by spacing.
   *
   * @return the planner
   */
  public static Planner poolingBySpacing() {
    return V1Compositions.old(
            "ExperimentPlannerPoolBasedOnSpacing",
            "nnUNetPlanspoolBasedOnSpacing",
            "nnUNetData_poolBasedOnSpacing")
        .pooling(PoolingRules.bySpacing())
        .build();
  }

  /**
   * {@code ExperimentPlannerTargetSpacingForAnisoAxis}: as {@link #oldVolumes()}; a finer spacing
   * for thick slices. The class does not keep it above that of the other axes; {@link
   * V1QuirkPlanners#spacingForThickSlices()} equals it.
   *
   * @return the planner
   */
  public static Planner spacingForThickSlices() {
    return V1Compositions.corrected(V1Compositions.thickSlices())
        .spacing(SpacingRules.median())
        .build();
  }

  /**
   * {@code ExperimentPlanner3D_v21_customTargetSpacing_2x2x2} for any spacing: {@link #volumes()}
   * of a fixed target. The class has 30 features by a slip; {@link V1QuirkPlanners#spacing2x2x2()}
   * equals it.
   *
   * @param spacing rank 3, in the axis order of the images, millimetres
   * @return the planner
   */
  public static Planner spacing(Spacing spacing) {
    return V1Compositions.spacing(spacing, spacing.toString()).build();
  }

  /**
   * {@code ExperimentPlanner3D_v21_noResampling}: full resolution alone, each case on its own grid.
   *
   * @return the planner
   */
  public static Planner noResampling() {
    return V1Compositions.asTheyCame(
        V1Compositions.v21(
            "ExperimentPlanner3D_v21_noResampling",
            "nnUNetPlansv2.1_noRes",
            "nnUNetData_noRes_plans_v2.1"));
  }

  /**
   * {@code ExperimentPlanner3D_v21_noResampling_16GB}.
   *
   * @return the planner
   */
  public static Planner noResampling16Gb() {
    return V1Compositions.asTheyCame(
        V1Compositions.named(
            volumes16Gb().toBuilder(),
            "ExperimentPlanner3D_v21_noResampling_16GB",
            "nnUNetPlansv2.1_noRes_16GB",
            "nnUNetData_noRes_plans_16GB_v2.1"));
  }

  /**
   * {@code ExperimentPlanner3D_residual_v21_bfnnUNet} of the AMOS 2022 challenge: {@link
   * #residual()} for 15 GB at 1.5x1x1 mm. The class has 30 features by a slip; {@link
   * V1QuirkPlanners#amos()} equals it.
   *
   * @return the planner
   */
  public static Planner amos() {
    return V1Compositions.corrected(V1Compositions.amos(32)).build();
  }

  /**
   * {@code ExperimentPlanner3D_residual_v21_bfnnUNet_31}: {@link #amos()} with cubic labels; {@link
   * V1QuirkPlanners#amos31()} equals the class.
   *
   * @return the planner
   */
  public static Planner amos31() {
    return V1Compositions.corrected(V1Compositions.amos31(32)).build();
  }

  /**
   * {@code ExperimentPlanner3D_residual_v21_bfnnUNet_31_spRegnnU}: {@link #amos31()} at
   * 2x0.688x0.688 mm; {@link V1QuirkPlanners#amos31FinePixels()} equals the class.
   *
   * @return the planner
   */
  public static Planner amos31FinePixels() {
    return V1Compositions.corrected(V1Compositions.amos31FinePixels(32)).build();
  }
}
