package io.github.nnunet4j.bench;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.fingerprint.FingerprintExtractor;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Peer task {@code fingerprint}: the whole fingerprint of a data set, reading and final statistics
 * included. Arguments: data set folder, threads (1), timed runs (3). Prints the first run, the
 * median and all runs in seconds.
 */
public final class FingerprintBench {
  private FingerprintBench() {}

  public static void main(String[] args) {
    Path folder = Path.of(args.length > 0 ? args[0] : "../shared/data/Dataset004_Hippocampus");
    int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    int runs = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    double[] seconds = new double[runs + 1];
    for (int i = 0; i <= runs; i++) {
      long start = System.nanoTime();
      var fingerprint =
          FingerprintExtractor.standard().threads(threads).extract(Dataset.open(folder));
      seconds[i] = (System.nanoTime() - start) / 1e9;
      System.out.println(fingerprint.intensities());
    }
    double[] timed = Arrays.copyOfRange(seconds, 1, seconds.length);
    Arrays.sort(timed);
    System.out.printf(
        "fingerprint %s, %d threads: first %.3f s, median %.3f s, %s%n",
        folder.getFileName(), threads, seconds[0], timed[timed.length / 2], Arrays.toString(timed));
  }
}
