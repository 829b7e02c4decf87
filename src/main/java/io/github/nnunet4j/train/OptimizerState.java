package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.github.nnunet4j.internal.Checks;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an {@link Optimizer} remembers for one parameter: named arrays of the parameter's shape and
 * the number of steps. Checkpoints save it under {@code optimizer/PARAMETER/SLOT}.
 */
public final class OptimizerState {
  private static final int MOST_SLOTS = 32;

  private final String parameter;
  private final NDArray weight;
  private final NDManager manager;
  private final Map<String, NDArray> slots = new TreeMap<>();
  private long step;

  private OptimizerState(String parameter, NDArray weight, NDManager manager) {
    this.parameter = parameter;
    this.weight = weight;
    this.manager = manager;
  }

  /**
   * The empty state of a parameter that has made no step.
   *
   * @param parameter its name
   * @param weight the parameter, for type and shape
   * @param manager owns the slots
   * @return a new state
   */
  public static OptimizerState of(String parameter, NDArray weight, NDManager manager) {
    return new OptimizerState(parameter, weight, manager);
  }

  /**
   * The parameter.
   *
   * @return its name as torch would say it
   */
  public String parameter() {
    return parameter;
  }

  /**
   * The number of steps including the current one.
   *
   * @return 1 in the first update
   */
  public long step() {
    return step;
  }

  /**
   * A named array of the type and shape of the parameter, to be changed in place; all zeros when it
   * is asked for the first time.
   *
   * @param name of letters, digits and underscores
   * @return the array, alive as long as the training
   * @throws IllegalArgumentException if the name has other characters or is one of more than 32
   */
  public NDArray slot(String name) {
    NDArray slot = slots.get(name);
    if (slot == null) {
      Checks.argument(
          slots.size() < MOST_SLOTS,
          "an optimizer keeps at most %d arrays per parameter; \"%s\" is one more",
          MOST_SLOTS,
          name);
      Checks.argument(
          name.matches("\\w+"), "a slot is named by letters, digits and _, not \"%s\"", name);
      slot = manager.zeros(weight.getShape(), weight.getDataType());
      NDScope.unregister(slot);
      slots.put(name, slot);
    }
    return slot;
  }

  /**
   * All arrays asked for so far.
   *
   * @return by name, in the order of the names
   */
  public Map<String, NDArray> slots() {
    return Collections.unmodifiableMap(slots);
  }

  /**
   * Counts a step; the trainer does so before every update.
   *
   * @return this
   */
  public OptimizerState advance() {
    step++;
    return this;
  }

  void restore(long steps) {
    step = steps;
  }
}
