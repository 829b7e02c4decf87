package io.github.nnunet4j.train;

import io.github.nnunet4j.train.Course.VolumeCheck;
import java.util.Optional;

/**
 * The part of {@link TrainerConfig.Builder} that says how long is trained and what happens when:
 * counts, an early end, whole-volume validation.
 *
 * @param <B> the builder itself
 */
public abstract sealed class CourseBuilder<B extends CourseBuilder<B>> extends ExecutionBuilder<B>
    permits BatchesBuilder {
  private int epochs = 1000;
  private int iterations = 250;
  private int validationIterations = 50;
  private int batchSize;
  private int passes = 1;
  private Optional<StoppingRule> stopping = Optional.empty();
  private Optional<FailedStart> restart = Optional.empty();
  private Optional<VolumeCheck> volumes = Optional.empty();
  private boolean dummyData;

  CourseBuilder(int batchSize) {
    this.batchSize = batchSize;
  }

  /**
   * Sets the length of the training.
   *
   * @param value positive, 1000 by default
   * @return this builder
   */
  public B epochs(int value) {
    epochs = value;
    return self();
  }

  /**
   * Sets the training iterations per epoch.
   *
   * @param value positive, 250 by default
   * @return this builder
   */
  public B iterations(int value) {
    iterations = value;
    return self();
  }

  /**
   * Sets the validation iterations per epoch.
   *
   * @param value 50 by default; 0 for no validation, then no epoch is the best
   * @return this builder
   */
  public B validationIterations(int value) {
    validationIterations = value;
    return self();
  }

  /**
   * Sets the patches per step.
   *
   * @param value positive, that of the plan by default
   * @return this builder
   */
  public B batchSize(int value) {
    batchSize = value;
    return self();
  }

  /**
   * Sets in how many passes a step goes through its batch: gradients are accumulated, memory is
   * needed for one pass. The first passes take one patch more where the batch cannot be divided.
   * This is what replaces several devices on one. A loss and a norm that average over samples give
   * the same step as one pass; batch Dice and batch normalization see the patches of one pass, as
   * they see those of one device.
   *
   * @param value 1 by default, at most the batch size
   * @return this builder
   */
  public B passes(int value) {
    passes = value;
    return self();
  }

  /**
   * Sets what may end the training early; nothing by default.
   *
   * @param rule asked after each epoch
   * @return this builder
   */
  public B stopWhen(StoppingRule rule) {
    stopping = Optional.of(rule);
    return self();
  }

  /**
   * Draws the weights anew after an epoch if its mean online Dice is exactly 0, as nnU-Net v1 does
   * after epoch 100; what the optimizer remembers stays. v1 lowers the momentum as well: {@link
   * OptimizerSchedules#afterFailedStart}.
   *
   * @param epoch from 0
   * @return this builder
   * @throws IllegalArgumentException if negative
   */
  public B restartIfNothingLearnedBy(int epoch) {
    restart = Optional.of(new FailedStart(epoch));
    return self();
  }

  /**
   * Scores whole validation volumes every few epochs; {@code
   * stopWhen(StoppingRules.reaches(Measure.VOLUME_DICE, target))} ends the training by it.
   *
   * @param everyEpochs positive
   * @param how such as {@code experiment.volumeValidation()}
   * @return this builder
   * @throws IllegalArgumentException if the number is not positive
   */
  public B validateVolumes(int everyEpochs, VolumeValidation how) {
    volumes = Optional.of(new VolumeCheck(everyEpochs, how));
    return self();
  }

  /**
   * Trains on one batch of random numbers over and over, for benchmarks: no case is read after the
   * first voxel, nothing is cut or augmented.
   *
   * @return this builder
   */
  public B dummyData() {
    dummyData = true;
    return self();
  }

  Course course() {
    return new Course(
        new Length(epochs, iterations, validationIterations, batchSize, passes),
        stopping,
        restart,
        volumes,
        dummyData);
  }
}
