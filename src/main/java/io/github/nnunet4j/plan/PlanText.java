package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and rules in sentences, alike in every locale. */
final class PlanText {
  private static final double GIB = 1L << 30;

  private PlanText() {}

  static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Up to five digits, such as 0.7676 x 20. */
  static String sizes(double... values) {
    return Arrays.stream(values).mapToObj(PlanText::number).collect(Collectors.joining(" x "));
  }

  static String sizes(List<? extends Number> values) {
    return sizes(values.stream().mapToDouble(Number::doubleValue).toArray());
  }

  static String sizes(Extent extent) {
    return Arrays.stream(extent.toArray())
        .mapToObj(String::valueOf)
        .collect(Collectors.joining(" x "));
  }

  static String number(double value) {
    String text = say("%.5g", value);
    if (text.contains("e")) {
      return value == Math.rint(value) ? whole(value) : text;
    }
    return text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
  }

  static String whole(double value) {
    return say("%,d", Math.round(value));
  }

  static String percent(double part) {
    return say("%.1f %%", 100 * part);
  }

  /** Bytes in the unit that suits them. */
  static String memory(double bytes) {
    return bytes < GIB ? say("%.1f MiB", bytes / (1 << 20)) : say("%.2f GiB", bytes / GIB);
  }

  /** What a rule prints; a lambda prints nothing that means anything. */
  static String rule(Object rule) {
    String text = rule.toString();
    String word = text.endsWith("[]") ? text.substring(0, text.length() - 2) : text;
    return text.contains("$$Lambda") ? "a rule of the user's" : "the rule " + word;
  }
}
