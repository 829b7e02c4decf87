package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What the laws on layers, networks and optimizers share. */
public final class Tensors {
  private static final NDIndex ALL = new NDIndex("...");
  private static final float STEP = 4e-3f;
  private static final double TOLERANCE = 2e-3;
  private static final int DERIVATIVES = 60;

  /** What to look for where a gradient is wrong although the formula is right. */
  static final String LIKELY_CAUSE =
      "a likely cause if the formula is right: a plain Java number, as in array.mul(2.0), div, pow or"
          + " maximum. The engine still needs its memory in the backward pass, when it may be gone."
          + " Use x.getManager().full(new Shape(), 2f, x.getDataType()) in its place";

  private Tensors() {}

  /** Normally distributed numbers, the same for the same seed. */
  public static NDArray normal(NDManager manager, Shape shape, double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian(0, deviation);
    }
    return manager.create(values, shape);
  }

  /** Fails unless all numbers are finite. */
  public static void requireFinite(String what, NDArray array) {
    for (float value : array.toFloatArray()) {
      assertThat(value).as(what).isFinite();
    }
  }

  /** Replaces the numbers of an array that may need a gradient. */
  public static void set(NDArray array, float[] values) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDManager scratch = array.getManager().newSubManager()) {
      array.set(ALL, scratch.create(values, array.getShape()));
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Runs backward from fixed weights times the outputs.
   *
   * @param forward makes the outputs
   */
  public static void backward(Supplier<List<NDArray>> forward) {
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      List<NDArray> outputs = forward.get();
      NDArray sum = weighted(outputs.get(0), 0);
      for (int i = 1; i < outputs.size(); i++) {
        sum = sum.add(weighted(outputs.get(i), i));
      }
      collectGarbage();
      collector.backward(sum);
    }
  }

  /**
   * Collects garbage and fills what became free, as may happen at any moment between forward and
   * backward. Operations of DJL with a Java number ({@code x.mul(2)}, {@code x.div(2)}, {@code
   * x.pow(2)}, {@code x.maximum(2)}) and closed arrays that were created from Java values give
   * wrong gradients then; use {@code x.getManager().full(new Shape(), 2f, x.getDataType())} in
   * place of the number.
   */
  public static void collectGarbage() {
    System.gc();
    try {
      Thread.sleep(5); // buffers are freed by a thread of the JVM
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<ByteBuffer> filled = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      filled.add(ByteBuffer.allocateDirect(4 + 4 * (i % 4)).putInt(0, 0x42424242));
    }
    assertThat(filled).isNotEmpty();
  }

  /**
   * Whether a backward has reached an array. An absent gradient reads as zeros, and what is written
   * to it is forgotten.
   *
   * @param leaf an array that wants a gradient; the gradient is spent
   */
  public static boolean hasGradient(NDArray leaf) {
    try (NDArray gradient = leaf.getGradient()) {
      gradient.set(ALL, 1);
    }
    try (NDArray gradient = leaf.getGradient()) {
      return gradient.toFloatArray()[0] == 1;
    }
  }

  private static NDArray weighted(NDArray output, int number) {
    return output.mul(normal(output.getManager(), output.getShape(), 1, number)).sum();
  }

  /**
   * Fails unless the gradient of every leaf equals the difference quotients; at a kink it may be
   * any number between those of both sides.
   *
   * @param forward float32 result computed from the leaves
   * @param leaves float32 arrays that want a gradient
   */
  public static void requireTrueGradient(Supplier<NDArray> forward, List<NDArray> leaves) {
    backward(() -> List.of(forward.get()));
    double centre = value(forward);
    for (int number = 0; number < leaves.size(); number++) {
      NDArray leaf = leaves.get(number);
      float[] gradient;
      try (NDArray array = leaf.getGradient()) {
        gradient = array.toFloatArray();
      }
      double largest = 0;
      for (float derivative : gradient) {
        largest = Math.max(largest, Math.abs(derivative));
      }
      float[] values = leaf.toFloatArray();
      for (int i = 0; i < values.length; i += 1 + values.length / DERIVATIVES) {
        double above = slope(forward, leaf, values, i, STEP, centre);
        double below = slope(forward, leaf, values, i, -STEP, centre);
        double tolerance = TOLERANCE * (1 + largest);
        assertThat((double) gradient[i])
            .as("derivative by number %d of array %d; %s", i, number, LIKELY_CAUSE)
            .isBetween(Math.min(above, below) - tolerance, Math.max(above, below) + tolerance);
      }
    }
  }

  private static double slope(
      Supplier<NDArray> forward, NDArray leaf, float[] values, int at, float step, double centre) {
    float[] changed = values.clone();
    changed[at] += step;
    set(leaf, changed);
    double slope = (value(forward) - centre) / ((double) changed[at] - values[at]);
    set(leaf, values);
    return slope;
  }

  private static double value(Supplier<NDArray> forward) {
    NDArray output = forward.get();
    float[] values = output.toFloatArray();
    float[] weights = normal(output.getManager(), output.getShape(), 1, 0).toFloatArray();
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += (double) values[i] * weights[i];
    }
    return sum;
  }

  /**
   * Fails unless the owner of the parameters has as many arrays after many steps as after the
   * first. Each step has a manager of its own and a scope, as in training and prediction.
   *
   * @param owner of what lives longer than a step
   * @param step what to repeat
   */
  public static void requireFlat(NDManager owner, Consumer<NDManager> step) {
    int[] counts = new int[12];
    for (int i = 0; i < counts.length; i++) {
      try (NDManager scratch = owner.newSubManager();
          NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        step.accept(scratch);
      }
      counts[i] = owner.getManagedArrays().size();
    }
    assertThat(Arrays.stream(counts)).as("live arrays after each step").containsOnly(counts[0]);
  }
}
