package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.Recipe;

/** The built-in changes of recipes. */
public final class RecipeRules {
  private RecipeRules() {}

  /**
   * No change.
   *
   * @return the rule
   */
  public static RecipeRule none() {
    return new None();
  }

  private record None() implements RecipeRule {
    @Override
    public Recipe revise(Recipe recipe) {
      return recipe;
    }
  }
}
