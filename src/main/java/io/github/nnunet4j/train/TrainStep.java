package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Target;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.RunningNetwork;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One iteration: forward, weighted loss, backward, clipping, update; or forward and counting for
 * validation. Every array of a step dies with it.
 */
final class TrainStep {
  /** The engine has one gradient collector and one source of random numbers per process. */
  private static final ReentrantLock ENGINE = new ReentrantLock();

  private final RunningNetwork network;
  private final TrainerConfig config;
  private final NetworkTopology topology;
  private final String optimizer;
  private final DeepSupervision supervision;
  private final BatchArrays arrays;
  private final Map<String, OptimizerState> states = new LinkedHashMap<>();
  private final LiveArrays live;
  private LossFunction loss;

  /** What a training iteration came to; the norm is that before clipping. */
  record Outcome(double loss, double gradientNorm) {}

  TrainStep(RunningNetwork network, TrainingData data, TrainerConfig config) {
    this.network = network;
    this.config = config;
    topology = data.configuration().topology();
    optimizer = Failures.brief(config.optimizer());
    loss = config.loss();
    supervision = config.deepSupervision().orElse(new DeepSupervision(List.of(1.0)));
    int rank = data.configuration().patch().rank();
    List<List<Integer>> scales =
        config.deepSupervision().isPresent()
            ? topology.scales()
            : List.of(Collections.nCopies(rank, 1));
    arrays = new BatchArrays(data.labels(), rank, scales, supervision.softTargets());
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              if (parameter.requiresGradient()) {
                states.put(name, OptimizerState.of(name, parameter.getArray(), network.manager()));
              }
            });
    live = new LiveArrays(network, states);
  }

  RunningNetwork network() {
    return network;
  }

  /** Takes the loss of an epoch from here on. */
  void begin(Progress progress) {
    loss =
        Failures.blame(
            "loss " + config.loss(),
            "epoch " + progress.epoch(),
            () -> Objects.requireNonNull(config.loss().at(progress.fraction()), "no loss"));
  }

  /** What the optimizer remembers, by parameter. */
  Map<String, OptimizerState> states() {
    return states;
  }

  /**
   * Runs what draws from the engine's random numbers while no training does.
   *
   * @param <T> what it makes
   */
  static <T> T alone(Supplier<T> action) {
    ENGINE.lock();
    try {
      return action.get();
    } finally {
      ENGINE.unlock();
    }
  }

  /**
   * One training iteration; trainings in other threads wait meanwhile.
   *
   * @param seed of the random layers of a network of the user's, which follows from the place so
   *     that they go on alike after a resume
   * @param where the place in the training, for messages
   */
  Outcome train(Batch batch, Rates rates, long seed, String where) {
    Outcome outcome =
        step(
            seed,
            scratch -> {
              Gradients.reset(network.parameters());
              double loss = backward(scratch, batch, where);
              Map<String, NDArray> gradients = Gradients.collect(network.parameters());
              double norm =
                  GradientClipping.clip(List.copyOf(gradients.values()), config.clipNorm());
              requireFinite(norm, "gradient norm", batch, where);
              update(gradients, rates, where);
              return new Outcome(loss, norm);
            });
    live.require(this::strategies, where);
    return outcome;
  }

  private String strategies() {
    return "network "
        + Failures.brief(topology)
        + ", loss "
        + Failures.brief(loss)
        + " or optimizer "
        + optimizer;
  }

  /** No gradients but inside a collector, no other training meanwhile, no array left behind. */
  private <T> T step(long seed, Function<NDManager, T> action) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    ENGINE.lock();
    try (NDManager scratch = network.manager().newSubManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      network.manager().getEngine().setRandomSeed((int) seed);
      return action.apply(scratch);
    } finally {
      ENGINE.unlock();
      JniUtils.setGradMode(before);
    }
  }

  /** All passes through the batch; gradients add up, each pass counts by its samples. */
  private double backward(NDManager scratch, Batch batch, String where) {
    try (GradientCollector collector = network.manager().getEngine().newGradientCollector()) {
      double sum = 0;
      for (Batch part : batch.parts(config.passes())) {
        double share = (double) part.samples().size() / batch.samples().size();
        try (NDManager own = scratch.newSubManager();
            NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          sum += share * backward(collector, own, part, share, where);
        }
      }
      return sum;
    }
  }

  private double backward(
      GradientCollector collector, NDManager own, Batch part, double share, String where) {
    NDArray input = arrays.input(own, part);
    List<Target> targets = arrays.targets(own, part);
    List<NDArray> logits = forward(input, true, where);
    NDArray loss = loss(logits, targets, where);
    double value = loss.getFloat();
    requireFinite(value, "loss", part, where);
    NDArray scaled = share == 1 ? loss : loss.mul(own.full(loss.getShape(), (float) share));
    Failures.blame(
        "network or loss",
        where,
        () -> {
          collector.backward(scaled);
          return value;
        });
    return value;
  }

  private List<NDArray> forward(NDArray input, boolean training, String where) {
    return Failures.blame("network", where, () -> network.forward(input, training));
  }

  private NDArray loss(List<NDArray> logits, List<Target> targets, String where) {
    return Failures.blame("loss " + loss, where, () -> supervision.evaluate(loss, logits, targets));
  }

  private void update(Map<String, NDArray> gradients, Rates rates, String where) {
    gradients.forEach(
        (name, gradient) -> {
          NDArray weight = Objects.requireNonNull(network.parameters().get(name)).getArray();
          OptimizerState state = Objects.requireNonNull(states.get(name)).advance();
          Failures.blame(
              "optimizer, parameter " + name + ", " + optimizer,
              where,
              () -> {
                config.optimizer().update(weight, gradient, state, rates);
                return name;
              });
        });
  }

  /**
   * Loss of a validation batch; its voxels are added to the counts. Waits for other trainings, too:
   * a network of the user's may draw numbers here as well.
   */
  double validate(Batch batch, PseudoDice dice, long seed, String where) {
    return step(
        seed,
        scratch -> {
          double sum = 0;
          for (Batch part : batch.parts(config.passes())) {
            try (NDManager own = scratch.newSubManager();
                NDScope scope = new NDScope()) {
              scope.suppressNotUsedWarning();
              double share = (double) part.samples().size() / batch.samples().size();
              sum += share * validate(own, part, dice, where);
            }
          }
          return sum;
        });
  }

  private static String shapes(Batch batch) {
    return batch.samples().size() + " patches " + batch.samples().get(0).image().grid().extent();
  }

  private double validate(NDManager own, Batch part, PseudoDice dice, String where) {
    List<Target> targets = arrays.targets(own, part);
    List<NDArray> logits = forward(arrays.input(own, part), false, where);
    double value = loss(logits, targets, where).getFloat();
    dice.add(logits.get(0), targets.get(0));
    return value;
  }

  private void requireFinite(double value, String what, Batch batch, String where) {
    if (!Double.isFinite(value)) {
      throw new TrainingException(
          new Problem(
              where + ", cases " + batch.caseIds(),
              "a finite " + what,
              value + " of " + loss + " on " + shapes(batch),
              "No step was made. Look for NaN in these cases, lower the learning rate or check a"
                  + " loss of your own; the last checkpoint is intact."));
    }
  }
}
