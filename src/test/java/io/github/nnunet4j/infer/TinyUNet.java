package io.github.nnunet4j.infer;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Safetensors;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The recorded tiny U-Nets in plain loops and double precision, so that whole predictions can be
 * compared with the reference without a tensor engine.
 */
final class TinyUNet implements TileNetwork {
  private final Safetensors.Content weights;
  private final String prefix;
  private final int[][] strides;
  private final int convs;

  /** Feature maps (channel, z, y, x). */
  private static final class Maps {
    private final int[] size;
    private final double[][] values;

    Maps(int[] size, double[][] values) {
      this.size = size;
      this.values = values;
    }

    int[] size() {
      return size;
    }

    double[][] values() {
      return values;
    }

    int voxels() {
      return size[0] * size[1] * size[2];
    }
  }

  TinyUNet(Safetensors.Content weights, String prefix, JsonNode description) {
    this.weights = weights;
    this.prefix = prefix;
    strides =
        InferGolden.list(description.get("strides")).stream()
            .map(s -> spatial(InferGolden.ints(s)))
            .toArray(int[][]::new);
    convs = description.get("n_conv").intValue();
  }

  private static int[] spatial(int[] axes) {
    return axes.length == 3 ? axes : new int[] {1, axes[0], axes[1]};
  }

  @Override
  public void forward(ByteBuffer tiles, long[] shape, Consumer<FloatBuffer> logits) {
    int[] size = spatial(Arrays.stream(shape).skip(2).mapToInt(a -> (int) a).toArray());
    int channels = (int) shape[1];
    FloatBuffer in = tiles.asFloatBuffer();
    FloatBuffer out = null;
    for (int b = 0; b < shape[0]; b++) {
      Maps maps = new Maps(size, new double[channels][size[0] * size[1] * size[2]]);
      for (double[] map : maps.values()) {
        Arrays.setAll(map, i -> in.get());
      }
      Maps result = run(maps);
      if (out == null) {
        out = FloatBuffer.allocate((int) shape[0] * result.values().length * result.voxels());
      }
      for (double[] map : result.values()) {
        for (double value : map) {
          out.put((float) value);
        }
      }
    }
    logits.accept(out.flip());
  }

  private Maps run(Maps input) {
    Maps[] skips = new Maps[strides.length];
    Maps x = input;
    for (int stage = 0; stage < strides.length; stage++) {
      for (int i = 0; i < convs; i++) {
        String block = "encoder.stages." + stage + ".0.convs." + i;
        x = block(x, block, i == 0 ? strides[stage] : new int[] {1, 1, 1});
      }
      skips[stage] = x;
    }
    for (int stage = 0; stage < strides.length - 1; stage++) {
      Maps up = transposed(x, "decoder.transpconvs." + stage);
      x = concat(up, skips[strides.length - 2 - stage]);
      for (int i = 0; weights.tensors().containsKey(blockKey(stage, i)); i++) {
        x = block(x, "decoder.stages." + stage + ".convs." + i, new int[] {1, 1, 1});
      }
    }
    return conv(x, "decoder.seg_layers." + (strides.length - 2), new int[] {1, 1, 1});
  }

  private String blockKey(int stage, int i) {
    return prefix + "decoder.stages." + stage + ".convs." + i + ".conv.weight";
  }

  private Maps block(Maps x, String name, int[] stride) {
    Maps y = conv(x, name + ".conv", stride);
    float[] gamma = weights.get(prefix + name + ".norm.weight").floats();
    float[] beta = weights.get(prefix + name + ".norm.bias").floats();
    for (int c = 0; c < gamma.length; c++) {
      double[] map = y.values()[c];
      double mean = Arrays.stream(map).average().orElseThrow();
      double variance = Arrays.stream(map).map(v -> (v - mean) * (v - mean)).average().orElse(0);
      double scale = gamma[c] / Math.sqrt(variance + 1e-5);
      for (int i = 0; i < map.length; i++) {
        double value = (map[i] - mean) * scale + beta[c];
        map[i] = value > 0 ? value : 0.01 * value;
      }
    }
    return y;
  }

  private static Maps concat(Maps a, Maps b) {
    double[][] all = Arrays.copyOf(a.values(), a.values().length + b.values().length);
    System.arraycopy(b.values(), 0, all, a.values().length, b.values().length);
    return new Maps(a.size(), all);
  }

  private Maps conv(Maps x, String name, int[] stride) {
    Safetensors.Tensor tensor = weights.get(prefix + name + ".weight");
    float[] w = tensor.floats();
    float[] bias = weights.get(prefix + name + ".bias").floats();
    int[] shape = tensor.extents();
    int[] k = spatial(Arrays.copyOfRange(shape, 2, shape.length));
    int[] size = new int[3];
    Arrays.setAll(size, a -> (x.size()[a] + 2 * (k[a] / 2) - k[a]) / stride[a] + 1);
    Maps y = new Maps(size, new double[shape[0]][size[0] * size[1] * size[2]]);
    int taps = k[0] * k[1] * k[2];
    for (int o = 0; o < shape[0]; o++) {
      Arrays.fill(y.values()[o], bias[o]);
      for (int i = 0; i < shape[1]; i++) {
        for (int t = 0; t < taps; t++) {
          int[] shift = {
            t / (k[1] * k[2]) - k[0] / 2, t / k[2] % k[1] - k[1] / 2, t % k[2] - k[2] / 2
          };
          addTap(x, i, y, o, w[(o * shape[1] + i) * taps + t], stride, shift);
        }
      }
    }
    return y;
  }

  private static void addTap(
      Maps x, int from, Maps y, int to, double weight, int[] stride, int[] shift) {
    int[] in = x.size();
    int[] out = y.size();
    int at = 0;
    for (int z = 0; z < out[0]; z++) {
      for (int v = 0; v < out[1]; v++) {
        for (int u = 0; u < out[2]; u++, at++) {
          int sz = z * stride[0] + shift[0];
          int sy = v * stride[1] + shift[1];
          int sx = u * stride[2] + shift[2];
          if (sz >= 0 && sz < in[0] && sy >= 0 && sy < in[1] && sx >= 0 && sx < in[2]) {
            y.values()[to][at] += weight * x.values()[from][(sz * in[1] + sy) * in[2] + sx];
          }
        }
      }
    }
  }

  /** A transposed convolution whose kernel is its stride. */
  private Maps transposed(Maps x, String name) {
    Safetensors.Tensor tensor = weights.get(prefix + name + ".weight");
    float[] w = tensor.floats();
    float[] bias = weights.get(prefix + name + ".bias").floats();
    int[] shape = tensor.extents();
    int[] k = spatial(Arrays.copyOfRange(shape, 2, shape.length));
    int[] size = new int[3];
    Arrays.setAll(size, a -> x.size()[a] * k[a]);
    Maps y = new Maps(size, new double[shape[1]][size[0] * size[1] * size[2]]);
    for (int o = 0; o < shape[1]; o++) {
      double[] out = y.values()[o];
      for (int at = 0; at < out.length; at++) {
        int z = at / (size[1] * size[2]);
        int v = at / size[2] % size[1];
        int u = at % size[2];
        int source = (z / k[0] * x.size()[1] + v / k[1]) * x.size()[2] + u / k[2];
        int tap = (z % k[0] * k[1] + v % k[1]) * k[2] + u % k[2];
        double sum = bias[o];
        for (int i = 0; i < shape[0]; i++) {
          sum += w[(i * shape[1] + o) * k[0] * k[1] * k[2] + tap] * x.values()[i][source];
        }
        out[at] = sum;
      }
    }
    return y;
  }
}
