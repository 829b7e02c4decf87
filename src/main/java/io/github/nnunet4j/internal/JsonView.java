package io.github.nnunet4j.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.Problem;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A JSON node that knows the file and the path it came from, so that every complaint says where.
 * The exception type is the reader's choice.
 */
public final class JsonView {
  private final JsonNode node;
  private final String file;
  private final String path;
  private final Function<Problem, ? extends RuntimeException> fail;

  private JsonView(
      JsonNode node, String file, String path, Function<Problem, ? extends RuntimeException> fail) {
    this.node = node;
    this.file = file;
    this.path = path;
    this.fail = fail;
  }

  /** The root of a document. */
  public static JsonView root(
      JsonNode node, String file, Function<Problem, ? extends RuntimeException> fail) {
    return new JsonView(node, file, "$", fail);
  }

  /** The root of a file; text that is no JSON fails as everything else that is wrong with it. */
  public static JsonView read(Path file, Function<Problem, ? extends RuntimeException> fail)
      throws IOException {
    try {
      return root(Json.read(file), file.toString(), fail);
    } catch (IOException e) {
      if (e.getCause() instanceof JsonProcessingException
          || e.getCause() instanceof CharConversionException) {
        throw fail.apply(
            new Problem(
                file.toString(),
                "JSON",
                String.valueOf(e.getMessage()).replace(file + ": ", ""),
                "Correct the file, or restore a whole copy."));
      }
      throw e;
    }
  }

  /** The node itself. */
  public JsonNode node() {
    return node;
  }

  /** Another node in this place. */
  public JsonView withNode(JsonNode other) {
    return new JsonView(other, file, path, fail);
  }

  /** The place: file and JSON path. */
  public String where() {
    return file + " " + path;
  }

  /** The failure to throw for this place. */
  public RuntimeException failure(String expected, String next) {
    return fail.apply(new Problem(where(), expected, describe(node), next));
  }

  /** Whether a key is there and not null. */
  public boolean has(String key) {
    return node.hasNonNull(key);
  }

  /** Whether this is a JSON object. */
  public boolean isObject() {
    return node.isObject();
  }

  /** Whether this is a JSON array. */
  public boolean isArray() {
    return node.isArray();
  }

  /** The value of a key that must be there. */
  public JsonView get(String key) {
    requireObject();
    JsonNode child = node.get(key);
    if (child == null) {
      throw fail.apply(
          new Problem(
              where(), "the key \"" + key + "\"", "keys " + keys(), "Add \"" + key + "\"."));
    }
    return new JsonView(child, file, path + "." + key, fail);
  }

  /** The value of a key, if there and not null. */
  public Optional<JsonView> find(String key) {
    requireObject();
    return has(key) ? Optional.of(get(key)) : Optional.empty();
  }

  /** The keys in file order. */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  /** The entries of an object, in file order. */
  public Map<String, JsonView> entries() {
    requireObject();
    Map<String, JsonView> out = new LinkedHashMap<>();
    keys().forEach(key -> out.put(key, get(key)));
    return out;
  }

  /** The elements of an array. */
  public List<JsonView> list() {
    if (!node.isArray()) {
      throw failure("a list", "Write [ ... ].");
    }
    List<JsonView> out = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      out.add(new JsonView(node.get(i), file, path + "[" + i + "]", fail));
    }
    return out;
  }

  /** The elements of an array, each through the function. */
  public <T> List<T> list(Function<JsonView, T> element) {
    return list().stream().map(element).toList();
  }

  /** The text. */
  public String text() {
    if (!node.isTextual()) {
      throw failure("a text", "Put it in double quotes.");
    }
    return node.textValue();
  }

  /** The whole number. */
  public int integer() {
    if (!node.isNumber() || !node.canConvertToExactIntegral() || !node.canConvertToInt()) {
      throw failure("a whole number", "Write a number without fraction within 32 bits.");
    }
    return node.intValue();
  }

  /** The number; NaN and infinities allowed. */
  public double number() {
    if (!node.isNumber()) {
      throw failure("a number", "Write a number without quotes.");
    }
    return node.doubleValue();
  }

  /** The truth value. */
  public boolean bool() {
    if (!node.isBoolean()) {
      throw failure("true or false", "Write true or false without quotes.");
    }
    return node.booleanValue();
  }

  private void requireObject() {
    if (!node.isObject()) {
      throw failure("an object", "Write { ... }.");
    }
  }

  private static String describe(JsonNode node) {
    String text = Json.line(node);
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
