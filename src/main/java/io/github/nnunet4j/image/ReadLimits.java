package io.github.nnunet4j.image;

import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.internal.Checks;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What a reader may allocate for one file. Whatever the limit, a reader also refuses a file that
 * claims more voxels than its bytes can hold (deflate packs at most 1032 to 1) and one that does
 * not fit into the memory of the virtual machine.
 *
 * @param voxels the largest number of values of one file, all channels together
 */
public record ReadLimits(long voxels) {
  /** Deflate's largest ratio: 258 bytes in two bits. */
  static final long DEFLATE_RATIO = 1032;

  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
  private static final ReadLimits STANDARD = new ReadLimits(1L << 32);

  /** Checks that the limit is positive. */
  public ReadLimits {
    Checks.argument(voxels > 0, "the voxel limit must be positive, was %d", voxels);
  }

  /**
   * The limits used where none are given: four thousand million values.
   *
   * @return the standard limits
   */
  public static ReadLimits standard() {
    return STANDARD;
  }

  /** The product of sizes, all positive, refused as soon as it passes this limit. */
  long product(Path file, long... sizes) {
    long product = 1;
    for (long size : sizes) {
      if (size < 1) {
        throw Malformed.file(file, "sizes of at least 1", "a size of " + size);
      }
      if (product > voxels / size) {
        throw Malformed.file(
            file,
            "at most " + voxels + " values",
            "sizes " + Arrays.toString(sizes),
            "Read it with larger ReadLimits if the file is to be trusted.");
      }
      product *= size;
    }
    return product;
  }

  /** Checks what is claimed against what one array and the heap can hold; bytes per value. */
  void requireRoom(Path file, long perChannel, long channels, int bytes) {
    if (perChannel > MAX_ARRAY) {
      throw Malformed.file(
          file, "at most " + MAX_ARRAY + " voxels per channel", perChannel + " voxels");
    }
    long need = Math.multiplyExact(Math.multiplyExact(perChannel, channels), (long) bytes);
    long heap = Runtime.getRuntime().maxMemory();
    if (need > heap) {
      throw Malformed.file(
          file,
          "an image that fits into the heap of " + heap + " bytes",
          "an image of " + need + " bytes",
          "Give the virtual machine more memory (-Xmx).");
    }
  }

  /** Checks that so many bytes can come out of the rest of a file. */
  static void requireBytes(Path file, long needed, long stored, boolean deflated) {
    long most = deflated ? Math.multiplyExact(stored, DEFLATE_RATIO) : stored;
    if (needed > most) {
      throw truncated(file, needed, stored + (deflated ? " compressed" : "") + " bytes");
    }
  }

  static ImageException truncated(Path file, long needed, String found) {
    return Malformed.file(
        file,
        needed + " bytes of voxels",
        found,
        "The file is cut off or its header is wrong: fetch it again.");
  }
}
