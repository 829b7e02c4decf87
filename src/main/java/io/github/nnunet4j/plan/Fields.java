package io.github.nnunet4j.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a plans file says of one strategy: a word and named values. Values are text, numbers, truth
 * values, null, and lists or maps of these.
 */
public final class Fields {
  private final String word;
  private final Map<String, @Nullable Object> values;

  private Fields(String word, Map<String, @Nullable Object> values) {
    this.word = Objects.requireNonNull(word, "word");
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * A word without values.
   *
   * @param word what the file calls the strategy
   * @return the fields
   */
  public static Fields of(String word) {
    return new Fields(word, Map.of());
  }

  /**
   * These fields and one more value.
   *
   * @param key its name
   * @param value text, number, truth value, null, or a list or map of these
   * @return new fields
   */
  public Fields with(String key, @Nullable Object value) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Fields(word, more);
  }

  /**
   * The word.
   *
   * @return what the file calls the strategy
   */
  public String word() {
    return word;
  }

  /**
   * All values.
   *
   * @return in file order, unmodifiable
   */
  public Map<String, @Nullable Object> values() {
    return values;
  }

  /**
   * A number among the values.
   *
   * @param key its name
   * @return the number
   * @throws IllegalArgumentException if it is missing or no number
   */
  public double number(String key) {
    if (values.get(key) instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong(key, "a number");
  }

  /**
   * A text among the values.
   *
   * @param key its name
   * @return the text
   * @throws IllegalArgumentException if it is missing or no text
   */
  public String text(String key) {
    if (values.get(key) instanceof String text) {
      return text;
    }
    throw wrong(key, "a text");
  }

  /**
   * A truth value among the values.
   *
   * @param key its name
   * @return true or false
   * @throws IllegalArgumentException if it is missing or no truth value
   */
  public boolean bool(String key) {
    if (values.get(key) instanceof Boolean bool) {
      return bool;
    }
    throw wrong(key, "true or false");
  }

  /**
   * A list among the values.
   *
   * @param key its name
   * @return the elements
   * @throws IllegalArgumentException if it is missing or no list
   */
  public List<?> list(String key) {
    if (values.get(key) instanceof List<?> list) {
      return list;
    }
    throw wrong(key, "a list");
  }

  private IllegalArgumentException wrong(String key, String expected) {
    return new IllegalArgumentException(
        word + " needs " + expected + " as \"" + key + "\", found " + values.get(key));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Fields that && word.equals(that.word) && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return 31 * word.hashCode() + values.hashCode();
  }

  @Override
  public String toString() {
    return word + (values.isEmpty() ? "" : " " + values);
  }
}
