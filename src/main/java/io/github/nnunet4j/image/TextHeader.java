package io.github.nnunet4j.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The "key = value" or "key: value" lines in front of the voxels of MetaImage and NRRD files. */
final class TextHeader {
  private static final int MOST = 1 << 16;

  private final Path file;
  private final Map<String, String> fields = new TreeMap<>();
  private int length;

  private TextHeader(Path file) {
    this.file = file;
  }

  /**
   * Reads lines up to the key that ends the header, or to an empty line where there is no such key.
   */
  static TextHeader read(Path file, InputStream in, String separator, @Nullable String lastKey)
      throws IOException {
    TextHeader header = new TextHeader(file);
    while (true) {
      String line = header.line(in);
      if (line == null || (lastKey == null && line.isEmpty())) {
        return header;
      }
      int at = line.indexOf(separator);
      if (at <= 0 || line.startsWith("#")) {
        continue;
      }
      // NRRD's own fields have a colon; "key:=value" is what programs add, kept as "key:".
      boolean added = line.startsWith(":=", at);
      String key = line.substring(0, at).strip().toLowerCase(Locale.ROOT) + (added ? ":" : "");
      header.fields.put(key, line.substring(at + (added ? 2 : separator.length())).strip());
      if (key.equals(lastKey)) {
        return header;
      }
    }
  }

  private @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = in.read();
      if (b < 0) {
        return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1).strip();
      }
      if (++length > MOST) {
        throw Malformed.file(file, "a text header of at most " + MOST + " bytes", "more");
      }
      if (b == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).strip();
      }
      line.write(b);
    }
  }

  /** Bytes read so far. */
  int length() {
    return length;
  }

  String get(String key, String otherwise) {
    return fields.getOrDefault(key, otherwise);
  }

  boolean has(String key) {
    return fields.containsKey(key);
  }

  String need(String key) {
    String value = fields.get(key);
    if (value == null) {
      throw Malformed.file(file, "the field '" + key + "'", "fields " + fields.keySet());
    }
    return value;
  }

  boolean isTrue(String key) {
    return get(key, "false").toLowerCase(Locale.ROOT).startsWith("t") || get(key, "").equals("1");
  }

  /** Numbers between spaces, commas and brackets. */
  double[] numbers(String key, String text, int count) {
    String[] words = text.replaceAll("[(),]", " ").strip().split("\\s+", -1);
    if (words.length < count) {
      throw Malformed.file(file, count + " numbers in '" + key + "'", text);
    }
    double[] values = new double[count];
    try {
      for (int i = 0; i < count; i++) {
        values[i] = Double.parseDouble(words[i]);
      }
    } catch (NumberFormatException e) {
      throw Malformed.file(file, "numbers in '" + key + "'", text, "Correct the header.", e);
    }
    return values;
  }

  /** Whole numbers; bounded so that none is rounded. */
  long[] sizes(String key, int count) {
    double[] values = numbers(key, need(key), count);
    long[] sizes = new long[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = (long) values[i];
      if (sizes[i] != values[i] || Math.abs(values[i]) > 1L << 52) {
        throw Malformed.file(file, "whole numbers in '" + key + "'", need(key));
      }
    }
    return sizes;
  }

  /** A small whole number, such as a count of axes. */
  int axes(String key) {
    long axes = sizes(key, 1)[0];
    if (axes < 2 || axes > 4) {
      throw Malformed.file(
          file,
          "2 or 3 axes of space, and a fourth for channels",
          axes + " axes",
          "Split the file into one file per channel.");
    }
    return (int) axes;
  }

  /** A voxel file that lies in the header's own folder. */
  Path neighbour(String name) throws IOException {
    if (name.isEmpty()
        || name.contains("/")
        || name.contains("\\")
        || name.contains("%")
        || name.contains("\0")
        || name.equals("..")
        || name.equals(".")) {
      throw Malformed.file(
          file,
          "one voxel file in the header's folder",
          "'" + name + "'",
          "Put both files into one folder and name the voxel file without a path.");
    }
    Path voxels = file.resolveSibling(name);
    if (!Files.isRegularFile(voxels)) {
      throw Malformed.file(
          file, "its voxels in " + voxels, "no such file", "Copy both files of the pair.");
    }
    return voxels;
  }
}
