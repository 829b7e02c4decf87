package io.github.nnunet4j.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.network.Normalization;
import io.github.nnunet4j.network.Normalizations;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Milliseconds of the normalizations, forward and backward, on a batch of 2, 32 channels and
 * 64x64x64 voxels, and their ratio to instance normalization. They take turns, so that whatever
 * else the machine does meets all of them; filter response normalization includes its thresholded
 * linear unit.
 */
public final class NormBench {
  private static final int RUNS = 15;
  private static final int CHANNELS = 32;
  private static final Shape SHAPE = new Shape(2, CHANNELS, 64, 64, 64);

  private NormBench() {}

  /**
   * Prints one line per normalization: forward, backward, the sum's ratio to instance; medians.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    Map<String, Normalization> norms = new LinkedHashMap<>();
    norms.put("instance", Normalizations.instance());
    norms.put("batch", Normalizations.batch());
    norms.put("group of 8", Normalizations.group(8));
    norms.put("filter response", Normalizations.filterResponse());
    norms.put("layer", Normalizations.layer());
    Map<String, double[][]> times = new LinkedHashMap<>();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.create(values(), SHAPE);
      x.setRequiresGradient(true);
      NDArray weights = manager.create(values(), SHAPE);
      Map<String, Block> blocks = new LinkedHashMap<>();
      norms.forEach(
          (name, norm) -> {
            Block block = norm.build(CHANNELS);
            block.initialize(manager, DataType.FLOAT32, SHAPE);
            blocks.put(name, block);
            times.put(name, new double[2][RUNS]);
          });
      for (int run = -3; run < RUNS; run++) {
        for (Map.Entry<String, Block> entry : blocks.entrySet()) {
          double[] parts = once(manager, entry.getValue(), x, weights);
          for (int part = 0; part < 2 && run >= 0; part++) {
            times.get(entry.getKey())[part][run] = parts[part];
          }
        }
      }
    }
    double instance = sum(times.get("instance"));
    times.forEach(
        (name, parts) ->
            System.out.printf(
                Locale.ROOT,
                "%-16s %6.1f %6.1f ms, %.2f of instance%n",
                name,
                median(parts[0]),
                median(parts[1]),
                sum(parts) / instance));
  }

  private static double sum(double[][] parts) {
    return median(parts[0]) + median(parts[1]);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static double[] once(NDManager manager, Block block, NDArray x, NDArray weights) {
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray input = x.reshape(SHAPE);
      input.attach(step);
      long start = System.nanoTime();
      NDArray y = block.forward(new ParameterStore(step, false), new NDList(input), true).get(0);
      y.getFloat(0, 0, 0, 0, 0);
      long forward = System.nanoTime();
      NDArray loss = y.mul(weights).sum();
      loss.getFloat();
      long weighted = System.nanoTime();
      collector.backward(loss);
      long backward = System.nanoTime();
      reset(x, step);
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          reset(parameter.getArray(), step);
        }
      }
      return new double[] {(forward - start) / 1e6, (backward - weighted) / 1e6};
    }
  }

  private static void reset(NDArray leaf, NDManager step) {
    NDArray gradient = leaf.getGradient();
    gradient.attach(step);
    gradient.muli(0);
  }

  private static float[] values() {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[Math.toIntExact(SHAPE.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
