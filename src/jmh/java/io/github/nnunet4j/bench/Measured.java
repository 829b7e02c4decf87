package io.github.nnunet4j.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Runs something once to warm up and then some times, and prints one JSON line as the peer does.
 */
final class Measured {
  private static final int KIB_PER_MIB = 1024;

  private Measured() {}

  /** Something to measure. */
  interface Work {
    void run() throws IOException;
  }

  /** Measures. The times are divided by the scale, such as the number of cases. */
  static void report(String item, int threads, int runs, int scale, Work work) throws IOException {
    System.gc();
    long before = status("VmRSS");
    double first = seconds(work) / scale;
    double[] seconds = new double[runs];
    double cpu = cpuSeconds();
    for (int run = 0; run < runs; run++) {
      seconds[run] = seconds(work) / scale;
    }
    cpu = (cpuSeconds() - cpu) / runs / scale;
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "{\"item\": \"%s\", \"threads\": %d, \"value\": %.4f, \"first\": %.4f, \"runs\": %s,"
            + " \"cpu_s\": %.3f, \"peak_rss_mb\": %d, \"rss_before_mb\": %d}%n",
        item,
        threads,
        sorted[runs / 2],
        first,
        Arrays.toString(seconds),
        cpu,
        status("VmHWM") / KIB_PER_MIB,
        before / KIB_PER_MIB);
  }

  private static double seconds(Work work) throws IOException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** What the process has used of the processors. */
  static double cpuSeconds() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }

  /** A line of the kernel's account of this process, in KiB; 0 where there is none. */
  static long status(String key) throws IOException {
    Path file = Path.of("/proc/self/status");
    if (!Files.exists(file)) {
      return 0;
    }
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
