package io.github.nnunet4j.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * JSON as trees, in the dialect of Python's json module: NaN and Infinity are accepted and written
 * bare, four spaces of indentation. No data binding.
 */
public final class Json {
  private static final long MAX_FILE = 256L << 20;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  /** A mutable object node. */
  public static com.fasterxml.jackson.databind.node.ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** A mutable array node. */
  public static com.fasterxml.jackson.databind.node.ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  /**
   * Parses text.
   *
   * @throws IOException with line and column if it is not JSON
   */
  public static JsonNode parse(String text) throws IOException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException(e.getOriginalMessage() + " at line " + line(e), e);
    }
  }

  /**
   * Reads a file of at most 256 MiB.
   *
   * @throws IOException naming the file, line and column if it is not JSON
   */
  public static JsonNode read(Path file) throws IOException {
    long size = Files.size(file);
    if (size > MAX_FILE) {
      throw new IOException(file + ": " + size + " bytes are too many for a JSON file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return MAPPER.readTree(in);
    } catch (JsonProcessingException e) {
      throw new IOException(
          file + ": not JSON: " + e.getOriginalMessage() + " at line " + line(e), e);
    } catch (CharConversionException e) {
      throw new IOException(file + ": not JSON: " + e.getMessage(), e);
    }
  }

  private static String line(JsonProcessingException e) {
    return e.getLocation() == null
        ? "?"
        : e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
  }

  /** The tree as Python's json module indents it by 4, character for character. */
  public static String text(JsonNode node) {
    return PythonJsonWriter.text(node);
  }

  /** The tree on one line. */
  public static String line(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the tree as indented text, atomically. */
  public static void write(Path file, JsonNode node) throws IOException {
    AtomicFiles.write(file, text(node).getBytes(StandardCharsets.UTF_8));
  }
}
