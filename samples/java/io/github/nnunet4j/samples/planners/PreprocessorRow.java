package io.github.nnunet4j.samples.planners;

import io.github.nnunet4j.preprocess.Recipe;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One or several preprocessor classes of nnU-Net v1 that do the same, and the recipe that one plans
 * with instead.
 *
 * @param names of the classes
 * @param difference what is not as in the reference; empty for nothing
 * @param recipe the expression: a recipe of any plan made one of theirs
 */
public record PreprocessorRow(List<String> names, String difference, UnaryOperator<Recipe> recipe) {
  /** Copies the names. */
  public PreprocessorRow {
    names = List.copyOf(names);
  }

  /**
   * A class of v1 and its expression.
   *
   * @param name of the class
   * @param recipe a recipe of any plan made one of the class
   * @return a row
   */
  public static PreprocessorRow v1(String name, UnaryOperator<Recipe> recipe) {
    return new PreprocessorRow(List.of(name), "", recipe);
  }

  /**
   * Says what is not as in the reference.
   *
   * @param text one sentence
   * @return the same row with it
   */
  public PreprocessorRow differs(String text) {
    return new PreprocessorRow(names, text, recipe);
  }
}
