package io.github.nnunet4j.loss;

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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses take labels by shorter ways than channels; both come to the same. */
@Tag("engine")
class LabelsOrChannelsTest {
  private static final Extent EXTENT = Extent.of(3, 4, 5);
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<LossFunction> losses() {
    ClassMean samples = ClassMean.of(false, false);
    ClassMean batch = ClassMean.of(true, true).withClassWeights(List.of(1.0, 2.0, 0.5));
    return Stream.of(
        Losses.dice(),
        new Dice(batch, 1e-5, 0, 2),
        new SquaredDice(samples, 1e-5),
        new SquaredDice(batch, 1e-5),
        Losses.generalizedDice(true, false, 1e-5),
        new GeneralizedDice(ClassMean.of(false, true), 1e-5, true, true),
        new MatthewsCorrelation(samples, 0),
        new MatthewsCorrelation(batch, 1e-5),
        Losses.tversky(0.3, 0.7),
        Losses.crossEntropy(),
        Losses.bce(),
        Losses.bce().withClassWeights(List.of(0.5, 2.0, 1.0)),
        Losses.dice().plus(Losses.crossEntropy()).plus(Losses.bce()));
  }

  private static Labels labels(boolean ignore) {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put("background", List.of(0));
    entries.put("a", List.of(1));
    entries.put("b", List.of(2));
    if (ignore) {
      entries.put("ignore", List.of(3));
    }
    return Labels.of(entries, List.of());
  }

  private Target target(boolean ignore) {
    SplittableRandom random = new SplittableRandom(3);
    short[][] samples = new short[2][(int) EXTENT.voxels()];
    for (short[] sample : samples) {
      for (int i = 0; i < sample.length; i++) {
        sample[i] = (short) random.nextInt(ignore ? 4 : 3);
      }
    }
    return Targets.of(manager, labels(ignore), List.of(samples), EXTENT);
  }

  /** The same channels without a word of labels. */
  private static Target channels(Target target) {
    Target channels = Targets.ofClasses(target.oneHot());
    return target.mask().map(mask -> Targets.masked(channels, mask)).orElse(channels);
  }

  private float[] valueAndGradient(LossFunction loss, Target target) {
    SplittableRandom random = new SplittableRandom(4);
    Shape shape = new Shape(2, 3, 3, 4, 5);
    float[] numbers = new float[(int) shape.size() + 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian(0, 3);
    }
    try (NDManager step = manager.newSubManager();
        GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray logits = step.create(Arrays.copyOf(numbers, (int) shape.size()), shape);
      logits.setRequiresGradient(true);
      NDArray value = loss.evaluate(logits, target);
      collector.backward(value);
      NDArray gradient = logits.getGradient();
      gradient.attach(step);
      System.arraycopy(gradient.toFloatArray(), 0, numbers, 0, (int) shape.size());
      numbers[(int) shape.size()] = value.getFloat();
    }
    return numbers;
  }

  @ParameterizedTest
  @MethodSource("losses")
  void haveOneValueAndGradient(LossFunction loss) {
    for (boolean ignore : new boolean[] {false, true}) {
      Target target = target(ignore);
      assertThat(target.mask().isPresent()).isEqualTo(ignore);
      float[] ofLabels = valueAndGradient(loss, target);
      float[] ofChannels = valueAndGradient(loss, channels(target));
      for (int i = 0; i < ofLabels.length; i++) {
        assertThat(ofLabels[i])
            .as("%s, ignore %s, %d", loss, ignore, i)
            .isCloseTo(ofChannels[i], offset(2e-6f + 1e-5f * Math.abs(ofChannels[i])));
      }
    }
  }

  @Test
  void onlyTargetsOfLabelsAreExclusive() {
    Target target = target(true);
    assertThat(target.exclusive()).isTrue();
    NDArray members = target.members().orElseThrow();
    assertThat(members).isSameAs(target.members().orElseThrow());
    assertThat(members.getDataType()).isEqualTo(DataType.BOOLEAN);
    assertThat(members.toType(DataType.FLOAT32, true).toFloatArray())
        .isEqualTo(target.oneHot().toFloatArray());
    Target masked = Targets.masked(target, target.mask().orElseThrow());
    assertThat(masked.exclusive()).isTrue();
    assertThat(masked.members()).contains(members);
    assertThat(channels(target).exclusive()).isFalse();
    assertThat(channels(target).members()).isEmpty();
  }
}
