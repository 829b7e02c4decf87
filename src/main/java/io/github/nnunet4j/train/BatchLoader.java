package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches in the background: threads choose patches, read and augment them, sample by sample,
 * at most some batches ahead of the consumer. Batches come in order, and each depends on nothing
 * but the seed and its place (epoch, iteration): neither the number of threads nor where the loader
 * was started makes a difference. A failure ends the loader and is thrown at its batch's turn.
 *
 * <p>{@link #start}, {@link #next} and {@link #close} are for one consumer thread.
 */
public final class BatchLoader implements BatchSource {
  private final List<TrainingCase> cases;
  private final PatchSampler sampler;
  private final Augmentation augmentation;
  private final @Nullable Extent patch;
  private final OptionalInt channels;
  private final @Nullable LabelCheck labels;
  private final int batchSize;
  private final int iterations;
  private final long seed;
  private final int threads;
  private final int ahead;

  private @Nullable SampleQueue queue;
  private long nanosWaited;
  private boolean closed;

  private BatchLoader(Builder builder) {
    cases = builder.cases;
    sampler = builder.sampler;
    augmentation = builder.augmentation;
    patch = builder.patch;
    channels = builder.channels;
    labels = builder.labels;
    batchSize = builder.batchSize;
    iterations = builder.iterations;
    seed = builder.seed;
    threads = builder.threads;
    ahead = builder.ahead;
  }

  /**
   * A builder; batch size 2, 250 iterations per epoch, no augmentation, one thread, 3 batches
   * ahead, seed 0 unless set.
   *
   * @param cases at least one
   * @param sampler chooses the patches
   * @return the builder
   */
  public static Builder builder(List<? extends TrainingCase> cases, PatchSampler sampler) {
    return new Builder(cases, sampler);
  }

  /**
   * Begins at a place; what was under way before is dropped.
   *
   * @param epoch of the first batch, from 0
   * @param iteration of the first batch within the epoch, from 0
   */
  @Override
  public void start(int epoch, int iteration) {
    Checks.argument(!closed, "the loader is closed");
    Checks.notNegative(epoch, "epoch");
    Checks.argument(
        iteration >= 0 && iteration < iterations,
        "an epoch has iterations 0 to %d, there is no %d",
        iterations - 1,
        iteration);
    stop();
    long first = ((long) epoch * iterations + iteration) * batchSize;
    queue = new SampleQueue(this::make, first, batchSize, (long) ahead * batchSize, threads);
  }

  /**
   * The next batch; waits until it is ready. Starts at the beginning if not started.
   *
   * @return the batch; after the last iteration of an epoch comes the first of the next
   * @throws StrategyException if the sampler or the augmentation failed or broke its contract
   * @throws TrainingException if a case could not be read
   * @throws io.github.nnunet4j.error.CancelledException if the waiting thread is interrupted
   */
  @Override
  public Batch next() {
    Checks.argument(!closed, "the loader is closed");
    if (queue == null) {
      start(0, 0);
    }
    long begin = System.nanoTime();
    try {
      List<Made> made = Objects.requireNonNull(queue).take();
      requireAlike(made);
      return new Batch(
          made.stream().map(Made::sample).toList(), made.stream().map(Made::caseId).toList());
    } finally {
      nanosWaited += System.nanoTime() - begin;
    }
  }

  /**
   * How long {@link #next} has waited altogether since the loader was made.
   *
   * @return the time that the consumer could not use
   */
  @Override
  public Duration waited() {
    return Duration.ofNanos(nanosWaited);
  }

  /** Ends the threads; waits a few seconds at most for those in the midst of a sample. */
  @Override
  public void close() {
    closed = true;
    stop();
  }

  private void stop() {
    SampleQueue running = queue;
    queue = null;
    if (running != null) {
      running.close();
    }
  }

  /** A finished sample. */
  record Made(Sample sample, String caseId, SampleSlot slot) {}

  private Made make(long number) {
    long batch = number / batchSize;
    SampleSlot slot =
        new SampleSlot(
            Math.toIntExact(batch / iterations),
            (int) (batch % iterations),
            (int) (number % batchSize),
            batchSize);
    RandomGenerator random = new SplittableRandom(slot.seed(seed));
    PatchSampler.Patch chosen;
    try {
      chosen = Objects.requireNonNull(sampler.choose(cases, slot, random), "no patch");
    } catch (RuntimeException e) {
      throw strategy("patch sampler " + Failures.brief(sampler) + ", " + place(slot), e);
    }
    String id = chosen.source().id();
    Sample raw = read(chosen.source(), chosen.box(), place(slot));
    Sample changed;
    try {
      changed = Objects.requireNonNull(augmentation.apply(raw, random), "no sample");
    } catch (RuntimeException e) {
      throw strategy(augmented(id, slot), e);
    }
    if (labels != null) {
      labels.require(raw.labels(), changed.labels(), () -> augmented(id, slot));
    }
    return new Made(changed, id, slot);
  }

  /** A patch of a case; a failure is that of the case. */
  static Sample read(TrainingCase source, Box box, String place) {
    try {
      return source.read(box);
    } catch (RuntimeException e) {
      String where = "case " + source.id();
      if (e instanceof NnUNetException known) {
        throw new TrainingException(known.within(where), e);
      }
      throw new TrainingException(
          new Problem(
              where + ", " + place,
              "a readable patch " + box,
              String.valueOf(e),
              "Prepare the case again."),
          e);
    }
  }

  private String augmented(String id, SampleSlot slot) {
    return "augmentation of case " + id + ", " + place(slot) + ", " + Failures.brief(augmentation);
  }

  private static StrategyException strategy(String where, RuntimeException e) {
    return new StrategyException(
        new Problem(
            where,
            "a sample",
            String.valueOf(e),
            "The strategy that was handed in threw; its own stack trace follows."),
        e);
  }

  private static String place(SampleSlot slot) {
    return "epoch " + slot.epoch() + ", iteration " + slot.iteration() + ", sample " + slot.index();
  }

  private void requireAlike(List<Made> made) {
    Sample first = made.get(0).sample();
    Extent expected = patch != null ? patch : first.image().grid().extent();
    int expectedChannels = channels.orElse(first.image().channels());
    for (Made one : made) {
      Extent found = one.sample().image().grid().extent();
      if (!found.equals(expected) || one.sample().image().channels() != expectedChannels) {
        throw new StrategyException(
            new Problem(
                "sample, " + augmented(one.caseId(), one.slot()),
                expectedChannels + " channels of " + expected,
                one.sample().image().channels() + " channels of " + found,
                "Let sampler and augmentation return patches of one extent with the channels that"
                    + " the network takes."));
      }
    }
  }

  /** Sets up a loader. */
  public static final class Builder {
    private final List<TrainingCase> cases;
    private final PatchSampler sampler;
    private Augmentation augmentation = Augmentations.none();
    private @Nullable Extent patch;
    private OptionalInt channels = OptionalInt.empty();
    private @Nullable LabelCheck labels;
    private int batchSize = 2;
    private int iterations = 250;
    private long seed;
    private int threads = 1;
    private int ahead = 3;

    private Builder(List<? extends TrainingCase> cases, PatchSampler sampler) {
      Checks.argument(!cases.isEmpty(), "there must be at least one training case");
      this.cases = List.copyOf(cases);
      this.sampler = sampler;
    }

    /**
     * What is done to each sample; only label -1 becomes 0 by default.
     *
     * @param newAugmentation called by several threads
     * @return this
     */
    public Builder augmentation(Augmentation newAugmentation) {
      augmentation = newAugmentation;
      return this;
    }

    /**
     * The extent that every sample must have in the end; else those of a batch must be equal.
     *
     * @param newPatch (z, y, x), if known
     * @return this
     */
    public Builder patch(Optional<Extent> newPatch) {
      patch = newPatch.orElse(null);
      return this;
    }

    /**
     * The number of channels that every sample must have in the end; else those of a batch must be
     * equal.
     *
     * @param newChannels as the network takes them, if known
     * @return this
     */
    public Builder channels(OptionalInt newChannels) {
      channels = newChannels;
      return this;
    }

    /**
     * The labels that a finished sample may have besides those of its case; nobody looks by
     * default.
     *
     * @param newLabels of the data set
     * @return this
     */
    public Builder labels(Labels newLabels) {
      labels = new LabelCheck(newLabels);
      return this;
    }

    /**
     * Samples per batch.
     *
     * @param samples positive
     * @return this
     */
    public Builder batchSize(int samples) {
      batchSize = Checks.positive(samples, "batch size");
      return this;
    }

    /**
     * Batches per epoch.
     *
     * @param batches positive
     * @return this
     */
    public Builder iterationsPerEpoch(int batches) {
      iterations = Checks.positive(batches, "iterations per epoch");
      return this;
    }

    /**
     * The seed of all randomness.
     *
     * @param newSeed any number
     * @return this
     */
    public Builder seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    /**
     * Background threads.
     *
     * @param count positive; makes no difference to the batches
     * @return this
     */
    public Builder threads(int count) {
      threads = Checks.positive(count, "threads");
      return this;
    }

    /**
     * How many batches may be ready or under way; bounds the memory.
     *
     * @param batches positive
     * @return this
     */
    public Builder ahead(int batches) {
      ahead = Checks.positive(batches, "batches ahead");
      return this;
    }

    /**
     * The loader; its threads begin with {@link BatchLoader#start}.
     *
     * @return to be closed
     */
    public BatchLoader build() {
      return new BatchLoader(this);
    }
  }
}
