package io.github.nnunet4j.image;

import java.nio.ByteBuffer;

/** The number types that files store; decodes runs of them. */
enum SampleType {
  INT8(1),
  UINT8(1),
  INT16(2),
  UINT16(2),
  INT32(4),
  UINT32(4),
  INT64(8),
  UINT64(8),
  FLOAT32(4),
  FLOAT64(8);

  private final int bytes;

  SampleType(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  boolean isFloat() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** Decodes the first count values of the buffer, as float32. */
  void decode(ByteBuffer from, float[] to, int offset, int count) {
    switch (this) {
      case INT8 -> bytes(from, to, offset, count, -1);
      case UINT8 -> bytes(from, to, offset, count, 0xff);
      case INT16 -> shorts(from, to, offset, count, -1);
      case UINT16 -> shorts(from, to, offset, count, 0xffff);
      case INT32 -> ints(from, to, offset, count, -1);
      case UINT32 -> ints(from, to, offset, count, 0xffffffffL);
      case INT64 -> longs(from, to, offset, count);
      case FLOAT32 -> from.asFloatBuffer().get(0, to, offset, count);
      default -> {
        for (int i = 0; i < count; i++) {
          to[offset + i] = (float) value(from, i);
        }
      }
    }
  }

  /** The mask of ones leaves the sign, the other takes it away; so below. */
  private static void bytes(ByteBuffer from, float[] to, int offset, int count, int mask) {
    for (int i = 0; i < count; i++) {
      to[offset + i] = from.get(i) & mask;
    }
  }

  private static void shorts(ByteBuffer from, float[] to, int offset, int count, int mask) {
    for (int i = 0; i < count; i++) {
      to[offset + i] = from.getShort(2 * i) & mask;
    }
  }

  private static void ints(ByteBuffer from, float[] to, int offset, int count, long mask) {
    for (int i = 0; i < count; i++) {
      to[offset + i] = from.getInt(4 * i) & mask;
    }
  }

  /** Rounds once, not by way of a double. */
  private static void longs(ByteBuffer from, float[] to, int offset, int count) {
    for (int i = 0; i < count; i++) {
      to[offset + i] = from.getLong(8 * i);
    }
  }

  /** Decodes the first count values of the buffer, as float64. */
  void decode(ByteBuffer from, double[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] = value(from, i);
    }
  }

  private double value(ByteBuffer from, int i) {
    return switch (this) {
      case INT8 -> from.get(i);
      case UINT8 -> from.get(i) & 0xff;
      case INT16 -> from.getShort(2 * i);
      case UINT16 -> from.getShort(2 * i) & 0xffff;
      case INT32 -> from.getInt(4 * i);
      case UINT32 -> from.getInt(4 * i) & 0xffffffffL;
      case INT64 -> from.getLong(8 * i);
      case UINT64 -> unsigned(from.getLong(8 * i));
      case FLOAT32 -> from.getFloat(4 * i);
      case FLOAT64 -> from.getDouble(8 * i);
    };
  }

  private static double unsigned(long value) {
    // Halving with the lost bit kept rounds as the whole number would.
    return value >= 0 ? value : 2.0 * (double) ((value >>> 1) | (value & 1));
  }
}
