package io.github.nnunet4j.samples.planners;

import io.github.nnunet4j.preprocess.GridRule;
import io.github.nnunet4j.preprocess.GridRules;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.PreprocessingSteps;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;

/** What the preprocessors of nnU-Net v1 have in common, and v2 has not. */
public final class V1Recipes {
  private V1Recipes() {}

  /** Resampled before it is normalized, with v1's normalizations and rule for labels. */
  public static Recipe volumes(Recipe recipe, GridRule grid) {
    return common(recipe).toBuilder().steps(PreprocessingSteps.v1(grid)).build();
  }

  /** Slice by slice. */
  public static Recipe slices(Recipe recipe, GridRule grid) {
    return common(recipe).toBuilder().steps(PreprocessingSteps.v1Slices(grid)).build();
  }

  /** Slices whose shorter edge gets a number of voxels. */
  public static Recipe edges(Recipe recipe, int voxels) {
    return slices(recipe, GridRules.shortEdge(voxels)).toBuilder()
        .imageResampling(Resamplings.spline(3, 0, SeparateZ.NEVER))
        .labelResampling(LabelResamplings.threshold(1, 0, SeparateZ.NEVER))
        .build();
  }

  /** Channels of eight bits, divided by 255. */
  public static Recipe scaled(Recipe recipe) {
    Recipe.Builder builder = recipe.toBuilder();
    for (int c = 0; c < recipe.channels().size(); c++) {
      builder.normalization(c, IntensityNormalizations.divideBy(255));
    }
    return builder.build();
  }

  private static Recipe common(Recipe recipe) {
    Recipe.Builder builder =
        recipe.toBuilder()
            .imageResampling(Resamplings.images())
            .labelResampling(LabelResamplings.threshold(1, 0, SeparateZ.AUTO))
            .probabilityResampling(Resamplings.probabilities());
    for (int c = 0; c < recipe.channels().size(); c++) {
      builder.normalization(c, common(recipe.channels().get(c).normalization()));
    }
    return builder.build();
  }

  private static IntensityNormalization common(IntensityNormalization v2) {
    return v2.equals(IntensityNormalizations.zScore())
        ? IntensityNormalizations.nonCt()
        : v2.equals(IntensityNormalizations.ct()) ? IntensityNormalizations.ctV1() : v2;
  }
}
