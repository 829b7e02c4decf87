package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.ConstantInitializer;
import ai.djl.util.PairList;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.laws.LossLaws;
import io.github.nnunet4j.laws.NetworkTopologyLaws;
import io.github.nnunet4j.laws.NonlinearityLaws;
import io.github.nnunet4j.laws.NormalizationLaws;
import io.github.nnunet4j.laws.OptimizerLaws;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Target;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.network.Normalization;
import io.github.nnunet4j.train.Optimizer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published laws of losses, optimizers, layers and networks refuse what breaks them. */
@Tag("engine")
class BrokenLayersTest {
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(Climber.class, "comesNearTheBottom firstStepGoesAgainstTheGradient"),
        Arguments.of(Forgetful.class, "goesOnFromASavedStateBitForBit"),
        Arguments.of(Hoarder.class, "keepsTheNumberOfLiveArrays"),
        Arguments.of(Careless.class, "standsStillAtLearningRateZero staysFiniteWithoutSlope"),
        Arguments.of(CutGradient.class, "gradientEqualsFiniteDifferences"),
        Arguments.of(
            InPlace.class,
            "keepsShapeAndTypeAndLeavesItsArgumentUntouched givesTheSameResultAgain"),
        Arguments.of(Overflowing.class, "isFiniteWithItsGradient"),
        Arguments.of(NoEpsilon.class, "isFiniteWithItsGradientForConstantAndLargeValues"),
        Arguments.of(
            Drifting.class, "evaluatesTheSameAgainAndChangesNothing keepsTheNumberOfLiveArrays"),
        Arguments.of(
            UnusedHead.class, "gradientReachesEveryParameter knownMemoryGrowsWithThePatch"),
        Arguments.of(Dropping.class, "savedAndLoadedWeightsGiveTheSameLogits"),
        Arguments.of(
            WrongScale.class,
            "returnsFiniteLogitsOfEveryScale scalesBeginAtFullResolutionAndFitTheDivisor"),
        Arguments.of(CutLoss.class, "gradientEqualsFiniteDifferences"),
        Arguments.of(Unequal.class, "addsUpAndScalesLikeANumber"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void breakTheirLaws(Class<?> strategy, String laws) {
    assertThat(Broken.laws(strategy)).contains(laws.split(" "));
  }

  /** The trap of DJL: the law finds it and says where to look. */
  @ParameterizedTest
  @ValueSource(classes = {JavaFactor.class, JavaExponent.class, JavaSlope.class})
  void breakTheirLawsByPlainJavaNumbersAndSaySo(Class<?> strategy) {
    assertThat(Broken.failures(strategy).get("gradientEqualsFiniteDifferences"))
        .contains("a plain Java number", "array.mul(2.0)", "pow", "getManager().full(");
  }

  static class JavaFactor extends LossLaws {
    @Override
    protected LossFunction loss() {
      return (logits, target) -> logits.softmax(1).sub(target.oneHot()).square().mul(2.0).mean();
    }

    @Override
    protected boolean honoursIgnoreLabel() {
      return false;
    }
  }

  static class JavaExponent extends LossLaws {
    @Override
    protected LossFunction loss() {
      return (logits, target) -> logits.softmax(1).sub(target.oneHot()).abs().pow(1.5).mean();
    }

    @Override
    protected boolean honoursIgnoreLabel() {
      return false;
    }
  }

  static class JavaSlope extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return x -> x.mul(0.3).add(x.tanh());
    }
  }

  /** A sum that forgets the other loss. */
  static class Unequal extends LossLaws {
    @Override
    protected LossFunction loss() {
      return new LossFunction() {
        @Override
        public NDArray evaluate(NDArray logits, Target target) {
          return logits.square().mean();
        }

        @Override
        public LossFunction plus(LossFunction other) {
          return this;
        }
      };
    }

    @Override
    protected boolean honoursIgnoreLabel() {
      return false;
    }
  }

  abstract static class Descent extends OptimizerLaws {
    static void move(NDArray weight, NDArray along, double factor) {
      try (NDArray step = along.mul(factor)) {
        weight.addi(step);
      }
    }
  }

  static class Climber extends Descent {
    @Override
    protected Optimizer optimizer() {
      return (weight, gradient, state, rates) -> move(weight, gradient, rates.learningRate());
    }
  }

  /** Slows down by a count of its own. */
  static class Forgetful extends Descent {
    @Override
    protected Optimizer optimizer() {
      AtomicInteger steps = new AtomicInteger();
      return (weight, gradient, state, rates) ->
          move(weight, gradient, -rates.learningRate() / (1 + 0.01 * steps.incrementAndGet()));
    }
  }

  /** Keeps every step for ever. */
  static class Hoarder extends Descent {
    @Override
    protected Optimizer optimizer() {
      return (weight, gradient, state, rates) -> {
        NDArray shrunk = weight.mul(1);
        NDScope.unregister(shrunk);
        move(weight, gradient, -rates.learningRate());
      };
    }
  }

  static class Careless extends Descent {
    @Override
    protected Optimizer optimizer() {
      return (weight, gradient, state, rates) -> {
        try (NDArray norm = gradient.norm();
            NDArray direction = gradient.div(norm)) {
          move(weight, direction, -rates.learningRate() - 1e-4);
        }
      };
    }
  }

  static class CutGradient extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return x -> x.mul(x.stopGradient());
    }
  }

  static class InPlace extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return x -> x.muli(0.5);
    }
  }

  static class Overflowing extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return x -> x.exp().add(1).log();
    }
  }

  /** One array in, one out; with a parameter that wants no gradient. */
  private static final class Blocks extends AbstractBlock {
    private final Parameter count =
        addParameter(
            Parameter.builder()
                .setName("count")
                .setType(Parameter.Type.OTHER)
                .optRequiresGrad(false)
                .optShape(new Shape(1))
                .build());

    Blocks() {
      count.setInitializer(new ConstantInitializer(1));
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> arguments) {
      NDArray value = count.getArray();
      value.addi(1);
      NDScope.unregister(value.mul(2));
      return new NDList(inputs.singletonOrThrow().div(value.toFloatArray()[0]));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }

  static class NoEpsilon extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return channels ->
          LambdaBlock.singleton(
              x -> {
                NDArray centred = x.sub(x.mean());
                return centred.div(centred.square().mean().sqrt());
              });
    }
  }

  static class Drifting extends NormalizationLaws {
    @Override
    protected Normalization normalization() {
      return channels -> new Blocks();
    }
  }

  private static Block head(int outputs) {
    return Conv3d.builder().setKernelShape(new Shape(1, 1, 1)).setFilters(outputs).build();
  }

  static class UnusedHead extends NetworkTopologyLaws {
    private record Headless() implements NetworkTopology {
      @Override
      public Block build(int inputs, int outputs, boolean deepSupervision) {
        return new ParallelBlock(
            outputsOfBoth -> new NDList(outputsOfBoth.get(0).singletonOrThrow()),
            List.of(head(outputs), head(outputs)));
      }

      @Override
      public long featureMapValues(Extent patch, int inputs, int outputs) {
        return 1;
      }
    }

    @Override
    protected NetworkTopology topology() {
      return new Headless();
    }
  }

  static class Dropping extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return (inputs, outputs, deepSupervision) ->
          new SequentialBlock()
              .add(head(outputs))
              .add(
                  LambdaBlock.singleton(
                      x -> x.mul(x.getManager().randomUniform(0, 1, x.getShape()))));
    }
  }

  static class WrongScale extends NetworkTopologyLaws {
    private record Network() implements NetworkTopology {
      @Override
      public Block build(int inputs, int outputs, boolean deepSupervision) {
        return new SequentialBlock().add(head(outputs));
      }

      @Override
      public List<Integer> divisor() {
        return List.of(1, 1, 1);
      }

      @Override
      public List<List<Integer>> scales() {
        return List.of(List.of(2, 2, 2));
      }
    }

    @Override
    protected NetworkTopology topology() {
      return new Network();
    }
  }

  static class CutLoss extends LossLaws {
    @Override
    protected LossFunction loss() {
      return (logits, target) -> logits.mul(logits.stopGradient()).mean();
    }

    @Override
    protected boolean honoursIgnoreLabel() {
      return false;
    }
  }
}
