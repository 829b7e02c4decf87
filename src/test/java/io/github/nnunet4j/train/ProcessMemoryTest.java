package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMemoryTest {
  private static final int SIZE = 256 << 20;

  /** Memory outside of the heap, as the engine takes it. */
  private static ByteBuffer touched() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE);
    for (int i = 0; i < SIZE; i += 4096) {
      buffer.put(i, (byte) 1);
    }
    return buffer;
  }

  @Test
  void seesWhatWasTakenDuringTheWork() {
    Assumptions.assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "needs Linux");
    AtomicLong kept = new AtomicLong();
    long bytes = new ProcessMemory().peak(() -> kept.set(touched().get(4096)));
    assertThat(kept).hasValue(1);
    assertThat(bytes).isBetween((long) SIZE, SIZE + (128L << 20));
  }

  @Test
  void seesMemoryThatIsUsedAgain() {
    Assumptions.assumeTrue(Files.isWritable(Path.of("/proc/self/clear_refs")), "needs Linux");
    ByteBuffer before = touched();
    long bytes =
        new ProcessMemory()
            .peak(
                () -> {
                  for (int i = 0; i < SIZE; i += 4096) {
                    before.put(i, (byte) 2);
                  }
                });
    assertThat(bytes).isBetween((long) SIZE, SIZE + (128L << 20));
  }

  @Test
  void looksAgainAndAgainWhereMarksCannotBeSetBack() {
    AtomicLong size = new AtomicLong(100);
    long bytes =
        ProcessMemory.watched(
            () -> {
              size.set(500);
              pause();
              size.set(150);
            },
            size::get);
    assertThat(bytes).isEqualTo(400);
  }

  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void takesWhatTheSystemTellsWithoutMarks(@TempDir Path process) throws IOException {
    Files.writeString(process.resolve("status"), "Name:\tjava\nVmRSS:\t  100 kB\n");
    long bytes =
        new ProcessMemory(process)
            .peak(
                () -> {
                  try {
                    Files.writeString(process.resolve("status"), "VmRSS:\t  300 kB\n");
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    assertThat(bytes).isEqualTo(200 * 1024);
    Path nothing = process.resolve("none");
    assertThat(new ProcessMemory(nothing).peak(() -> {})).isNotNegative();
  }

  @Test
  void addsUpGrowthAndWhatWasUsedAgain(@TempDir Path process) throws IOException {
    Files.writeString(process.resolve("clear_refs"), "");
    Files.writeString(process.resolve("status"), "VmHWM:\t 1000 kB\nVmRSS:\t 1000 kB\n");
    Files.writeString(
        process.resolve("smaps"),
        """
        80000000-90000000 rw-p 00000000 00:00 0
        Referenced:          9000 kB
        7f0000000000-7f0000100000 rw-p 00000000 00:00 0
        Size:                1024 kB
        Referenced:           700 kB
        7f0000200000-7f0000300000 r-xp 00000000 fe:01 12345                    /usr/lib/libc.so.6
        Referenced:           800 kB
        555555554000-555555575000 rw-p 00000000 00:00 0                          [heap]
        Referenced:            50 kB
        """);
    long bytes =
        new ProcessMemory(process)
            .peak(
                () -> {
                  try {
                    Files.writeString(
                        process.resolve("status"), "VmHWM:\t 1900 kB\nVmRSS:\t 1200 kB\n");
                  } catch (IOException e) {
                    throw new IllegalStateException(e);
                  }
                });
    // 900 grown at the peak; of 750 used 200 are new ones that are still there
    assertThat(bytes).isEqualTo((900 + 550) * 1024);
  }
}
