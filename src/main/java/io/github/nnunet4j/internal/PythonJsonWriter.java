package io.github.nnunet4j.internal;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a tree as Python's {@code json.dumps(tree, indent=4)} does, character for character: the
 * shortest digits of a float in Python's notation, NaN and Infinity bare, all text in ASCII.
 */
final class PythonJsonWriter {
  private final StringBuilder out = new StringBuilder();

  private PythonJsonWriter() {}

  static String text(JsonNode node) {
    PythonJsonWriter writer = new PythonJsonWriter();
    writer.value(node, 0);
    return writer.out.toString();
  }

  private void value(JsonNode node, int depth) {
    if (node.isObject()) {
      Iterator<Map.Entry<String, JsonNode>> fields = node.properties().iterator();
      open('{', fields.hasNext());
      while (fields.hasNext()) {
        Map.Entry<String, JsonNode> field = fields.next();
        indent(depth + 1);
        string(field.getKey());
        out.append(": ");
        value(field.getValue(), depth + 1);
        out.append(fields.hasNext() ? ",\n" : "\n");
      }
      close('}', node.isEmpty(), depth);
    } else if (node.isArray()) {
      Iterator<JsonNode> elements = node.elements();
      open('[', elements.hasNext());
      while (elements.hasNext()) {
        indent(depth + 1);
        value(elements.next(), depth + 1);
        out.append(elements.hasNext() ? ",\n" : "\n");
      }
      close(']', node.isEmpty(), depth);
    } else {
      scalar(node);
    }
  }

  private void open(char bracket, boolean content) {
    out.append(bracket).append(content ? "\n" : "");
  }

  private void close(char bracket, boolean empty, int depth) {
    if (!empty) {
      indent(depth);
    }
    out.append(bracket);
  }

  private void indent(int depth) {
    out.append("    ".repeat(depth));
  }

  private void scalar(JsonNode node) {
    if (node.isTextual()) {
      string(node.textValue());
    } else if (node.isFloat() || node.isDouble()) {
      out.append(number(node.doubleValue()));
    } else {
      out.append(node.asText());
    }
  }

  /** A double as Python's {@code repr}, or as its json module where it is not finite. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    return number(new BigDecimal(NumberOutput.toString(value, true)));
  }

  private static String number(BigDecimal shortest) {
    BigDecimal plain = shortest.stripTrailingZeros();
    String digits = plain.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - plain.scale();
    String sign = plain.signum() < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
      String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
      return String.format(
          Locale.ROOT,
          "%s%s%se%s%02d",
          sign,
          digits.charAt(0),
          fraction,
          exponent < 0 ? "-" : "+",
          Math.abs(exponent));
    }
    if (exponent < 0) {
      return sign + "0." + "0".repeat(-exponent - 1) + digits;
    }
    String padded = digits + "0".repeat(Math.max(0, exponent + 2 - digits.length()));
    return sign + padded.substring(0, exponent + 1) + "." + padded.substring(exponent + 1);
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || c > 0x7e) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
