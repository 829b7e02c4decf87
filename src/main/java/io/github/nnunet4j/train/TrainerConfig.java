package io.github.nnunet4j.train;

import ai.djl.Device;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.plan.Configuration;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

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
  private final Course course;
  private final Execution execution;

  private TrainerConfig(TrainerSettings all, Course course, Execution execution) {
    this.all = all;
    this.course = course;
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
    return course.length().epochs();
  }

  /** {@return the training iterations per epoch} */
  public int iterations() {
    return course.length().iterations();
  }

  /** {@return the validation iterations per epoch, 0 for none} */
  public int validationIterations() {
    return course.length().validationIterations();
  }

  /** {@return the patches per step} */
  public int batchSize() {
    return course.length().batchSize();
  }

  /** {@return the passes in which a step goes through its batch} */
  public int passes() {
    return course.length().passes();
  }

  /** {@return what may end the training early; empty for nothing} */
  public Optional<StoppingRule> stoppingRule() {
    return course.stopping();
  }

  /** {@return whether one random batch stands for all data} */
  public boolean dummyData() {
    return course.dummyData();
  }

  Course course() {
    return course;
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

  /** {@return what replaces the drawn numbers at the first start; empty for nothing} */
  public Optional<InitialWeights> initialWeights() {
    return all.initialWeights;
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
    return execution.loading().threads();
  }

  /** {@return how many batches may be ready or under way} */
  public int cachedBatches() {
    return execution.loading().cachedBatches();
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
  public static final class Builder extends BatchesBuilder<Builder> {
    private final Configuration configuration;

    private Builder(Configuration configuration, Labels labels) {
      super(configuration.batchSize(), new TrainerSettings(configuration, labels));
      this.configuration = configuration;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * What is to be trained; for settings that depend on it, such as {@code
     * t.optimizer(Optimizers.sgd(t.configuration().patch().rank() == 2 ? 0.9 : 0.99, true, 3e-5))}.
     *
     * @return the configuration of the plan
     */
    public Configuration configuration() {
      return configuration;
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
     * Sets what the training starts from in place of drawn numbers, such as {@code
     * InitialWeights.of(model.weights())}. Asked once: a resumed training goes on with the weights
     * of its checkpoint, but is to be given the same.
     *
     * @param value nothing by default
     * @return this builder
     */
    public Builder initialWeights(InitialWeights value) {
      all.initialWeights = Optional.of(value);
      return this;
    }

    /**
     * The configuration.
     *
     * @return an immutable value
     * @throws IllegalArgumentException if a number is out of range, the mirror axes do not fit the
     *     patch, or both an oversampling and a sampler of the training patches are set
     */
    public TrainerConfig build() {
      return new TrainerConfig(all.complete(), course(), execution());
    }
  }
}
