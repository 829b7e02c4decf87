package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.github.nnunet4j.laws.LossLaws;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Target;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each law of losses refuses what breaks it. */
@Tag("engine")
class BrokenLossesTest {
  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(Vector.class, "givesOneFiniteNumberOfTheTypeOfTheLogits"),
        Arguments.of(NotANumber.class, "givesOneFiniteNumberOfTheTypeOfTheLogits"),
        Arguments.of(Wide.class, "givesOneFiniteNumberOfTheTypeOfTheLogits"),
        Arguments.of(Blind.class, "ignoredVoxelsHaveNoInfluence"),
        Arguments.of(Vandal.class, "leavesItsArgumentsOpenAndUnchanged"),
        Arguments.of(Keeper.class, "leavesNoArraysBehindInAStep"),
        Arguments.of(Counting.class, "isThereAtAnyTimeAndTheSameAtTheSameTime"));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void breaksItsLaw(Class<?> strategy, String law) {
    assertThat(Broken.laws(strategy)).contains(law);
  }

  private static NDArray brier(NDArray logits, Target target) {
    return logits.softmax(1).sub(target.oneHot()).square().mean();
  }

  static class Vector extends LossLaws {
    @Override
    protected LossFunction loss() {
      return (logits, target) -> logits.logSoftmax(1).neg();
    }
  }

  static class NotANumber extends LossLaws {
    @Override
    protected LossFunction loss() {
      return (logits, target) -> brier(logits, target).neg().log();
    }
  }

  /** A Java double makes a double of it. */
  static class Wide extends LossLaws {
    @Override
    protected LossFunction loss() {
      return (logits, target) -> brier(logits, target).add(1.0);
    }
  }

  /** Counts voxels of the ignore label like others. */
  static class Blind extends LossLaws {
    @Override
    protected LossFunction loss() {
      return BrokenLossesTest::brier;
    }
  }

  static class Vandal extends LossLaws {
    @Override
    protected LossFunction loss() {
      return (logits, target) -> {
        target.oneHot().muli(0.5f);
        return brier(logits, target);
      };
    }
  }

  static class Keeper extends LossLaws {
    @Override
    protected LossFunction loss() {
      return (logits, target) -> {
        NDArray kept = logits.neg();
        NDScope.unregister(kept);
        kept.attach(logits.getManager().getParentManager());
        return brier(logits, target);
      };
    }
  }

  /** Follows a count of its own in place of the time. */
  static class Counting extends LossLaws {
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    protected LossFunction loss() {
      return new LossFunction() {
        @Override
        public NDArray evaluate(NDArray logits, Target target) {
          return brier(logits, target);
        }

        @Override
        public LossFunction at(double progress) {
          return times(1.0 + asked.incrementAndGet());
        }
      };
    }
  }
}
