package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/** Writes prepared cases, whole or not at all. */
final class PreparedWriter {
  private static final int CHUNK = 1 << 14;

  private PreparedWriter() {}

  static void write(Path file, String id, String digest, Prepared prepared) throws IOException {
    ClassLocations locations = prepared.classLocations();
    byte[] text = PreparedHeader.text(id, digest, prepared, locations);
    AtomicFiles.write(
        file,
        out -> {
          byte[] head = new byte[16];
          view(head).putLong(PreparedHeader.MAGIC).putLong(text.length);
          out.write(head);
          out.write(text);
          for (int c = 0; c < prepared.image().channels(); c++) {
            floats(out, prepared.image().unsafeArray(c));
          }
          if (prepared.labels().isPresent()) {
            shorts(out, prepared.labels().get());
          }
          for (int k = 0; k < locations.keys().size(); k++) {
            byte[] raw = new byte[4 * locations.count(k)];
            view(raw).asIntBuffer().put(locations.voxels(k));
            out.write(raw);
          }
        });
  }

  private static ByteBuffer view(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void floats(OutputStream out, float[] values) throws IOException {
    byte[] raw = new byte[4 * CHUNK];
    ByteBuffer bytes = view(raw);
    for (int at = 0; at < values.length; at += CHUNK) {
      int n = Math.min(CHUNK, values.length - at);
      bytes.asFloatBuffer().put(0, values, at, n);
      out.write(raw, 0, 4 * n);
    }
  }

  private static void shorts(OutputStream out, LabelMap labels) throws IOException {
    short[] values = labels.unsafeArray();
    byte[] raw = new byte[2 * CHUNK];
    ByteBuffer bytes = view(raw);
    for (int at = 0; at < values.length; at += CHUNK) {
      int n = Math.min(CHUNK, values.length - at);
      bytes.asShortBuffer().put(0, values, at, n);
      out.write(raw, 0, 2 * n);
    }
  }
}
