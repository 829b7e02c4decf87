package io.github.nnunet4j.image;

import java.nio.file.Path;
import java.util.Locale;

/** File names and their endings, without regard to case. */
final class Names {
  private Names() {}

  static boolean endsWith(Path file, String... endings) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (String ending : endings) {
      if (name.endsWith(ending) && name.length() > ending.length()) {
        return true;
      }
    }
    return false;
  }

  /** The neighbour with another ending of the same length of name otherwise. */
  static Path replaceEnd(Path file, String ending, String with) {
    String name = String.valueOf(file.getFileName());
    return file.resolveSibling(name.substring(0, name.length() - ending.length()) + with);
  }
}
