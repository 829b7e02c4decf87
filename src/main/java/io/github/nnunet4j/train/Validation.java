package io.github.nnunet4j.train;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The validation iterations of an epoch: loss and online Dice on patches of their own stream. */
final class Validation implements AutoCloseable {
  private final TrainerConfig config;
  private final TrainStep step;
  private final BatchSource batches;
  private final int heads;
  private final boolean regions;
  private int ready = -1;

  /**
   * What the iterations came to.
   *
   * @param loss mean
   * @param dice per foreground class or region
   * @param waited seconds
   */
  record Outcome(double loss, List<Double> dice, double waited) {
    static final Outcome NONE = new Outcome(Double.NaN, List.of(), 0);
  }

  private Validation(TrainingData data, TrainerConfig config, TrainStep step) {
    this.config = config;
    this.step = step;
    heads = data.labels().heads();
    regions = data.labels().hasRegions();
    batches = BatchSources.validation(data, config);
  }

  /** Empty if there are no cases or no iterations. */
  static Optional<Validation> of(TrainingData data, TrainerConfig config, TrainStep step) {
    boolean cases = config.dummyData() || !data.validation().isEmpty();
    return cases && config.validationIterations() > 0
        ? Optional.of(new Validation(data, config, step))
        : Optional.empty();
  }

  /** All iterations of an epoch; the check runs before each and may throw. */
  Outcome run(int epoch, Runnable check) {
    if (ready != epoch) {
      batches.start(epoch, 0);
    }
    ready = -1;
    PseudoDice dice = new PseudoDice(heads, regions);
    Duration before = batches.waited();
    double sum = 0;
    for (int i = 0; i < config.validationIterations(); i++) {
      check.run();
      String where = "epoch " + epoch + ", validation iteration " + i;
      long seed = new SampleSlot(epoch, i, 0, 1).seed(~BatchSources.validationSeed(config));
      sum += step.validate(batches.next(), dice, seed, where);
    }
    ready = epoch + 1;
    return new Outcome(
        sum / config.validationIterations(),
        dice.perClass(),
        batches.waited().minus(before).toNanos() / 1e9);
  }

  @Override
  public void close() {
    batches.close();
  }
}
