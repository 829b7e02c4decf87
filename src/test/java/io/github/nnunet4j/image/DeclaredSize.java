package io.github.nnunet4j.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** What an image file says of its size, found without the library's readers. */
final class DeclaredSize {
  private DeclaredSize() {}

  /** Fails unless the file, or its header, says this size (x, y, z, channels) somewhere. */
  static void require(Path file, Extent extent, int channels) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<Long> found =
        List.of((long) extent.get(2), (long) extent.get(1), (long) extent.get(0), (long) channels);
    if (Names.endsWith(file, ".mha", ".mhd", ".nrrd", ".nhdr")) {
      assertThat(text(bytes))
          .as("sizes that %s declares for %s", file, found)
          .anyMatch(said -> fits(said, found));
    } else if (Names.endsWith(file, ".nii", ".hdr")) {
      assertThat(found).as("size of %s", file).isEqualTo(nifti(bytes));
    } else {
      List<Long> said = raster(bytes);
      if (!said.isEmpty()) {
        assertThat(found.subList(0, 3)).as("size of %s", file).isEqualTo(said);
      }
    }
  }

  /** Axes that a header leaves out are 1; numbers beyond its axes are not looked at. */
  private static boolean fits(double[] said, List<Long> found) {
    for (int axis = 0; axis < 4; axis++) {
      boolean asSaid = axis < said.length && said[axis] == found.get(axis);
      if (!asSaid && (axis < 2 || found.get(axis) != 1)) {
        return false;
      }
    }
    return true;
  }

  private static List<double[]> text(byte[] bytes) {
    List<double[]> all = new ArrayList<>();
    for (String line : new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)) {
      for (char separator : new char[] {'=', ':'}) {
        int at = line.indexOf(separator);
        String key = at < 0 ? "" : line.substring(0, at).strip();
        if (key.equalsIgnoreCase("dimsize") || key.equalsIgnoreCase("sizes")) {
          String[] words =
              line.substring(at + 1).replaceAll("[(),]", " ").strip().split("\\s+", -1);
          all.add(Arrays.stream(words).mapToDouble(DeclaredSize::number).toArray());
        }
      }
    }
    return all;
  }

  private static double number(String word) {
    try {
      return Double.parseDouble(word);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static List<Long> nifti(byte[] bytes) throws IOException {
    byte[] head = Arrays.copyOf(bytes, 540);
    if (bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b) {
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        head = Arrays.copyOf(in.readNBytes(540), 540);
      }
    }
    ByteBuffer b = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    if (b.getInt(0) != 348 && b.getInt(0) != 540) {
      b.order(ByteOrder.BIG_ENDIAN);
    }
    boolean one = b.getInt(0) == 348;
    List<Long> sizes = new ArrayList<>();
    long axes = one ? b.getShort(40) : b.getLong(16);
    for (int axis = 1; axis <= 4; axis++) {
      sizes.add(axis > axes ? 1 : one ? b.getShort(40 + 2 * axis) : b.getLong(16 + 8 * axis));
    }
    return sizes;
  }

  /** Of PNG, BMP and TIFF; empty for what else the JDK reads. */
  private static List<Long> raster(byte[] bytes) {
    ByteBuffer b = ByteBuffer.wrap(bytes);
    if (bytes.length >= 24 && b.getLong(0) == 0x89504e470d0a1a0aL) {
      return List.of((long) b.getInt(16), (long) b.getInt(20), 1L);
    }
    b.order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length >= 26 && bytes[0] == 'B' && bytes[1] == 'M' && b.getInt(14) != 12) {
      return List.of((long) b.getInt(18), (long) Math.abs(b.getInt(22)), 1L);
    }
    boolean big = bytes.length > 8 && bytes[0] == 'M' && bytes[1] == 'M';
    if (bytes.length > 8 && (big || (bytes[0] == 'I' && bytes[1] == 'I'))) {
      return tiff(b.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));
    }
    return List.of();
  }

  private static List<Long> tiff(ByteBuffer b) {
    long width = -1;
    long height = -1;
    Set<Integer> pages = new HashSet<>();
    for (int at = b.getInt(4); at != 0 && pages.add(at); ) {
      int entries = b.getShort(at) & 0xffff;
      for (int i = 0; i < entries && pages.size() == 1; i++) {
        int entry = at + 2 + 12 * i;
        int tag = b.getShort(entry) & 0xffff;
        int type = b.getShort(entry + 2);
        if (tag == 256 || tag == 257) {
          if (type != 3 && type != 4) {
            return List.of();
          }
          long value = type == 3 ? b.getShort(entry + 8) & 0xffff : b.getInt(entry + 8);
          width = tag == 256 ? value : width;
          height = tag == 257 ? value : height;
        }
      }
      at = b.getInt(at + 2 + 12 * entries);
    }
    return List.of(width, height, (long) pages.size());
  }
}
