package io.github.nnunet4j.train;

import ai.djl.Device;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.plan.Configuration;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * How to train: the counts, the strategies, the seed and what is saved when. The defaults are those
 * of nnU-Net v2 ({@code nnUNetTrainer}).
 *
 * <pre>{@code
 * TrainerConfig config = TrainerConfig.defaultsFor(configuration, labels)
 *     .epochs(250)
 *     .loss(Losses.dice().plus(Losses.topK(0.1)))
 *     .build();
 * }</pre>
 */
public final class TrainerConfig {
  /** The global norm to which nnU-Net clips gradients. */
  public static final double CLIP_NORM = 12;

  private final TrainerSettings all;
  private final Execution execution;

  private TrainerConfig(TrainerSettings all, Execution execution) {
    this.all = all;
    this.execution = execution;
  }

  /**
   * A builder with nnU-Net's defaults for a configuration: 1000 epochs of 250 iterations, 50
   * validation iterations, Dice and cross-entropy, SGD with Nesterov momentum 0.99 and weight decay
   * 3e-5, polynomial schedule from 0.01, the standard augmentation and sampler.
   *
   * @param configuration gives patch, batch size, batch Dice and the network's outputs
   * @param labels what the network learns
   * @return a new builder
   */
  public static Builder defaultsFor(Configuration configuration, Labels labels) {
    return new Builder(configuration, labels);
  }

  /** {@return the number of epochs} */
  public int epochs() {
    return all.epochs;
  }

  /** {@return the training iterations per epoch} */
  public int iterations() {
    return all.iterations;
  }

  /** {@return the validation iterations per epoch, 0 for none} */
  public int validationIterations() {
    return all.validationIterations;
  }

  /** {@return the patches per step} */
  public int batchSize() {
    return all.batchSize;
  }

  /** {@return the loss on one scale} */
  public LossFunction loss() {
    return all.loss;
  }

  /** {@return the weights of the scales; empty if only the finest output is trained} */
  public Optional<DeepSupervision> deepSupervision() {
    return all.deepSupervision;
  }

  /** {@return what is done to each training sample} */
  public Augmentation augmentation() {
    return Objects.requireNonNull(all.augmentation);
  }

  /** {@return where training patches are cut, before augmentation} */
  public PatchSampler sampler() {
    return Objects.requireNonNull(all.sampler);
  }

  /** {@return where validation patches are cut} */
  public PatchSampler validationSampler() {
    return Objects.requireNonNull(all.validationSampler);
  }

  /** {@return the rates of each epoch} */
  public OptimizerSchedule schedule() {
    return all.schedule;
  }

  /** {@return the update rule} */
  public Optimizer optimizer() {
    return all.optimizer;
  }

  /** {@return the global norm above which gradients are scaled down; infinite for never} */
  public double clipNorm() {
    return all.clipNorm;
  }

  /** {@return the axes of the patch along which prediction may mirror} */
  public Set<Integer> mirrorAxes() {
    return Objects.requireNonNull(all.mirrorAxes);
  }

  /** {@return the seed of all randomness: first weights, patches, augmentation} */
  public long seed() {
    return all.seed;
  }

  /** {@return where the network runs} */
  public Device device() {
    return execution.device();
  }

  /** {@return the threads that prepare batches; they make no difference to the result} */
  public int loaderThreads() {
    return execution.loaderThreads();
  }

  /** {@return after how many epochs the latest state is saved} */
  public int checkpointEpochs() {
    return execution.checkpointEpochs();
  }

  /** {@return after how much time the latest state is saved, also amid an epoch} */
  public Duration checkpointPeriod() {
    return execution.checkpointPeriod();
  }

  /** {@return who hears of the progress} */
  public List<TrainingListener> listeners() {
    return execution.listeners();
  }

  @Override
  public String toString() {
    return "TrainerConfig" + ConfigTexts.of(this);
  }

  /** Collects the settings; all have defaults. */
  public static final class Builder extends ExecutionBuilder<Builder> {
    private final TrainerSettings all;

    private Builder(Configuration configuration, Labels labels) {
      all = new TrainerSettings(configuration, labels);
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Sets the length of the training.
     *
     * @param value positive
     * @return this builder
     */
    public Builder epochs(int value) {
      all.epochs = value;
      return this;
    }

    /**
     * Sets the training iterations per epoch.
     *
     * @param value positive
     * @return this builder
     */
    public Builder iterations(int value) {
      all.iterations = value;
      return this;
    }

    /**
     * Sets the validation iterations per epoch.
     *
     * @param value 0 for no validation, then no epoch is the best
     * @return this builder
     */
    public Builder validationIterations(int value) {
      all.validationIterations = value;
      return this;
    }

    /**
     * Sets the patches per step.
     *
     * @param value positive
     * @return this builder
     */
    public Builder batchSize(int value) {
      all.batchSize = value;
      return this;
    }

    /**
     * Sets the loss.
     *
     * @param value on one scale
     * @return this builder
     */
    public Builder loss(LossFunction value) {
      all.loss = Objects.requireNonNull(value, "loss");
      return this;
    }

    /**
     * Switches deep supervision on, with nnU-Net's weights, or off.
     *
     * @param on true by default, if the network has several outputs
     * @return this builder
     */
    public Builder deepSupervision(boolean on) {
      all.deepSupervision = on ? all.defaults().deepSupervision() : Optional.empty();
      return this;
    }

    /**
     * Sets own weights of the outputs.
     *
     * @param weights one per output, finest first
     * @return this builder
     */
    public Builder deepSupervision(List<Double> weights) {
      all.deepSupervision = Optional.of(new DeepSupervision(weights));
      return this;
    }

    /**
     * Sets the deep supervision, such as {@code DeepSupervision.of(5).withSoftTargets()}.
     *
     * @param value as many weights as the network has outputs
     * @return this builder
     */
    public Builder deepSupervision(DeepSupervision value) {
      all.deepSupervision = Optional.of(value);
      return this;
    }

    /**
     * Sets the augmentation; sampler and prediction follow what it says of extent and mirroring.
     *
     * @param value gives samples of the patch's extent
     * @return this builder
     */
    public Builder augmentation(Augmentation value) {
      all.augmentation = Objects.requireNonNull(value, "augmentation");
      return this;
    }

    /**
     * Changes the augmentation, such as {@code t.editAugmentation(chain -> chain.then(mine))}.
     *
     * @param edit from augmentation to augmentation
     * @return this builder
     */
    public Builder editAugmentation(UnaryOperator<Augmentation> edit) {
      UnaryOperator<Augmentation> before = all.augmentationEdit;
      all.augmentationEdit = chain -> edit.apply(before.apply(chain));
      return this;
    }

    /**
     * Sets the sampler of the training patches.
     *
     * @param value cuts what the augmentation needs
     * @return this builder
     */
    public Builder sampler(PatchSampler value) {
      all.sampler = Objects.requireNonNull(value, "sampler");
      return this;
    }

    /**
     * Sets the sampler of the validation patches.
     *
     * @param value cuts patches as the network takes them
     * @return this builder
     */
    public Builder validationSampler(PatchSampler value) {
      all.validationSampler = Objects.requireNonNull(value, "validationSampler");
      return this;
    }

    /**
     * Sets the schedule.
     *
     * @param value a function of the progress
     * @return this builder
     */
    public Builder schedule(OptimizerSchedule value) {
      all.schedule = Objects.requireNonNull(value, "schedule");
      return this;
    }

    /**
     * Sets the update rule.
     *
     * @param value without state of its own
     * @return this builder
     */
    public Builder optimizer(Optimizer value) {
      all.optimizer = Objects.requireNonNull(value, "optimizer");
      return this;
    }

    /**
     * Sets the global norm above which gradients are scaled down.
     *
     * @param value positive, 12 by default; infinite for no clipping
     * @return this builder
     */
    public Builder clipNorm(double value) {
      all.clipNorm = value;
      return this;
    }

    /**
     * Sets the axes along which the standard augmentation and the prediction mirror.
     *
     * @param axes of the patch, 0 being its first; none for no mirroring
     * @return this builder
     */
    public Builder mirrorAxes(int... axes) {
      Set<Integer> sorted = new TreeSet<>();
      Arrays.stream(axes).forEach(sorted::add);
      all.mirrorAxes = Collections.unmodifiableSet(sorted);
      return this;
    }

    /**
     * Sets the seed.
     *
     * @param value any number
     * @return this builder
     */
    public Builder seed(long value) {
      all.seed = value;
      return this;
    }

    /**
     * The configuration.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if a number is out of range or the mirror axes do not fit
     *     the patch
     */
    public TrainerConfig build() {
      return new TrainerConfig(all.complete(), execution());
    }
  }
}
