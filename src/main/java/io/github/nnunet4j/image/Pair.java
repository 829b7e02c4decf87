package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An image of two files, which cannot both be replaced at once. The one that readers open first is
 * deleted first and written last, so that it never lies beside the other of another image.
 *
 * @param first the file without which nothing is read
 * @param other the file that belongs to it
 */
record Pair(Path first, Path other) {
  void write(byte[] firstBytes, AtomicFiles.Body otherBody) throws IOException {
    Files.deleteIfExists(first);
    AtomicFiles.write(other, otherBody);
    AtomicFiles.write(first, firstBytes);
  }
}
