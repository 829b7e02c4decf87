package io.github.nnunet4j.train;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.network.Weights;
import java.util.ArrayList;
import java.util.List;

/** Puts given tensors in the place of drawn ones and collects what does not fit. */
final class WeightTransfer {
  /** How many tensors are named of each kind of misfit. */
  private static final int SHOWN = 10;

  private final Weights given;
  private final Weights drawn;
  private final Weights.Builder result = Weights.builder();
  private final List<Problem> otherShapes = new ArrayList<>();
  private final List<Problem> missing = new ArrayList<>();
  private final List<Problem> unknown = new ArrayList<>();
  private int taken;

  WeightTransfer(Weights given, Weights drawn) {
    this.given = given;
    this.drawn = drawn;
    drawn.names().forEach(this::keep);
  }

  /** Whether a tensor is given with the network's name and shape. */
  boolean fits(String name) {
    return given.names().contains(name) && given.shape(name).equals(drawn.shape(name));
  }

  /** Leaves a tensor as it was drawn. */
  void keep(String name) {
    result.take(name, drawn, name);
  }

  /** Takes the given tensor, which fits. */
  void take(String name) {
    result.take(name, given, name);
    taken++;
  }

  /** Takes numbers made of a given tensor. */
  void put(String name, float[] values) {
    result.put(name, values, drawn.shape(name).stream().mapToLong(Long::longValue).toArray());
    taken++;
  }

  /** Notes that a tensor of the network is not there, or has another shape. */
  void miss(String name) {
    String expected = "shape " + drawn.shape(name);
    if (given.names().contains(name)) {
      otherShapes.add(problem(name, expected, "shape " + given.shape(name)));
    } else {
      missing.add(problem(name, expected, "nothing"));
    }
  }

  /** Notes that a given tensor is none of the network's. */
  void refuse(String name) {
    unknown.add(problem(name, "no such tensor in this network", "shape " + given.shape(name)));
  }

  private static Problem problem(String name, String expected, String found) {
    return new Problem(
        "initial weights, tensor " + name,
        expected,
        found,
        "Plan as the weights were planned for, or take what fits: InitialWeights.fitting or"
            + " adaptedEncoder.");
  }

  boolean hasProblems() {
    return !(otherShapes.isEmpty() && missing.isEmpty() && unknown.isEmpty());
  }

  /**
   * All tensors of the network.
   *
   * @throws ModelException if something does not fit, or nothing was taken
   */
  Weights weights() {
    if (hasProblems()) {
      throw new ModelException(problems());
    }
    if (taken == 0) {
      throw new ModelException(
          new Problem(
              "initial weights",
              "at least one tensor of this network, such as " + first(drawn),
              "none that fits; there are " + given + ", such as " + first(given),
              "Give the weights of a similar network under the same names."));
    }
    return result.build();
  }

  private List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    int more = 0;
    for (List<Problem> kind : List.of(otherShapes, missing, unknown)) {
      int shown = Math.min(SHOWN, kind.size());
      problems.addAll(kind.subList(0, shown));
      more += kind.size() - shown;
    }
    if (more > 0) {
      problems.add(
          new Problem(
              "initial weights",
              "weights of this network",
              more + " further tensors that do not fit",
              "Compare the networks: both are printed by their plans."));
    }
    return problems;
  }

  private static String first(Weights weights) {
    return weights.names().stream()
        .findFirst()
        .map(name -> name + " " + weights.shape(name))
        .orElse("none");
  }
}
