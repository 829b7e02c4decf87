package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Target;
import io.github.nnunet4j.loss.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every loss promises. The gradient is compared with finite differences in float64, so a loss
 * must not insist on float32. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyLossTest extends LossLaws {
 *   protected LossFunction loss() {
 *     return new MyLoss();
 *   }
 * }
 * }</pre>
 */
@Tag("engine")
public abstract class LossLaws {
  private static final int SAMPLES = 2;
  private static final double STEP = 1e-5;

  /** The loss under test. */
  protected abstract LossFunction loss();

  /** The time of the training at which the loss is asked for, 0 to 1. */
  protected double progress() {
    return 0.4;
  }

  private LossFunction now() {
    return loss().at(progress());
  }

  /** Whether it is tried on regions, two that overlap, instead of three classes. */
  protected boolean regions() {
    return false;
  }

  /** Whether voxels of the ignore label must have no influence. */
  protected boolean honoursIgnoreLabel() {
    return true;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givesOneFiniteNumberOfTheTypeOfTheLogits(boolean ignore) {
    for (Extent extent : List.of(Extent.of(3, 4), Extent.of(2, 3, 2))) {
      try (NDManager manager = NDManager.newBaseManager()) {
        Target target = target(manager, extent, ignore);
        NDArray logits = logits(manager, extent, target.classes(), DataType.FLOAT32);
        try (NDArray value = now().evaluate(logits, target)) {
          assertThat(value.size()).isEqualTo(1);
          assertThat(value.getDataType()).isEqualTo(DataType.FLOAT32);
          assertThat(value.getFloat()).isFinite();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void gradientEqualsFiniteDifferences(boolean ignore) {
    Extent extent = Extent.of(3, 4);
    try (NDManager manager = NDManager.newBaseManager()) {
      Target target = target(manager, extent, ignore);
      NDArray logits = logits(manager, extent, target.classes(), DataType.FLOAT64);
      double[] gradient = gradient(logits, target);
      double largest = Arrays.stream(gradient).map(Math::abs).max().orElse(0);
      double[] values = logits.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        double above = valueWith(values, i, STEP, logits.getShape(), target, manager);
        double below = valueWith(values, i, -STEP, logits.getShape(), target, manager);
        assertThat(gradient[i])
            .as("derivative by logit %d; %s", i, Tensors.LIKELY_CAUSE)
            .isCloseTo((above - below) / (2 * STEP), offset(1e-6 * largest + 1e-9));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void leavesItsArgumentsOpenAndUnchanged(boolean ignore) {
    Extent extent = Extent.of(3, 4);
    try (NDManager manager = NDManager.newBaseManager()) {
      Target target = target(manager, extent, ignore);
      NDArray logits = logits(manager, extent, target.classes(), DataType.FLOAT32);
      float[] before = logits.toFloatArray();
      float[] channels = target.oneHot().toFloatArray();
      float first = value(logits, target);
      assertThat(value(logits, target)).isEqualTo(first);
      assertThat(logits.toFloatArray()).isEqualTo(before);
      assertThat(target.oneHot().toFloatArray()).isEqualTo(channels);
    }
  }

  @Test
  void isThereAtAnyTimeAndTheSameAtTheSameTime() {
    Extent extent = Extent.of(3, 4);
    try (NDManager manager = NDManager.newBaseManager()) {
      Target target = target(manager, extent, false);
      NDArray logits = logits(manager, extent, target.classes(), DataType.FLOAT32);
      LossFunction loss = loss();
      float first = value(loss.at(0.25), logits, target);
      for (double progress : new double[] {0, 0.5, 0.999, 1}) {
        assertThat(value(loss.at(progress), logits, target)).isFinite();
      }
      assertThat(value(loss.at(0.25), logits, target)).isEqualTo(first);
    }
  }

  @Test
  void addsUpAndScalesLikeANumber() {
    Extent extent = Extent.of(3, 4);
    LossFunction other = (logits, target) -> logits.square().mean();
    try (NDManager manager = NDManager.newBaseManager()) {
      Target target = target(manager, extent, false);
      NDArray logits = logits(manager, extent, target.classes(), DataType.FLOAT64);
      double mine = number(loss(), logits, target);
      double its = number(other, logits, target);
      requireEqual("loss.plus(other)", loss().plus(other), logits, target, mine + its);
      requireEqual("other.plus(loss)", other.plus(loss()), logits, target, mine + its);
      requireEqual(
          "(loss + other) + other", loss().plus(other).plus(other), logits, target, mine + 2 * its);
      requireEqual(
          "loss + (other + other)", loss().plus(other.plus(other)), logits, target, mine + 2 * its);
      requireEqual("loss.times(0.5)", loss().times(0.5), logits, target, mine / 2);
    }
  }

  private void requireEqual(
      String what, LossFunction loss, NDArray logits, Target target, double expected) {
    assertThat(number(loss, logits, target))
        .as(what)
        .isCloseTo(expected, offset(1e-6 * (1 + Math.abs(expected))));
  }

  private double number(LossFunction loss, NDArray logits, Target target) {
    try (NDArray value = loss.at(progress()).evaluate(logits, target)) {
      return value.getDouble();
    }
  }

  @Test
  void leavesNoArraysBehindInAStep() {
    Extent extent = Extent.of(3, 4);
    LossFunction loss = now();
    try (NDManager manager = NDManager.newBaseManager()) {
      Tensors.requireFlat(
          manager,
          step -> {
            Target target = target(step, extent, true);
            loss.evaluate(logits(step, extent, target.classes(), DataType.FLOAT32), target);
          });
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void ignoredVoxelsHaveNoInfluence(int sample) {
    Extent extent = Extent.of(3, 4);
    try (NDManager manager = NDManager.newBaseManager()) {
      Target target = target(manager, extent, true);
      if (!honoursIgnoreLabel()) {
        return;
      }
      float[] mask = target.mask().orElseThrow().toFloatArray();
      NDArray logits = logits(manager, extent, target.classes(), DataType.FLOAT64);
      double[] gradient = gradient(logits, target);
      double[] values = logits.toDoubleArray();
      double before = valueWith(values, 0, 0, logits.getShape(), target, manager);
      int voxels = (int) extent.voxels();
      for (int c = 0; c < target.classes(); c++) {
        for (int v = 0; v < voxels; v++) {
          if (mask[sample * voxels + v] == 0) {
            int at = (sample * target.classes() + c) * voxels + v;
            assertThat(gradient[at]).as("gradient of an ignored voxel").isZero();
            values[at] = 3 - c;
          }
        }
      }
      assertThat(valueWith(values, 0, 0, logits.getShape(), target, manager))
          .isCloseTo(before, offset(1e-12));
    }
  }

  private double valueWith(
      double[] values, int at, double change, Shape shape, Target target, NDManager manager) {
    double[] changed = values.clone();
    changed[at] += change;
    try (NDArray logits = manager.create(changed, shape);
        NDArray value = now().evaluate(logits, target)) {
      return value.getDouble();
    }
  }

  private float value(NDArray logits, Target target) {
    return value(now(), logits, target);
  }

  private static float value(LossFunction loss, NDArray logits, Target target) {
    try (NDArray value = loss.evaluate(logits, target)) {
      return value.getFloat();
    }
  }

  private double[] gradient(NDArray logits, Target target) {
    logits.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector();
        NDArray value = now().evaluate(logits, target)) {
      Tensors.collectGarbage();
      collector.backward(value);
    }
    try (NDArray gradient = logits.getGradient()) {
      return gradient.toDoubleArray();
    }
  }

  private Target target(NDManager manager, Extent extent, boolean ignore) {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put("background", List.of(0));
    entries.put("whole", regions() ? List.of(1, 2) : List.of(1));
    entries.put("core", List.of(2));
    if (ignore) {
      entries.put("ignore", List.of(3));
    }
    Labels labels = Labels.of(entries, regions() ? List.of(1, 2) : List.of());
    SplittableRandom random = new SplittableRandom(11);
    List<short[]> samples = new ArrayList<>();
    for (int s = 0; s < SAMPLES; s++) {
      short[] sample = new short[(int) extent.voxels()];
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (short) random.nextInt(ignore ? 4 : 3);
      }
      samples.add(sample);
    }
    return Targets.of(manager, labels, samples, extent);
  }

  private static NDArray logits(NDManager manager, Extent extent, int classes, DataType type) {
    SplittableRandom random = new SplittableRandom(12);
    double[] values = new double[(int) (extent.voxels() * classes * SAMPLES)];
    Arrays.setAll(values, i -> random.nextGaussian(0, 2));
    long[] shape = new long[2 + extent.rank()];
    shape[0] = SAMPLES;
    shape[1] = classes;
    for (int axis = 0; axis < extent.rank(); axis++) {
      shape[2 + axis] = extent.get(axis);
    }
    NDArray wide = manager.create(values, new Shape(shape));
    return wide.toType(type, false);
  }
}
