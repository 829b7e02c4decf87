package io.github.nnunet4j.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.internal.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plain values (text, numbers, truth values, null, lists, maps) as JSON and back. */
final class JsonValues {
  private JsonValues() {}

  static JsonNode node(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      ObjectNode node = Json.object();
      map.forEach((key, element) -> node.set(String.valueOf(key), node(element)));
      return node;
    }
    if (value instanceof List<?> list) {
      ArrayNode node = Json.array();
      list.forEach(element -> node.add(node(element)));
      return node;
    }
    ObjectNode factory = Json.object();
    if (value == null) {
      return factory.nullNode();
    }
    if (value instanceof String text) {
      return factory.textNode(text);
    }
    if (value instanceof Boolean bool) {
      return factory.booleanNode(bool);
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Short) {
      return factory.numberNode(((Number) value).longValue());
    }
    if (value instanceof Number number) {
      return factory.numberNode(number.doubleValue());
    }
    throw new IllegalArgumentException(
        "a strategy's values are text, numbers, truth values, null, lists and maps, not " + value);
  }

  static @Nullable Object value(JsonNode node) {
    if (node.isObject()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      node.properties().forEach(entry -> map.put(entry.getKey(), value(entry.getValue())));
      return map;
    }
    if (node.isArray()) {
      List<@Nullable Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(element)));
      return list;
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToInt()) {
      return node.intValue();
    }
    return node.isNumber() ? node.doubleValue() : null;
  }
}
