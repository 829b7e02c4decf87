package io.github.nnunet4j.samples.planners;

import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.preprocess.GridRule;
import io.github.nnunet4j.preprocess.GridRules;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import java.util.List;

/**
 * The preprocessor classes of nnU-Net v1 as recipes. A recipe is part of a plan, so that training
 * and prediction do the same; what a class of v1 overrides is one value of it: the order of the
 * steps, the grid, a resampling or a normalization.
 */
public final class PreprocessorRows {
  private PreprocessorRows() {}

  /**
   * All of them.
   *
   * @return one row per class
   */
  public static List<PreprocessorRow> rows() {
    return List.of(
        PreprocessorRow.of("GenericPreprocessor", r -> volumes(r, GridRules.planned()))
            .differs(
                "CT with a standard deviation of 0 becomes 0 instead of NaN, and an image that is zero"
                    + " everywhere is kept whole instead of failing"),
        PreprocessorRow.of(
            "GenericPreprocessor_linearResampling",
            r ->
                volumes(r, GridRules.planned()).toBuilder()
                    .imageResampling(Resamplings.spline(1, 0, SeparateZ.AUTO))
                    .build()),
        PreprocessorRow.of(
            "Preprocessor3DDifferentResampling",
            r ->
                volumes(r, GridRules.planned()).toBuilder()
                    .imageResampling(Resamplings.spline(3, 3, SeparateZ.AUTO))
                    .labelResampling(LabelResamplings.threshold(1, 1, SeparateZ.AUTO))
                    .build()),
        PreprocessorRow.of(
            "Preprocessor3DBetterResampling",
            r ->
                volumes(r, GridRules.planned()).toBuilder()
                    .imageResampling(Resamplings.spline(3, 3, SeparateZ.NEVER))
                    .labelResampling(LabelResamplings.threshold(3, 3, SeparateZ.NEVER))
                    .build()),
        PreprocessorRow.of(
            "PreprocessorFor3D_LeaveOriginalZSpacing", r -> volumes(r, GridRules.keepFirstAxis())),
        PreprocessorRow.of("PreprocessorFor3D_NoResampling", r -> volumes(r, GridRules.original())),
        PreprocessorRow.of("PreprocessorFor2D", r -> slices(r, GridRules.keepFirstAxis()))
            .differs("an image with NaN is refused, where v1 trains on NaN"),
        PreprocessorRow.of(
                "GenericPreprocessor_scale_uint8_to_0_1",
                r -> scaled(slices(r, GridRules.keepFirstAxis())))
            .differs("an image with NaN is refused, where v1 trains on NaN"),
        PreprocessorRow.of("PreprocessorFor2D_edgeLength512", r -> edges(r, 512))
            .differs("an image with NaN is refused, where v1 trains on NaN"),
        PreprocessorRow.of("PreprocessorFor2D_edgeLength768", r -> edges(r, 768))
            .differs("an image with NaN is refused, where v1 trains on NaN"));
  }

  /**
   * A plan with one configuration prepared as a class of v1 does.
   *
   * @param plan any plan
   * @param configuration name of the configuration
   * @param row the class
   * @return the plan; everything else stays
   */
  public static Plan in(Plan plan, String configuration, PreprocessorRow row) {
    return plan.with(
        configuration,
        c -> c.recipe(row.recipe().apply(plan.configuration(configuration).recipe())));
  }

  private static Recipe volumes(Recipe recipe, GridRule grid) {
    return v1(recipe).toBuilder().steps(PreprocessingSteps.v1(grid)).build();
  }

  private static Recipe slices(Recipe recipe, GridRule grid) {
    return v1(recipe).toBuilder().steps(PreprocessingSteps.v1Slices(grid)).build();
  }

  private static Recipe edges(Recipe recipe, int voxels) {
    return slices(recipe, GridRules.shortEdge(voxels)).toBuilder()
        .imageResampling(Resamplings.spline(3, 0, SeparateZ.NEVER))
        .labelResampling(LabelResamplings.threshold(1, 0, SeparateZ.NEVER))
        .build();
  }

  private static Recipe scaled(Recipe recipe) {
    Recipe.Builder builder = recipe.toBuilder();
    for (int c = 0; c < recipe.channels().size(); c++) {
      builder.normalization(c, IntensityNormalizations.divideBy(255));
    }
    return builder.build();
  }

  /** What all classes of v1 have in common: its normalizations, its rule for labels. */
  private static Recipe v1(Recipe recipe) {
    Recipe.Builder builder =
        recipe.toBuilder()
            .imageResampling(Resamplings.images())
            .labelResampling(LabelResamplings.threshold(1, 0, SeparateZ.AUTO))
            .probabilityResampling(Resamplings.probabilities());
    for (int c = 0; c < recipe.channels().size(); c++) {
      builder.normalization(c, v1(recipe.channels().get(c).normalization()));
    }
    return builder.build();
  }

  private static IntensityNormalization v1(IntensityNormalization v2) {
    return v2.equals(IntensityNormalizations.zScore())
        ? IntensityNormalizations.nonCt()
        : v2.equals(IntensityNormalizations.ct()) ? IntensityNormalizations.ctV1() : v2;
  }
}
