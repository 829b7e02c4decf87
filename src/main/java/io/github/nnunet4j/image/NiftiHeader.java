package io.github.nnunet4j.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The fields of a NIfTI-1 or NIfTI-2 header that matter here, as stored. Field offsets are those of
 * nifti1.h and nifti2.h. Intent codes say nothing about the voxels and are not looked at.
 */
final class NiftiHeader {
  static final int SIZE_1 = 348;
  static final int SIZE_2 = 540;

  final int size;
  final ByteOrder order;

  /** Sizes, fastest axis (x) first; as many as the file has axes. */
  final long[] dim;

  /** The quaternion's sign and the voxel sizes, x first. */
  final double[] pixdim = new double[8];

  final int datatype;
  final long offset;
  final double slope;
  final double intercept;
  final int units;
  final int qformCode;
  final int sformCode;

  /** Quaternion b, c, d and offsets x, y, z. */
  final double[] qform = new double[6];

  /** Three rows of four. */
  final double[] sform = new double[12];

  private NiftiHeader(Path file, ByteBuffer b, int size, boolean pair) {
    this.size = size;
    this.order = b.order();
    boolean one = size == SIZE_1;
    long axes = one ? b.getShort(40) : b.getLong(16);
    if (axes < 1 || axes > 7) {
      throw Malformed.file(file, "1 to 7 axes (dim[0])", "dim[0] = " + axes);
    }
    dim = new long[(int) axes];
    for (int i = 0; i < dim.length; i++) {
      dim[i] = one ? b.getShort(42 + 2 * i) : b.getLong(24 + 8 * i);
    }
    for (int i = 0; i < 8; i++) {
      pixdim[i] = one ? b.getFloat(76 + 4 * i) : b.getDouble(104 + 8 * i);
    }
    datatype = b.getShort(one ? 70 : 12);
    offset = offset(file, one ? b.getFloat(108) : b.getLong(168), pair);
    double storedSlope = one ? b.getFloat(112) : b.getDouble(176);
    double storedIntercept = one ? b.getFloat(116) : b.getDouble(184);
    boolean scaled = storedSlope != 0 && Double.isFinite(storedSlope);
    if (scaled && !Double.isFinite(storedIntercept)) {
      throw Malformed.file(file, "a finite scl_inter", "scl_inter = " + storedIntercept);
    }
    slope = scaled ? storedSlope : 1;
    intercept = scaled ? storedIntercept : 0;
    units = one ? b.get(123) : b.getInt(500);
    qformCode = one ? b.getShort(252) : b.getInt(344);
    sformCode = one ? b.getShort(254) : b.getInt(348);
    for (int i = 0; i < 6; i++) {
      qform[i] = one ? b.getFloat(256 + 4 * i) : b.getDouble(352 + 8 * i);
    }
    for (int i = 0; i < 12; i++) {
      sform[i] = one ? b.getFloat(280 + 4 * i) : b.getDouble(400 + 8 * i);
    }
  }

  /** Reads the header and leaves the stream right behind it. */
  static NiftiHeader read(Path file, InputStream in, boolean pair) throws IOException {
    byte[] bytes = new byte[SIZE_2];
    need(file, in, bytes, 0, 4);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int size = buffer.getInt(0);
    if (size != SIZE_1 && size != SIZE_2) {
      size = buffer.order(ByteOrder.BIG_ENDIAN).getInt(0);
    }
    if (size != SIZE_1 && size != SIZE_2) {
      throw Malformed.file(
          file,
          "a NIfTI header of 348 or 540 bytes",
          "the size " + buffer.order(ByteOrder.LITTLE_ENDIAN).getInt(0));
    }
    need(file, in, bytes, 4, size - 4);
    String magic = magic(bytes, size == SIZE_1 ? 344 : 4);
    String expected = (pair ? "ni" : "n+") + (size == SIZE_1 ? 1 : 2);
    if (!magic.equals(expected)) {
      throw Malformed.file(
          file,
          "the magic word " + expected,
          "'" + magic + "'",
          "Analyze files and files renamed between .nii and .hdr/.img must be converted.");
    }
    return new NiftiHeader(file, buffer, size, pair);
  }

  private static void need(Path file, InputStream in, byte[] to, int at, int count)
      throws IOException {
    int got = VoxelStream.guard(file, () -> in.readNBytes(to, at, count));
    if (got < count) {
      throw Malformed.file(
          file, "a NIfTI header of 348 or 540 bytes", "the end after " + (at + got) + " bytes");
    }
  }

  private static String magic(byte[] bytes, int at) {
    int length = 0;
    while (length < 4 && bytes[at + length] != 0) {
      length++;
    }
    return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
  }

  private long offset(Path file, double stored, boolean pair) {
    // A single file that says 0 means the usual place right behind header and extension flag.
    long least = pair ? 0 : size + 4L;
    double start = stored == 0 ? least : stored;
    if (!(start >= least && start <= 1L << 28)) {
      throw Malformed.file(
          file, "voxels that start at byte " + least + " or later", "vox_offset = " + stored);
    }
    return (long) start;
  }

  /** The stored number type; refuses what is not one real number per voxel. */
  SampleType type(Path file) {
    return switch (datatype) {
      case 2 -> SampleType.UINT8;
      case 4 -> SampleType.INT16;
      case 8 -> SampleType.INT32;
      case 16 -> SampleType.FLOAT32;
      case 64 -> SampleType.FLOAT64;
      case 256 -> SampleType.INT8;
      case 512 -> SampleType.UINT16;
      case 768 -> SampleType.UINT32;
      case 1024 -> SampleType.INT64;
      case 1280 -> SampleType.UINT64;
      default ->
          throw Malformed.file(
              file,
              "integers of 8 to 64 bits or floats of 32 or 64 bits",
              "datatype " + datatype + " (" + name(datatype) + ")",
              "Convert the file to one number per voxel.");
    };
  }

  private static String name(int datatype) {
    return switch (datatype) {
      case 0 -> "unknown";
      case 1 -> "bits";
      case 32, 1792, 2048 -> "complex";
      case 128, 2304 -> "colour";
      case 1536 -> "float128";
      default -> "not a NIfTI type";
    };
  }

  /** Size of an axis, 1 where the file has fewer axes. */
  long size(int axis) {
    return axis < dim.length ? dim[axis] : 1;
  }

  @Override
  public String toString() {
    return "NIfTI-" + (size == SIZE_1 ? 1 : 2) + " " + Arrays.toString(dim) + " type " + datatype;
  }
}
