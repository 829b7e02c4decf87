package io.github.nnunet4j.image;

import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.error.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the exceptions that name a file. */
final class Malformed {
  private static final String NEXT = "Check the file with the program that wrote it.";

  private Malformed() {}

  static ImageException file(Path file, String expected, String found) {
    return file(file, expected, found, NEXT);
  }

  static ImageException file(Path file, String expected, String found, String next) {
    return file(file, expected, found, next, null);
  }

  static ImageException file(
      Path file, String expected, String found, String next, @Nullable Throwable cause) {
    return new ImageException(new Problem(file.toString(), expected, found, next), cause);
  }

  /** Refuses a file that is not there; a bare exception of the file system says neither. */
  static void requireThere(Path file) {
    if (!Files.exists(file)) {
      throw file(
          file,
          "a file",
          "no such file",
          "Add it, or correct its name"
              + (file.isAbsolute() ? "" : "; this path begins at " + Path.of("").toAbsolutePath())
              + ".");
    }
  }
}
