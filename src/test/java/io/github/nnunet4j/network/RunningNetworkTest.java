package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class RunningNetworkTest {
  private static final RunningNetwork.Heads HEADS =
      new RunningNetwork.Heads(1, 2, Extent.of(4, 4, 4), false);

  private final List<NDManager> managers = new ArrayList<>();

  /** Allocates and then fails where it is told to. */
  private final class Failing extends AbstractBlock implements TorchNamed {
    private final String where;

    Failing(String where) {
      this.where = where;
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> arguments) {
      return inputs;
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
      manager.zeros(new Shape(1000));
      managers.add(manager);
      fail("initialize");
    }

    private void fail(String here) {
      if (where.equals(here)) {
        throw new AssertionError(here);
      }
    }

    @Override
    public Shape[] getOutputShapes(Shape[] shapes) {
      return shapes;
    }

    @Override
    public Map<String, Parameter> torchParameters() {
      fail("names");
      return Map.of();
    }

    @Override
    public Map<String, float[]> initialValues(RandomGenerator random) {
      fail("values");
      return Map.of();
    }
  }

  @Test
  void aNetworkThatCannotBeStartedLeavesNoArrays() {
    for (String where : List.of("initialize", "names", "values")) {
      assertThatThrownBy(
              () ->
                  RunningNetwork.start(
                      (inputs, outputs, supervision) -> new Failing(where), HEADS, Device.cpu(), 1))
          .isInstanceOf(AssertionError.class)
          .hasMessage(where);
    }
    assertThat(managers).hasSize(3).noneMatch(NDManager::isOpen);
  }

  @Test
  void aNetworkWhoseWeightsDoNotFitLeavesNoArrays() {
    Weights others = Weights.builder().put("other", new float[1], 1).build();
    assertThatThrownBy(
            () ->
                RunningNetwork.load(
                    (inputs, outputs, supervision) -> new Failing("nowhere"),
                    HEADS,
                    Device.cpu(),
                    others))
        .isInstanceOf(ModelException.class);
    assertThat(managers).hasSize(1).noneMatch(NDManager::isOpen);
  }
}
