package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("engine")
class SmallConvolutionTest {
  private static final List<Integer> ONES = List.of(1, 1, 1);

  private final SplittableRandom random = new SplittableRandom(8);
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private NDArray normal(long... shape) {
    float[] values = new float[(int) new Shape(shape).size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return manager.create(values, new Shape(shape));
  }

  private SmallConvolution loaded(List<Integer> kernel, boolean bias) {
    Shape padding = new Shape(kernel.stream().mapToLong(k -> (k - 1L) / 2).toArray());
    SmallConvolution small = new SmallConvolution(kernel, ONES, padding, bias);
    assertThat(small.isFor(normal(1, 4, 5, 6, 7))).isFalse();
    small.load(manager);
    return small;
  }

  @ParameterizedTest
  @CsvSource({"3, 3, true", "3, 3, false", "1, 3, true", "3, 1, false", "1, 1, true"})
  void givesWhatTheEnginesOwnConvolutionGives(int first, int others, boolean bias) {
    List<Integer> kernel = List.of(first, others, others);
    SmallConvolution small = loaded(kernel, bias);
    NDArray x = normal(2, 4, 5, 6, 7);
    NDArray weight = normal(8, 4, first, others, others);
    weight.setName("encoder.stages.0.weight"); // as a parameter's
    NDArray offset = bias ? normal(8) : null;
    assertThat(small.isFor(x)).isTrue();
    NDArray found = small.apply(new ParameterStore(manager, false), x, weight, offset);
    long zs = (first - 1L) / 2;
    long rest = (others - 1L) / 2;
    Shape one = new Shape(1, 1, 1);
    NDArray expected =
        x.getNDArrayInternal()
            .convolution(x, weight, offset, one, new Shape(zs, rest, rest), one, 1)
            .singletonOrThrow();
    assertThat(found.getShape()).isEqualTo(expected.getShape());
    float[] wanted = expected.toFloatArray();
    float[] values = found.toFloatArray();
    for (int i = 0; i < wanted.length; i++) {
      assertThat(values[i]).isCloseTo(wanted[i], within(1e-4f));
    }
  }

  /**
   * The engine itself takes oneDNN above 20480 elements of the first four axes, and for batches.
   */
  @Test
  void isForMapsThatTheEngineWouldUnfold() {
    SmallConvolution small = loaded(Collections.nCopies(3, 3), true);
    assertThat(small.isFor(manager.zeros(new Shape(1, 1, 128, 160, 3)))).isTrue();
    assertThat(small.isFor(manager.zeros(new Shape(1, 1, 128, 161, 1)))).isFalse();
    assertThat(small.isFor(manager.zeros(new Shape(16, 2, 3, 3, 3)))).isFalse();
  }

  @Test
  void leavesStridesLargeKernelsAndImagesToTheEngine() {
    Shape padding = new Shape(1, 1, 1);
    NDArray x = manager.zeros(new Shape(1, 1, 5, 5, 5));
    for (SmallConvolution other :
        List.of(
            new SmallConvolution(List.of(3, 3, 3), List.of(1, 2, 2), padding, true),
            new SmallConvolution(List.of(5, 3, 3), ONES, padding, true),
            new SmallConvolution(List.of(3, 3), List.of(1, 1), new Shape(1, 1), true))) {
      other.load(manager);
      assertThat(other.isFor(x)).isFalse();
    }
  }

  @Test
  void leavesNoArraysBehind() {
    SmallConvolution small = loaded(Collections.nCopies(3, 3), true);
    ParameterStore store = new ParameterStore(manager, false);
    int before = manager.getManagedArrays().size();
    try (NDManager work = manager.newSubManager()) {
      NDArray x = work.zeros(new Shape(1, 1, 5, 5, 5));
      NDArray y =
          small.apply(store, x, work.zeros(new Shape(2, 1, 3, 3, 3)), work.zeros(new Shape(2)));
      assertThat(y.getManager()).isSameAs(work);
    }
    assertThat(manager.getManagedArrays()).hasSize(before);
  }
}
