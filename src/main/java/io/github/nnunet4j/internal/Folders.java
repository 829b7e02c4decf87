package io.github.nnunet4j.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a folder holds. */
public final class Folders {
  private Folders() {}

  /**
   * The names of all entries, ascending.
   *
   * @throws IOException if the folder cannot be read, or not to its end
   */
  public static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return names(entries);
    }
  }

  static List<String> names(Stream<Path> entries) throws IOException {
    try {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    } catch (UncheckedIOException e) { // how a stream says that reading failed on the way
      throw Objects.requireNonNull(e.getCause());
    }
  }
}
