package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.network.Nonlinearity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every nonlinearity promises; kinks are allowed, jumps are not. Extend it for one of your
 * own:
 *
 * <pre>{@code
 * class MyNonlinearityTest extends NonlinearityLaws {
 *   protected Nonlinearity nonlinearity() {
 *     return new MyNonlinearity();
 *   }
 * }
 * }</pre>
 */
@Tag("engine")
public abstract class NonlinearityLaws {
  /** The nonlinearity under test. */
  protected abstract Nonlinearity nonlinearity();

  private static Shape shape(int axes) {
    return axes == 2 ? new Shape(2, 3, 4, 5) : new Shape(2, 3, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void keepsShapeAndTypeAndLeavesItsArgumentUntouched(int axes) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = Tensors.normal(manager, shape(axes), 2, 1);
      float[] before = x.toFloatArray();
      NDArray y = nonlinearity().apply(x);
      assertThat(y.getShape()).isEqualTo(x.getShape());
      assertThat(y.getDataType()).isEqualTo(DataType.FLOAT32);
      assertThat(y.getManager()).as("manager of the result").isSameAs(manager);
      assertThat(x.toFloatArray()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void gradientEqualsFiniteDifferences(int axes) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = Tensors.normal(manager, shape(axes), 2, 2);
      x.setRequiresGradient(true);
      Tensors.requireTrueGradient(() -> nonlinearity().apply(x), List.of(x));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, 1e-30f, 1, -1, 100, -100, 1e6f, -1e6f})
  void isFiniteWithItsGradient(float value) {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.full(shape(3), value);
      x.setRequiresGradient(true);
      Tensors.requireFinite("result at " + value, nonlinearity().apply(x));
      Tensors.backward(() -> List.of(nonlinearity().apply(x)));
      try (NDArray gradient = x.getGradient()) {
        Tensors.requireFinite("gradient at " + value, gradient);
      }
    }
  }

  @Test
  void givesTheSameResultAgain() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = Tensors.normal(manager, shape(3), 2, 3);
      Nonlinearity asked = nonlinearity();
      float[] first = asked.apply(x).toFloatArray();
      assertThat(asked.apply(x).toFloatArray()).as("asked again").isEqualTo(first);
      assertThat(nonlinearity().apply(x).toFloatArray()).as("a new one").isEqualTo(first);
    }
  }

  @Test
  void keepsTheNumberOfLiveArrays() {
    Nonlinearity nonlinearity = nonlinearity();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = Tensors.normal(manager, shape(3), 2, 4);
      x.setRequiresGradient(true);
      Tensors.requireFlat(
          manager,
          scratch -> {
            NDArray input = x.mul(1);
            input.attach(scratch);
            nonlinearity.apply(input);
            Tensors.backward(() -> List.of(nonlinearity.apply(x)));
          });
    }
  }

  @Test
  void whatItLearnsStartsAsTheFunctionItself() {
    Nonlinearity nonlinearity = nonlinearity();
    nonlinearity
        .learned()
        .ifPresent(
            block -> {
              try (NDManager manager = NDManager.newBaseManager()) {
                block.initialize(manager, DataType.FLOAT32, shape(3));
                NDArray x = Tensors.normal(manager, shape(3), 2, 5);
                x.setRequiresGradient(true);
                ParameterStore store = new ParameterStore(manager, false);
                float[] expected = nonlinearity.apply(x).toFloatArray();
                assertThat(block.forward(store, new NDList(x), true).get(0).toFloatArray())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(expected);
                List<NDArray> leaves = new ArrayList<>(List.of(x));
                for (Parameter parameter : block.getParameters().values()) {
                  assertThat(parameter.getName()).isNotBlank();
                  leaves.add(parameter.getArray());
                }
                assertThat(leaves).as("what it learns").hasSizeGreaterThan(1);
                Tensors.requireTrueGradient(
                    () -> block.forward(store, new NDList(x), true).get(0), leaves);
              }
            });
  }
}
