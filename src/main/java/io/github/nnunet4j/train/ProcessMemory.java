package io.github.nnunet4j.train;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory of this process, for work on the processor, as the system counts it. Where Linux lets
 * the process set back its own marks ({@code /proc/self/clear_refs}), that is the highest resident
 * size during the work less the one before, and those pages of before that the work has used again:
 * an allocator may keep what was freed, so that work after other work need not grow the process.
 * Elsewhere a thread looks at the size every millisecond. Other work in the process is counted too,
 * so it should be quiet meanwhile.
 *
 * @param process what the system tells of this process
 */
record ProcessMemory(Path process) implements MemoryGauge {
  private static final long KIB = 1024;

  /** Java's heap lies below, if its references are compressed; it is not the engine's memory. */
  private static final long HEAP_END = 32L << 30;

  private static final Pattern MAPPING =
      Pattern.compile("([0-9a-f]+)-[0-9a-f]+ \\S+ \\S+ \\S+ (\\d+)\\s*(\\[heap].*|\\[anon.*|)");

  ProcessMemory() {
    this(Path.of("/proc/self"));
  }

  @Override
  public long peak(Runnable work) {
    System.gc();
    return canSetBack() ? marked(work) : watched(work, this::size);
  }

  /** Forgets which pages were used (1) and how large the process has ever been (5). */
  private boolean canSetBack() {
    try {
      Path marks = process.resolve("clear_refs");
      Files.write(marks, "1".getBytes(StandardCharsets.US_ASCII));
      Files.write(marks, "5".getBytes(StandardCharsets.US_ASCII));
      return status("VmHWM") > 0 && Files.isReadable(process.resolve("smaps"));
    } catch (IOException e) {
      return false;
    }
  }

  private long marked(Runnable work) {
    long before = status("VmRSS");
    work.run();
    long grown = Math.max(0, status("VmHWM") - before);
    long kept = Math.max(0, status("VmRSS") - before);
    return grown + Math.max(0, used() - kept);
  }

  /** A line of {@code status} such as "VmRSS: 1976 kB"; 0 if there is none. */
  private long status(String key) {
    for (String line : lines("status")) {
      if (line.startsWith(key + ":")) {
        return kibibytes(line);
      }
    }
    return 0;
  }

  /** Pages outside of files and of Java's heap that were used since the marks were set back. */
  private long used() {
    long sum = 0;
    boolean counts = false;
    for (String line : lines("smaps")) {
      if (counts && line.startsWith("Referenced:")) {
        sum += kibibytes(line);
      } else if (Character.digit(line.charAt(0), 16) >= 0 && line.indexOf('-') > 0) {
        Matcher mapping = MAPPING.matcher(line);
        counts =
            mapping.matches()
                && mapping.group(2).equals("0")
                && Long.parseUnsignedLong(mapping.group(1), 16) >= HEAP_END;
      }
    }
    return sum;
  }

  private static long kibibytes(String line) {
    return KIB * Long.parseLong(line.replaceAll("\\D", ""));
  }

  private List<String> lines(String file) {
    List<String> lines = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(process.resolve(file), StandardCharsets.UTF_8)) {
        if (!line.isEmpty()) {
          lines.add(line);
        }
      }
    } catch (IOException e) {
      lines.clear(); // nothing is told, as on other systems
    }
    return lines;
  }

  /** The resident size, or at least what the system has promised. */
  private long size() {
    long resident = status("VmRSS");
    if (resident == 0
        && ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system) {
      return system.getCommittedVirtualMemorySize();
    }
    return resident;
  }

  static long watched(Runnable work, LongSupplier size) {
    long before = size.getAsLong();
    Watch watch = new Watch(size);
    Thread thread = new Thread(watch, "nnunet4j-memory-watch");
    thread.setDaemon(true);
    thread.start();
    try {
      work.run();
    } finally {
      watch.end = true;
      end(thread);
    }
    return Math.max(0, Math.max(watch.highest, size.getAsLong()) - before);
  }

  private static void end(Thread thread) {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Watch implements Runnable {
    private final LongSupplier size;
    private volatile boolean end;
    private volatile long highest;

    Watch(LongSupplier size) {
      this.size = size;
    }

    @Override
    public void run() {
      while (!end) {
        highest = Math.max(highest, size.getAsLong());
        try {
          Thread.sleep(1);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }
}
