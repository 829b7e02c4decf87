package io.github.nnunet4j.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.ZipException;

/**
 * Turns a stream of stored numbers into float channels or labels, piece by piece; whatever the
 * stream says about broken compression becomes an image exception that names the file.
 *
 * @param file named in messages
 * @param type of the stored numbers
 * @param order of their bytes
 * @param slope factor of the stored number
 * @param intercept added after the factor
 */
record VoxelStream(Path file, SampleType type, ByteOrder order, double slope, double intercept) {
  private static final int PIECE = 1 << 16;

  VoxelStream(Path file, SampleType type, ByteOrder order) {
    this(file, type, order, 1, 0);
  }

  /** Channels one after the other, each complete. */
  float[][] readChannels(InputStream in, int channels, int voxels) throws IOException {
    float[][] all = new float[channels][];
    for (int c = 0; c < channels; c++) {
      all[c] = new float[voxels];
    }
    for (float[] channel : all) {
      fill(in, channel);
    }
    return all;
  }

  private void fill(InputStream in, float[] to) throws IOException {
    boolean scaled = slope != 1 || intercept != 0;
    ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE, to.length) * type.bytes()).order(order);
    double[] values = new double[scaled ? Math.min(PIECE, to.length) : 0];
    for (int at = 0; at < to.length; at += PIECE) {
      int count = Math.min(PIECE, to.length - at);
      readFully(in, piece.array(), count * type.bytes());
      if (scaled) {
        type.decode(piece, values, count);
        for (int i = 0; i < count; i++) {
          to[at + i] = (float) (values[i] * slope + intercept);
        }
      } else {
        type.decode(piece, to, at, count);
      }
    }
  }

  /** One channel of labels; refuses what is not a whole number or not within a short. */
  short[] readLabels(InputStream in, int voxels) throws IOException {
    short[] to = new short[voxels];
    ByteBuffer piece = ByteBuffer.allocate(Math.min(PIECE, voxels) * type.bytes()).order(order);
    double[] values = new double[Math.min(PIECE, voxels)];
    for (int at = 0; at < voxels; at += PIECE) {
      int count = Math.min(PIECE, voxels - at);
      readFully(in, piece.array(), count * type.bytes());
      type.decode(piece, values, count);
      for (int i = 0; i < count; i++) {
        to[at + i] = label(values[i] * slope + intercept);
      }
    }
    return to;
  }

  private short label(double value) {
    short label = (short) value;
    if (label != value) {
      throw notALabel(file, value);
    }
    return label;
  }

  /** The message about a value that is no label. */
  static RuntimeException notALabel(Path file, double value) {
    return Malformed.file(
        file,
        "whole numbers from -32768 to 32767 as labels",
        "the value " + value,
        "Is this an image instead of a label map? Round or renumber the labels.");
  }

  private void readFully(InputStream in, byte[] to, int count) throws IOException {
    int got = guard(file, () -> in.readNBytes(to, 0, count));
    if (got < count) {
      throw Malformed.file(
          file,
          "voxels up to the last",
          "the end of the data",
          "The file is cut off or its header is wrong: fetch it again.");
    }
  }

  /** Reads on to the end of a compressed stream so that its check sum is looked at. */
  static void checkEnd(Path file, InputStream in, int most) throws IOException {
    byte[] rest = new byte[1 << 12];
    int left = most;
    while (left > 0) {
      int got = guard(file, () -> in.read(rest));
      if (got < 0) {
        return;
      }
      left -= got;
    }
  }

  /** A step of reading. */
  @FunctionalInterface
  interface Step {
    int run() throws IOException;
  }

  /** Runs a step; broken compression is the file's fault, not the disk's. */
  static int guard(Path file, Step step) throws IOException {
    try {
      return step.run();
    } catch (ZipException | EOFException e) {
      throw Malformed.file(
          file,
          "an intact compressed stream",
          String.valueOf(e.getMessage()),
          "The file is damaged or cut off: fetch it again.",
          e);
    }
  }

  /** Passes over bytes. */
  static void skip(Path file, InputStream in, long count) throws IOException {
    byte[] passed = new byte[(int) Math.min(count, 1 << 16)];
    long left = count;
    while (left > 0) {
      int most = (int) Math.min(left, passed.length);
      int got = guard(file, () -> in.readNBytes(passed, 0, most));
      if (got == 0) {
        throw ReadLimits.truncated(file, count, "the end of the file before the first voxel");
      }
      left -= got;
    }
  }
}
