package io.github.nnunet4j.train;

import ai.djl.Device;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.MemoryMeter;
import io.github.nnunet4j.plan.PlannerInput;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Measures what training a configuration takes by doing it: builds the network on the device and
 * makes two steps on random numbers, the second of which meets the gradients and the memory of the
 * optimizer that the first has left. Works for any network, because nothing is asked of it but to
 * run (nnU-Net v1's {@code find_3d_configuration} does so by hand).
 *
 * <pre>{@code
 * DryRun run = DryRun.on(Device.gpu());
 * long bytes = run.bytes(plan.configuration("3d_fullres"), PlannerInput.of(dataset));
 * Planner planner = Planners.standard().fitToMemory(16L << 30, run);
 * }</pre>
 *
 * <p>On a graphics card the memory of the card is counted, on the processor that of the process
 * without Java's heap. What else goes on there is counted too, so measure while nothing does; on
 * the processor a measurement repeats itself to within some tens of megabytes, and a process that
 * has done much else before adds up to a hundred of its own. An immutable value.
 */
public final class DryRun implements MemoryMeter {
  private static final long SEED = 0;
  private static final int STEPS = 2;

  private final Device device;
  private final UnaryOperator<TrainerConfig.Builder> edit;
  private final MemoryGauge gauge;

  DryRun(Device device, UnaryOperator<TrainerConfig.Builder> edit, MemoryGauge gauge) {
    this.device = device;
    this.edit = edit;
    this.gauge = gauge;
  }

  /**
   * Dry runs of nnU-Net's default training.
   *
   * @param device that will be trained on
   * @return the meter
   */
  public static DryRun on(Device device) {
    return new DryRun(
        Objects.requireNonNull(device, "device"), UnaryOperator.identity(), MemoryGauge.of(device));
  }

  /**
   * Dry runs of another training.
   *
   * @param training changes the defaults of each configuration, such as {@code t ->
   *     t.optimizer(Optimizers.adamW(3e-5))}
   * @return the meter
   */
  public DryRun withTraining(UnaryOperator<TrainerConfig.Builder> training) {
    return new DryRun(device, Objects.requireNonNull(training, "training"), gauge);
  }

  /**
   * The memory at the peak of a training step.
   *
   * @param candidate patch, batch size and network
   * @param data channels and labels of the data set
   * @return bytes beyond those that were taken before; {@link MemoryMeter#DOES_NOT_FIT} if the step
   *     fails for want of memory or the engine has no arrays of that size
   * @throws NnUNetException if the network or another strategy fails for another reason
   */
  @Override
  public long bytes(Configuration candidate, PlannerInput data) {
    TrainerConfig config =
        edit.apply(TrainerConfig.defaultsFor(candidate, data.labels()).device(device)).build();
    int channels = data.channels().size();
    if (candidate.previousStage().isPresent()) {
      channels += data.labels().foreground().size();
    }
    try {
      BatchArrays.requireFits(
          (config.batchSize() + config.passes() - 1) / config.passes(),
          channels,
          data.labels(),
          candidate.patch());
    } catch (TrainingException e) {
      return DOES_NOT_FIT;
    }
    return measure(candidate, data, config, channels);
  }

  private long measure(
      Configuration candidate, PlannerInput data, TrainerConfig config, int channels) {
    try {
      Batch batch = batch(candidate, data, config, channels);
      TrainingData training =
          new TrainingData(
              candidate,
              data.labels(),
              List.of(TrainingCases.inMemory("dry run", batch.samples().get(0), List.of())),
              List.of());
      return gauge.peak(() -> steps(batch, training, config, channels));
    } catch (NnUNetException | OutOfMemoryError e) {
      if (Failures.isOutOfMemory(e)) {
        return DOES_NOT_FIT;
      }
      throw e;
    }
  }

  /** One random sample in place of all: only the numbers of the arrays count. */
  private static Batch batch(
      Configuration candidate, PlannerInput data, TrainerConfig config, int channels) {
    int size = config.batchSize();
    Sample sample =
        ConstantBatch.random(
                1, channels, TrainerDefaults.spacePatch(candidate.patch()), data.labels(), SEED)
            .next()
            .samples()
            .get(0);
    return new Batch(Collections.nCopies(size, sample), Collections.nCopies(size, "dry run"));
  }

  private void steps(Batch batch, TrainingData data, TrainerConfig config, int channels) {
    String where = "dry run of " + data.configuration().name();
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(
            channels,
            data.labels().heads(),
            data.configuration().patch(),
            config.deepSupervision().isPresent());
    try (RunningNetwork network =
        Failures.blame(
            "network " + data.configuration().topology(),
            where,
            () ->
                TrainStep.alone(
                    () ->
                        RunningNetwork.start(
                            data.configuration().topology(), heads, device, SEED)))) {
      TrainStep step = new TrainStep(network, data, config);
      step.begin(new Progress(0, config.epochs()));
      for (int i = 0; i < STEPS; i++) {
        step.train(batch, Rates.of(0), SEED, where); // no weight changes
      }
    }
  }

  @Override
  public String toString() {
    return "DryRun on " + device;
  }
}
