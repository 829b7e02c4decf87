package io.github.nnunet4j.train;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains a network as nnU-Net v2 does: epochs of training iterations with a rate of their own, then
 * validation iterations with the online Dice, whose moving average decides which epoch is the best.
 *
 * <pre>{@code
 * try (Trainer trainer = Trainer.start(data, config, folder)) {
 *   trainer.run();
 * }
 * Weights weights = Checkpoint.read(Checkpoint.newest(folder).orElseThrow()).weights();
 * }</pre>
 *
 * <p>The folder gets {@code run.json}, {@code training_log.jsonl}, {@code progress.png} and the
 * {@link Checkpoint}s. A training that was ended in any way, a power cut included, resumes from the
 * last checkpoint and comes, on the CPU with the same number of engine threads, to the same weights
 * bit for bit: all randomness follows from the seed and the place. A trainer is for one thread;
 * only {@link #cancel} may be called from others. Trainers in several threads of one process take
 * turns step by step, because the engine records gradients and draws random numbers for the whole
 * process; each comes to the weights that it would come to alone.
 */
public final class Trainer implements AutoCloseable {
  private final TrainingData data;
  private final TrainerConfig config;
  private final RunFolder folder;
  private final Map<String, String> settings;
  private final RunningNetwork network;
  private final TrainStep step;
  private final EpochRules rules;
  private final TrainingState state;
  private final Listeners listeners;
  private final BatchSource trainingBatches;
  private final Optional<Validation> validation;
  private final Stopwatch sinceCheckpoint = new Stopwatch();
  private boolean positioned;
  private boolean failed;
  private boolean closed;
  private volatile boolean cancelled;

  private Trainer(
      TrainingData data, TrainerConfig config, Path folder, @Nullable Checkpoint checkpoint) {
    this.data = data;
    this.config = config;
    this.folder = new RunFolder(folder);
    settings = ConfigTexts.of(data, config);
    if (checkpoint != null) {
      ConfigTexts.requireAlike(checkpoint.file().toString(), checkpoint.settings(), settings);
    }
    listeners = new Listeners(config.listeners());
    TrainingChecks.require(data, config);
    network = network(data.channels());
    try {
      if (checkpoint == null) {
        config.initialWeights().ifPresent(initial -> StartingWeights.load(initial, network));
      }
      step = new TrainStep(network, data, config);
      rules = new EpochRules(config, network);
      state = checkpoint == null ? new TrainingState() : checkpoint.state();
      trainingBatches = BatchSources.training(data, config);
      validation = Validation.of(data, config, step);
      if (checkpoint != null) {
        checkpoint.restore(network, step.states());
      }
      this.folder.sweep();
      this.folder.rewriteLog(state.history());
      this.folder.describe(settings, config, parameters());
    } catch (Throwable t) { // strategies of the user's may throw anything
      network.close();
      throw t;
    }
  }

  private RunningNetwork network(int channels) {
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(
            channels,
            data.labels().heads(),
            data.configuration().patch(),
            config.deepSupervision().isPresent());
    return Failures.blame(
        "network " + data.configuration().topology(),
        "start of the training",
        () ->
            TrainStep.alone(
                () ->
                    RunningNetwork.start(
                        data.configuration().topology(), heads, config.device(), config.seed())));
  }

  /**
   * A training from the first epoch, in a folder that holds none.
   *
   * @param data what to train on
   * @param config how to train
   * @param folder created if needed
   * @return a trainer that has made no step; the caller closes it
   * @throws TrainingException if the folder holds a checkpoint or cannot be written, or data and
   *     config do not fit each other
   * @throws StrategyException if the network cannot be built
   * @throws io.github.nnunet4j.error.ModelException if the initial weights do not fit the network
   */
  public static Trainer start(TrainingData data, TrainerConfig config, Path folder) {
    Checkpoint.newest(folder)
        .ifPresent(
            file -> {
              throw new TrainingException(
                  new Problem(
                      folder.toString(),
                      "a folder without a training",
                      file.getFileName().toString(),
                      "Resume that training, or choose another folder."));
            });
    return new Trainer(data, config, folder, null);
  }

  /**
   * Goes on from the furthest checkpoint of a folder; from the start if there is none yet.
   *
   * @param data the data that the training was started with
   * @param config the same settings; only device, threads, listeners and how often to save may
   *     differ
   * @param folder of the training
   * @return a trainer at the place of the checkpoint; the caller closes it
   * @throws TrainingException if a setting differs, naming it, or the checkpoint cannot be read
   * @throws io.github.nnunet4j.error.ModelException if the network has other parameters, or the
   *     initial weights do not fit it and there is no checkpoint yet
   */
  public static Trainer resume(TrainingData data, TrainerConfig config, Path folder) {
    Checkpoint checkpoint = Checkpoint.newest(folder).map(Checkpoint::read).orElse(null);
    return new Trainer(data, config, folder, checkpoint);
  }

  private long parameters() {
    return network.trainable().stream().mapToLong(p -> p.getShape().size()).sum();
  }

  /**
   * Trains all epochs that are left.
   *
   * @return all epochs of the training
   * @throws CancelledException after {@link #cancel} or an interrupt; the state is saved
   * @throws StrategyException if a strategy or listener failed
   * @throws TrainingException if loss or gradients are not finite, a case cannot be read, or a file
   *     cannot be written; the last checkpoint is intact
   */
  public List<EpochResult> run() {
    while (!isFinished()) {
      runEpoch();
    }
    return history();
  }

  /**
   * Trains the current epoch to its end, which may begin amid it after a resume.
   *
   * @return what it came to
   * @throws CancelledException after {@link #cancel} or an interrupt; the state is saved and the
   *     trainer can go on
   * @throws StrategyException if a strategy or listener failed
   * @throws TrainingException if loss or gradients are not finite, a case cannot be read, or a file
   *     cannot be written; the last checkpoint is intact
   */
  public EpochResult runEpoch() {
    Checks.argument(!closed, "the trainer is closed");
    Checks.argument(!failed, "the training has failed; resume it from its folder");
    Checks.argument(!isFinished(), "all %d epochs are done", config.epochs());
    failed = true;
    try {
      EpochResult result = epoch();
      failed = false;
      return result;
    } catch (CancelledException e) {
      cancelled = false;
      positioned = false;
      Path file = write("latest");
      failed = false;
      tellWritten(file);
      throw e;
    } catch (OutOfMemoryError e) {
      throw Failures.outOfMemory("epoch " + state.epoch() + ", the JVM's heap", e);
    }
  }

  private EpochResult epoch() {
    Progress progress = progress();
    Rates rates = rules.rates(progress);
    if (state.iteration() == 0) {
      listeners.tell("epochStarted", listener -> listener.epochStarted(progress, rates));
    }
    step.begin(progress);
    position();
    while (state.iteration() < config.iterations()) {
      train(progress, rates);
      if (isCheckpointDue()) {
        save("latest");
      }
    }
    return finish(validate(progress, rates));
  }

  private Progress progress() {
    return new Progress(state.epoch(), config.epochs(), state.history());
  }

  /** Lets the loader begin where the training stands. */
  private void position() {
    if (!positioned) {
      if (state.iteration() < config.iterations()) {
        trainingBatches.start(state.epoch(), state.iteration());
      } else {
        trainingBatches.start(state.epoch() + 1, 0);
      }
      positioned = true;
    }
  }

  private void requireNotCancelled() {
    if (cancelled || Thread.currentThread().isInterrupted()) {
      throw new CancelledException(
          new Problem(
              "training, epoch " + state.epoch() + ", iteration " + state.iteration(),
              "to train on",
              cancelled ? "a call of cancel()" : "an interrupt",
              "The state is saved; resume from the folder."));
    }
  }

  private void train(Progress progress, Rates rates) {
    int iteration = state.iteration();
    String where = "epoch " + progress.epoch() + ", iteration " + iteration;
    Stopwatch watch = new Stopwatch();
    Duration waited = trainingBatches.waited();
    double loss;
    try {
      requireNotCancelled();
      Batch batch = trainingBatches.next();
      SampleSlot slot = new SampleSlot(progress.epoch(), iteration, 0, 1);
      loss = step.train(batch, rates, slot.seed(~config.seed()), where).loss();
      state.add(loss);
    } finally {
      state.spend(watch.seconds(), seconds(trainingBatches.waited().minus(waited)));
    }
    listeners.tell(
        "iterationEnded, " + where, listener -> listener.iterationEnded(progress, iteration, loss));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private boolean isCheckpointDue() {
    return sinceCheckpoint.seconds() >= seconds(config.checkpointPeriod());
  }

  private EpochResult validate(Progress progress, Rates rates) {
    Stopwatch watch = new Stopwatch();
    Validation.Outcome outcome = Validation.Outcome.NONE;
    if (validation.isPresent()) {
      outcome = validation.get().run(progress.epoch(), this::requireNotCancelled);
    }
    List<Double> volumes = rules.volumes(progress);
    state.spend(watch.seconds(), outcome.waited());
    double mean = PseudoDice.mean(outcome.dice());
    double average = PseudoDice.movingAverage(state.movingAverage(), mean);
    return new EpochResult(
        progress.epoch(),
        rates,
        new EpochResult.Loss(state.meanLoss(), outcome.loss()),
        new EpochResult.Dice(outcome.dice(), mean, average, volumes),
        state.time());
  }

  private EpochResult finish(EpochResult result) {
    boolean best = state.finish(result);
    rules.restart(state.history());
    if (!isFinished() && rules.stop(progress())) {
      state.stop();
    }
    folder.log(state.history());
    folder.draw(state.history(), isFinished());
    if (best) {
      save("best");
    }
    if (isFinished()) {
      save("final");
      folder.deleteLatest();
    } else if (state.epoch() % config.checkpointEpochs() == 0) {
      save("latest");
    }
    listeners.tell("epochEnded, epoch " + result.epoch(), listener -> listener.epochEnded(result));
    return result;
  }

  private void save(String kind) {
    tellWritten(write(kind));
  }

  private Path write(String kind) {
    Path file = folder.save(kind, state, step, settings, config);
    sinceCheckpoint.restart();
    return file;
  }

  private void tellWritten(Path file) {
    listeners.tell("checkpointWritten", listener -> listener.checkpointWritten(file));
  }

  /**
   * Asks the training to end: {@link #runEpoch} saves the state after the current step and throws
   * {@link CancelledException}. For any thread; a call between two epochs ends the next at once.
   */
  public void cancel() {
    cancelled = true;
  }

  /**
   * Whether all epochs are done or a stopping rule has ended the training.
   *
   * @return true after the last epoch
   */
  public boolean isFinished() {
    return state.isStopped() || state.epoch() >= config.epochs();
  }

  /**
   * The finished epochs.
   *
   * @return in order
   */
  public List<EpochResult> history() {
    return state.history();
  }

  /**
   * The present numbers of the network.
   *
   * @return a copy
   */
  public Weights weights() {
    Checks.argument(!closed, "the trainer is closed");
    return network.weights();
  }

  /** Ends the background threads and frees the arrays; saves nothing. */
  @Override
  public void close() {
    closed = true;
    trainingBatches.close();
    validation.ifPresent(Validation::close);
    network.close();
  }
}
