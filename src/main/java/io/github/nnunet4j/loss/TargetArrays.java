package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.image.Extent;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import java.util.function.Consumer;

/** Turns the label maps of a batch into engine arrays, by table, in plain Java. */
final class TargetArrays {
  private static final int CHUNK = 4096;

  private final NDManager manager;
  private final List<short[]> samples;
  private final Extent extent;
  private final LabelTable table;

  /** Checks every voxel. */
  TargetArrays(NDManager manager, List<short[]> samples, Extent extent, LabelTable table) {
    this.manager = manager;
    this.samples = samples;
    this.extent = extent;
    this.table = table;
    for (int sample = 0; sample < samples.size(); sample++) {
      table.check(samples.get(sample), sample);
    }
  }

  /** Class numbers (batch, 1, [z,] y, x), int64. */
  NDArray labels() {
    long[] classes = table.classes();
    return array(
        1,
        DataType.INT64,
        bytes -> {
          LongBuffer out = bytes.asLongBuffer();
          samples.forEach(sample -> put(sample, classes, out));
        });
  }

  /** Membership (batch, regions, [z,] y, x), float32. */
  NDArray regions() {
    return array(
        table.regions(),
        DataType.FLOAT32,
        bytes -> {
          FloatBuffer out = bytes.asFloatBuffer();
          for (short[] sample : samples) {
            for (int region = 0; region < table.regions(); region++) {
              put(sample, table.region(region), out);
            }
          }
        });
  }

  /** Which voxels count (batch, 1, [z,] y, x), float32. */
  NDArray mask() {
    float[] counted = table.counted();
    return array(
        1,
        DataType.FLOAT32,
        bytes -> {
          FloatBuffer out = bytes.asFloatBuffer();
          samples.forEach(sample -> put(sample, counted, out));
        });
  }

  private static void put(short[] voxels, long[] table, LongBuffer out) {
    long[] chunk = new long[CHUNK];
    for (int from = 0; from < voxels.length; from += CHUNK) {
      int n = Math.min(CHUNK, voxels.length - from);
      for (int i = 0; i < n; i++) {
        chunk[i] = table[voxels[from + i] + 1];
      }
      out.put(chunk, 0, n);
    }
  }

  private static void put(short[] voxels, float[] table, FloatBuffer out) {
    float[] chunk = new float[CHUNK];
    for (int from = 0; from < voxels.length; from += CHUNK) {
      int n = Math.min(CHUNK, voxels.length - from);
      for (int i = 0; i < n; i++) {
        chunk[i] = table[voxels[from + i] + 1];
      }
      out.put(chunk, 0, n);
    }
  }

  private NDArray array(int channels, DataType type, Consumer<ByteBuffer> fill) {
    Shape shape = EngineArrays.shape(samples.size(), channels, extent);
    return EngineArrays.of(manager, shape, type, fill);
  }
}
