package io.github.nnunet4j.samples.planners;

import static io.github.nnunet4j.samples.planners.PreprocessorRow.v1;

import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.preprocess.GridRules;
import io.github.nnunet4j.preprocess.LabelResamplings;
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
        v1("GenericPreprocessor", r -> V1Recipes.volumes(r, GridRules.planned()))
            .differs(
                "CT with a standard deviation of 0 becomes 0 instead of NaN, and an image that is zero"
                    + " everywhere is kept whole instead of failing"),
        v1(
            "GenericPreprocessor_linearResampling",
            r ->
                V1Recipes.volumes(r, GridRules.planned()).toBuilder()
                    .imageResampling(Resamplings.spline(1, 0, SeparateZ.AUTO))
                    .build()),
        v1(
            "Preprocessor3DDifferentResampling",
            r ->
                V1Recipes.volumes(r, GridRules.planned()).toBuilder()
                    .imageResampling(Resamplings.spline(3, 3, SeparateZ.AUTO))
                    .labelResampling(LabelResamplings.threshold(1, 1, SeparateZ.AUTO))
                    .build()),
        v1(
            "Preprocessor3DBetterResampling",
            r ->
                V1Recipes.volumes(r, GridRules.planned()).toBuilder()
                    .imageResampling(Resamplings.spline(3, 3, SeparateZ.NEVER))
                    .labelResampling(LabelResamplings.threshold(3, 3, SeparateZ.NEVER))
                    .build()),
        v1(
            "PreprocessorFor3D_LeaveOriginalZSpacing",
            r -> V1Recipes.volumes(r, GridRules.keepFirstAxis())),
        v1("PreprocessorFor3D_NoResampling", r -> V1Recipes.volumes(r, GridRules.original())),
        v1("PreprocessorFor2D", r -> V1Recipes.slices(r, GridRules.keepFirstAxis()))
            .differs("an image with NaN is refused, where v1 trains on NaN"),
        v1(
                "GenericPreprocessor_scale_uint8_to_0_1",
                r -> V1Recipes.scaled(V1Recipes.slices(r, GridRules.keepFirstAxis())))
            .differs("an image with NaN is refused, where v1 trains on NaN"),
        v1("PreprocessorFor2D_edgeLength512", r -> V1Recipes.edges(r, 512))
            .differs("an image with NaN is refused, where v1 trains on NaN"),
        v1("PreprocessorFor2D_edgeLength768", r -> V1Recipes.edges(r, 768))
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
}
