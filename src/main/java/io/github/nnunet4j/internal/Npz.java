package io.github.nnunet4j.internal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** NumPy's archives of arrays, as {@code numpy.savez_compressed} writes them. */
public final class Npz {
  private static final int PIECE = 1 << 14;
  private static final int ALIGNMENT = 64;

  /** The time that NumPy writes: equal arrays give equal files. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private Npz() {}

  /**
   * Writes one float32 array, atomically and part by part.
   *
   * @param file replaced if there
   * @param name of the array in the archive
   * @param shape first axis slowest; counts the parts
   * @param parts each part in order, row-major; may be one array that is filled again and again
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, String name, List<Integer> shape, IntFunction<float[]> parts)
      throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          try (ZipOutputStream zip = new ZipOutputStream(unclosed(out))) {
            zip.setLevel(Deflater.BEST_SPEED); // more takes thrice the time for a few percent
            ZipEntry entry = new ZipEntry(name + ".npy");
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            zip.write(header(shape));
            long size =
                shape.stream().skip(1).mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
            for (int i = 0; i < shape.get(0); i++) {
              float[] part = parts.apply(i);
              Checks.argument(part.length == size, "part of %d values, not %d", part.length, size);
              write(zip, part);
            }
            zip.closeEntry();
          }
        });
  }

  /** Version 1.0 of the format: magic, length, a Python literal, padded to a multiple of 64. */
  private static byte[] header(List<Integer> shape) {
    String axes =
        shape.stream()
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "(", shape.size() == 1 ? ",)" : ")"));
    String text = "{'descr': '<f4', 'fortran_order': False, 'shape': " + axes + ", }";
    int start = 10;
    int whole = (start + text.length() + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
    String padded = text + " ".repeat(whole - start - text.length() - 1) + "\n";
    return ByteBuffer.allocate(whole)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) padded.length())
        .put(padded.getBytes(StandardCharsets.US_ASCII))
        .array();
  }

  private static void write(OutputStream out, float[] values) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < values.length; at += PIECE) {
      int n = Math.min(PIECE, values.length - at);
      piece.asFloatBuffer().put(0, values, at, n);
      out.write(piece.array(), 0, n * Float.BYTES);
    }
  }

  /** Closing the archive frees its native memory; the file still has to be synced. */
  private static OutputStream unclosed(OutputStream file) {
    return new FilterOutputStream(file) {
      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
      }

      @Override
      public void close() throws IOException {
        out.flush();
      }
    };
  }
}
