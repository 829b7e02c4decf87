package io.github.nnunet4j.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Encodes labels and floats as little-endian bytes, piece by piece. */
final class VoxelOutput {
  private static final int PIECE = 1 << 16;

  private VoxelOutput() {}

  /**
   * nnU-Net's type for a label map: uint8 if the largest label is below 255, else uint16; int16
   * where a label is negative.
   */
  static SampleType typeFor(LabelMap labels) {
    int least = 0;
    int most = 0;
    for (short label : labels.unsafeArray()) {
      least = Math.min(least, label);
      most = Math.max(most, label);
    }
    return least < 0 ? SampleType.INT16 : most < 255 ? SampleType.UINT8 : SampleType.UINT16;
  }

  static void write(OutputStream out, SampleType type, short[] labels) throws IOException {
    write(out, type, labels, 0, labels.length);
  }

  static void write(OutputStream out, SampleType type, short[] labels, int from, int count)
      throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < count; at += PIECE) {
      piece.clear();
      int end = from + Math.min(at + PIECE, count);
      for (int i = from + at; i < end; i++) {
        if (type == SampleType.UINT8) {
          piece.put((byte) labels[i]);
        } else {
          piece.putShort(labels[i]);
        }
      }
      out.write(piece.array(), 0, piece.position());
    }
  }

  static void write(OutputStream out, float[] values, int from, int count) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate(PIECE * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < count; at += PIECE) {
      int length = Math.min(PIECE, count - at);
      piece.asFloatBuffer().put(0, values, from + at, length);
      out.write(piece.array(), 0, length * Float.BYTES);
    }
  }

  /** All channels of a volume, one after the other. */
  static void write(OutputStream out, Volume volume) throws IOException {
    for (int c = 0; c < volume.channels(); c++) {
      float[] channel = volume.unsafeArray(c);
      write(out, channel, 0, channel.length);
    }
  }
}
