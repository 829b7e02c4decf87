package io.github.nnunet4j.image;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Walks a TIFF's chain of directories without decoding; refuses loops and what lies outside. */
final class TiffDirectories {
  private static final int MOST = 1 << 16;

  private TiffDirectories() {}

  static int count(Path file) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      ByteBuffer head = bytes(file, in, 0, 8);
      int mark = head.getShort(0);
      if (mark != 0x4949 && mark != 0x4d4d) {
        return 1; // not a TIFF whatever its name: the codecs decide by content
      }
      ByteOrder order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
      int version = head.order(order).getShort(2);
      if (version != 42) {
        throw Malformed.file(
            file, "a classic TIFF", "version " + version, "Write it without BigTIFF.");
      }
      Set<Long> seen = new HashSet<>();
      long at = head.getInt(4) & 0xffffffffL;
      while (at != 0) {
        if (!seen.add(at) || seen.size() > MOST) {
          throw Malformed.file(file, "a chain of at most 65536 directories", "a loop or more");
        }
        at = next(file, in, at, order);
      }
      if (seen.isEmpty()) {
        throw Malformed.file(file, "at least one page", "none");
      }
      return seen.size();
    }
  }

  private static long next(Path file, RandomAccessFile in, long at, ByteOrder order)
      throws IOException {
    int entries = bytes(file, in, at, 2).order(order).getShort(0) & 0xffff;
    ByteBuffer table = bytes(file, in, at + 2, 12 * entries + 4).order(order);
    for (int i = 0; i < entries; i++) {
      int type = table.getShort(12 * i + 2);
      long size = (table.getInt(12 * i + 4) & 0xffffffffL) * width(type);
      long start = table.getInt(12 * i + 8) & 0xffffffffL;
      if (size > 4 && start + size > in.length()) {
        throw Malformed.file(
            file,
            "fields within the file",
            "field " + (table.getShort(12 * i) & 0xffff) + " of " + size + " bytes at " + start);
      }
    }
    return table.getInt(12 * entries) & 0xffffffffL;
  }

  private static int width(int type) {
    return switch (type) {
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12 -> 8;
      default -> 1;
    };
  }

  private static ByteBuffer bytes(Path file, RandomAccessFile in, long at, int count)
      throws IOException {
    if (at + count > in.length()) {
      throw Malformed.file(file, "a complete image", "the end after " + in.length() + " bytes");
    }
    byte[] read = new byte[count];
    in.seek(at);
    in.readFully(read);
    return ByteBuffer.wrap(read);
  }
}
