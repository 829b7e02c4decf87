package io.github.nnunet4j.fingerprint;

import io.github.nnunet4j.dataset.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Foretells how much memory a case will take: by its files, if it has any, as those seen so far
 * took per byte of theirs; else as much as the largest so far. Before any case has been seen,
 * everything.
 */
final class CaseSizes {
  private long largest;
  private double bytes;
  private double fileBytes;

  synchronized long expected(Case one) {
    if (largest == 0) {
      return Long.MAX_VALUE;
    }
    double own = fileBytes(one);
    return own > 0 && fileBytes > 0 ? (long) Math.ceil(own * (bytes / fileBytes)) : largest;
  }

  /** Learns from a case in memory. */
  synchronized void saw(Case one, long bytesInMemory) {
    largest = Math.max(largest, bytesInMemory);
    double own = fileBytes(one);
    if (own > 0) {
      bytes += bytesInMemory;
      fileBytes += own;
    }
  }

  /** Zero for a case without files, and for one whose loading will say what is wrong with them. */
  private static double fileBytes(Case one) {
    double sum = 0;
    for (Path file : one.files()) {
      try {
        sum += Files.size(file);
      } catch (IOException e) {
        return 0;
      }
    }
    return sum;
  }
}
