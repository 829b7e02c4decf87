package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a recipe prints of all that prepared cases depend on. How probabilities come back does not
 * matter to them. Different recipes give different texts: each part is written with its length, so
 * that nothing a strategy prints reads as the beginning of the next.
 *
 * @param text with a question mark for each object that does not say what it is
 * @param nameless a problem for each strategy that prints such an object
 */
record RecipeText(String text, List<Problem> nameless) {
  /** How an object prints that does not say what it is, such as a lambda. */
  private static final Pattern NAMELESS = Pattern.compile("[\\w.$/]+@[0-9a-f]{1,8}\\b");

  static RecipeText of(Recipe recipe) {
    List<String> said = new ArrayList<>();
    List<Problem> nameless = new ArrayList<>();
    said.add(recipe.axisOrder() + " " + recipe.targetSpacing());
    said.add(recipe.channels().size() + " channels");
    for (int c = 0; c < recipe.channels().size(); c++) {
      Recipe.ChannelRecipe channel = recipe.channels().get(c);
      say("normalization of channel " + c, channel.normalization(), said, nameless);
      said.add(channel.useMask() + " " + channel.statistics());
    }
    say("resampling of the image", recipe.imageResampling(), said, nameless);
    say("resampling of the labels", recipe.labelResampling(), said, nameless);
    for (int i = 0; i < recipe.steps().size(); i++) {
      say("step " + i, recipe.steps().get(i), said, nameless);
    }
    return new RecipeText(join(said), List.copyOf(nameless));
  }

  /** A text from which the parts could be read back. */
  static String join(List<String> parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      text.append(part.length()).append(' ').append(part).append(" | ");
    }
    return text.toString();
  }

  private static void say(
      String place, Object strategy, List<String> said, List<Problem> nameless) {
    String printed = strategy.toString();
    String text = NAMELESS.matcher(printed).replaceAll("?");
    said.add(text);
    if (!text.equals(printed)) {
      nameless.add(
          new Problem(
              "recipe, " + place,
              "a strategy that prints what it does, so that a later start knows its cases again",
              printed,
              "Name it: PreparedStore.withKey(\"name and version\"), a StrategyCodec for the"
                  + " experiment, or a strategy that is a record."));
    }
  }
}
