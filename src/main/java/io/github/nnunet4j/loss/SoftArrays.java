package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Averages over the windows of a coarse output, of the voxels that count, as engine arrays. */
final class SoftArrays {
  private final NDManager manager;
  private final List<short[]> samples;
  private final SoftPooling pooling;
  private final List<float[]> counted = new ArrayList<>();

  SoftArrays(NDManager manager, List<short[]> samples, SoftPooling pooling, LabelTable table) {
    this.manager = manager;
    this.samples = samples;
    this.pooling = pooling;
    float[] counts = table.counted();
    for (int s = 0; s < samples.size(); s++) {
      table.check(samples.get(s), s);
      counted.add(pooling.sums(samples.get(s), counts));
    }
  }

  /** The share of each label or region (batch, channels, [z,] y, x), float32. */
  NDArray channels(List<float[]> members) {
    return array(
        members.size(),
        out -> {
          for (int s = 0; s < samples.size(); s++) {
            for (float[] member : members) {
              out.put(shares(pooling.sums(samples.get(s), member), counted.get(s)));
            }
          }
        });
  }

  private static float[] shares(float[] sums, float[] counts) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = counts[i] == 0 ? 0 : sums[i] / counts[i];
    }
    return sums;
  }

  /** 1 where a window has a voxel that counts (batch, 1, [z,] y, x), float32. */
  NDArray mask() {
    return array(
        1,
        out -> {
          for (float[] counts : counted) {
            for (float count : counts) {
              out.put(count > 0 ? 1 : 0);
            }
          }
        });
  }

  private NDArray array(int channels, Consumer<FloatBuffer> fill) {
    return EngineArrays.of(
        manager,
        EngineArrays.shape(samples.size(), channels, pooling.output()),
        DataType.FLOAT32,
        bytes -> fill.accept(bytes.asFloatBuffer()));
  }
}
