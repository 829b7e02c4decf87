package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.network.Normalization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every normalization inside a network promises, in 2D and 3D. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyNormalizationTest extends NormalizationLaws {
 *   protected Normalization normalization() {
 *     return new MyNormalization();
 *   }
 * }
 * }</pre>
 */
@Tag("engine")
public abstract class NormalizationLaws {
  /** The normalization under test. */
  protected abstract Normalization normalization();

  /** The features of the tensors it is tried on. */
  protected int channels() {
    return 4;
  }

  private Shape shape(int axes) {
    return axes == 2 ? new Shape(2, channels(), 3, 4) : new Shape(2, channels(), 2, 3, 3);
  }

  private Block block(NDManager manager, int axes) {
    Block block = normalization().build(channels());
    block.initialize(manager, DataType.FLOAT32, shape(axes));
    return block;
  }

  private static NDArray forward(Block block, NDArray x, boolean training) {
    ParameterStore store = new ParameterStore(x.getManager(), false);
    return block.forward(store, new NDList(x), training).singletonOrThrow();
  }

  private static Map<String, float[]> numbers(Block block) {
    Map<String, float[]> numbers = new LinkedHashMap<>();
    block
        .getParameters()
        .forEach(p -> numbers.put(p.getKey(), p.getValue().getArray().toFloatArray()));
    return numbers;
  }

  private static void requireEqual(Map<String, float[]> first, Map<String, float[]> second) {
    assertThat(second.keySet()).containsExactlyElementsOf(first.keySet());
    first.forEach((name, values) -> assertThat(second.get(name)).as(name).isEqualTo(values));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void keepsShapeAndTypeAndLeavesItsArgumentUntouched(int axes) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = block(manager, axes);
      NDArray x = Tensors.normal(manager, shape(axes), 2, 1);
      float[] before = x.toFloatArray();
      for (boolean training : new boolean[] {true, false}) {
        NDArray y = forward(block, x, training);
        assertThat(y.getShape()).isEqualTo(x.getShape());
        assertThat(y.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(x.toFloatArray()).isEqualTo(before);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void gradientEqualsFiniteDifferences(int axes) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = block(manager, axes);
      NDArray x = Tensors.normal(manager, shape(axes), 2, 2);
      x.setRequiresGradient(true);
      List<NDArray> leaves = new ArrayList<>(List.of(x));
      for (Parameter parameter : block.getParameters().values()) {
        if (parameter.requiresGradient()) {
          leaves.add(parameter.getArray());
        }
      }
      Tensors.requireTrueGradient(() -> forward(block, x, true), leaves);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -1e5, 1e5})
  void isFiniteWithItsGradientForConstantAndLargeValues(double value) {
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int axes = 2; axes <= 3; axes++) {
        Block block = block(manager, axes);
        NDArray constant = manager.full(shape(axes), (float) value);
        for (NDArray x :
            List.of(constant, Tensors.normal(manager, shape(axes), Math.abs(value), 3))) {
          x.setRequiresGradient(true);
          Tensors.backward(() -> List.of(forward(block, x, true)));
          Tensors.requireFinite("while training, around " + value, forward(block, x, true));
          Tensors.requireFinite("evaluated, around " + value, forward(block, x, false));
          try (NDArray gradient = x.getGradient()) {
            Tensors.requireFinite("gradient around " + value, gradient);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void hasNamedParametersWithFirstValues(int axes) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = block(manager, axes);
      assertThat(block.getParameters().keys()).doesNotHaveDuplicates();
      for (Parameter parameter : block.getParameters().values()) {
        assertThat(parameter.getName()).isNotBlank();
        assertThat(parameter.isInitialized()).as(parameter.getName()).isTrue();
        assertThat(parameter.getArray().getDataType()).isEqualTo(DataType.FLOAT32);
        Tensors.requireFinite(parameter.getName(), parameter.getArray());
      }
      assertThat(block(manager, axes).getParameters().keys())
          .containsExactlyElementsOf(block.getParameters().keys());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void evaluatesTheSameAgainAndChangesNothing(int axes) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = block(manager, axes);
      NDArray x = Tensors.normal(manager, shape(axes), 2, 4);
      forward(block, x, true);
      Map<String, float[]> before = numbers(block);
      float[] first = forward(block, x, false).toFloatArray();
      assertThat(forward(block, x, false).toFloatArray()).isEqualTo(first);
      requireEqual(before, numbers(block));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void keepsTheNumberOfLiveArrays(int axes) {
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = block(manager, axes);
      Tensors.requireFlat(
          manager,
          scratch -> {
            NDArray x = Tensors.normal(scratch, shape(axes), 2, 5);
            x.setRequiresGradient(true);
            Tensors.backward(() -> List.of(forward(block, x, true)));
            forward(block, x, false);
          });
    }
  }
}
