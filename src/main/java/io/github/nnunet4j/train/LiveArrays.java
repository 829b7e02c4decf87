package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.network.RunningNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notices strategies that keep arrays of the engine from step to step, before the memory is full:
 * what a step makes dies with it, unless somebody takes it out of the step's scope.
 */
final class LiveArrays {
  /** What layers may make once, late, and keep. */
  private static final int TOLERATED = 200;

  private final RunningNetwork network;
  private final Map<String, OptimizerState> states;
  private @Nullable Map<Shape, Integer> first;

  LiveArrays(RunningNetwork network, Map<String, OptimizerState> states) {
    this.network = network;
    this.states = states;
  }

  /**
   * Compares with the end of the first step.
   *
   * @param strategies whose arrays they may be
   * @param where the place in the training
   * @throws StrategyException if there are many more
   */
  void require(Supplier<String> strategies, String where) {
    Map<Shape, Integer> now = count();
    Map<Shape, Integer> before = first;
    if (before == null) {
      first = now;
      return;
    }
    int more = sum(now) - sum(before);
    if (more > TOLERATED) {
      Shape shape = now.keySet().iterator().next();
      for (Map.Entry<Shape, Integer> entry : now.entrySet()) {
        if (growth(entry.getKey(), before, now) > growth(shape, before, now)) {
          shape = entry.getKey();
        }
      }
      throw new StrategyException(
          new Problem(
              where + ", " + strategies.get(),
              "as many arrays alive after every step as after the first, " + sum(before),
              more + " more, most of them of shape " + shape,
              "Leave what a strategy makes to the manager of its arguments, and what must live to"
                  + " OptimizerState.slot; NDScope.unregister and attach keep an array for the"
                  + " whole training. The last checkpoint is intact."));
    }
  }

  private static int growth(Shape shape, Map<Shape, Integer> before, Map<Shape, Integer> now) {
    return now.getOrDefault(shape, 0) - before.getOrDefault(shape, 0);
  }

  private static int sum(Map<Shape, Integer> counts) {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  private Map<Shape, Integer> count() {
    Map<Shape, Integer> counts = new LinkedHashMap<>();
    for (NDArray array : network.manager().getManagedArrays()) {
      counts.merge(array.getShape(), 1, Integer::sum);
    }
    for (OptimizerState state : states.values()) {
      state.slots().values().forEach(slot -> counts.merge(slot.getShape(), -1, Integer::sum));
    }
    return counts;
  }
}
