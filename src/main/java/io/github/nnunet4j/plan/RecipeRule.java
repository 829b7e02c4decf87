package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.Recipe;

/**
 * Changes the preprocessing of a configuration, behind the rules of spacing, normalization, masks
 * and resampling, such as the order of its steps. nnU-Net v2's planners leave it as it is.
 */
@FunctionalInterface
public interface RecipeRule {
  /**
   * The recipe to plan.
   *
   * @param recipe by the other rules
   * @return the same or another
   */
  Recipe revise(Recipe recipe);
}
