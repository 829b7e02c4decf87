package io.github.nnunet4j.bench;

import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

/**
 * Peer task {@code nifti-read}: a file of the page cache to float32 voxels in memory. Arguments:
 * timed runs, then files. Prints the first run, the median and all runs in seconds, and the
 * processor seconds of a timed run with those of the collector and the compiler; one line a file.
 */
public final class NiftiReadBench {
  private NiftiReadBench() {}

  /**
   * Measures.
   *
   * @param args timed runs, files
   * @throws IOException if a file cannot be read
   */
  public static void main(String[] args) throws IOException {
    int runs = Integer.parseInt(args[0]);
    for (String file : Arrays.asList(args).subList(1, args.length)) {
      double[] seconds = new double[runs + 1];
      float voxel = 0;
      Duration cpu = Duration.ZERO;
      for (int i = 0; i <= runs; i++) {
        cpu = i == 1 ? processor() : cpu;
        long start = System.nanoTime();
        Volume volume = ImageFormats.nifti().read(Path.of(file));
        seconds[i] = (System.nanoTime() - start) / 1e9;
        voxel = volume.unsafeArray(0)[0];
      }
      double used = processor().minus(cpu).toNanos() / 1e9 / runs;
      double[] timed = Arrays.copyOfRange(seconds, 1, seconds.length);
      Arrays.sort(timed);
      System.out.printf(
          Locale.ROOT,
          "nifti-read %s: first %.4f s, median %.4f s, %s, cpu %.3f s, first voxel %s%n",
          Path.of(file).getFileName(),
          seconds[0],
          timed[timed.length / 2],
          Arrays.toString(timed),
          used,
          voxel);
    }
  }

  private static Duration processor() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }
}
