package io.github.nnunet4j.image;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * An open file whose content may be gzip, told by its first bytes and not by its name.
 *
 * @param stream the bytes, inflated
 * @param length of the file on disk
 * @param compressed whether it is gzip
 */
record Source(InputStream stream, long length, boolean compressed) implements Closeable {
  private static final int BUFFER = 1 << 18;

  static Source open(Path file) throws IOException {
    Malformed.requireThere(file);
    if (!Files.isRegularFile(file)) {
      throw new IOException("not a regular file: " + file);
    }
    long length = Files.size(file);
    InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      return new Source(gzip ? inflate(file, raw) : raw, length, gzip);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  private static InputStream inflate(Path file, InputStream raw) throws IOException {
    InputStream[] made = new InputStream[1];
    VoxelStream.guard(
        file,
        () -> {
          made[0] = new GZIPInputStream(raw, BUFFER);
          return 0;
        });
    return made[0];
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
