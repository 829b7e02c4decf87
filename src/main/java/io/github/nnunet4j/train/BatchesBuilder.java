package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Augmentation;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The part of {@link TrainerConfig.Builder} that says what the batches hold: where patches are cut
 * and what is done to them.
 *
 * @param <B> the builder itself
 */
public abstract sealed class BatchesBuilder<B extends BatchesBuilder<B>> extends CourseBuilder<B>
    permits TrainerConfig.Builder {
  final TrainerSettings all;

  BatchesBuilder(int batchSize, TrainerSettings all) {
    super(batchSize);
    this.all = all;
  }

  /**
   * Sets the augmentation; sampler and prediction follow what it says of extent and mirroring.
   *
   * @param value gives samples of the patch's extent
   * @return this builder
   */
  public B augmentation(Augmentation value) {
    all.augmentation = Objects.requireNonNull(value, "augmentation");
    return self();
  }

  /**
   * Changes the augmentation, such as {@code t.editAugmentation(chain -> chain.then(mine))}.
   *
   * @param edit from augmentation to augmentation
   * @return this builder
   */
  public B editAugmentation(UnaryOperator<Augmentation> edit) {
    UnaryOperator<Augmentation> before = all.augmentationEdit;
    all.augmentationEdit = chain -> edit.apply(before.apply(chain));
    return self();
  }

  /**
   * Sets the sampler of the training patches.
   *
   * @param value cuts what the augmentation needs
   * @return this builder
   */
  public B sampler(PatchSampler value) {
    Objects.requireNonNull(value, "sampler");
    return samplerFor(window -> value);
  }

  /**
   * Sets the sampler of the training patches by what is to be cut, such as {@code
   * t.samplerFor(window -> PatchSamplers.classBalanced(window, Oversamplings.lastPart(0.5)))}.
   *
   * @param rule from what the augmentation needs to the sampler
   * @return this builder
   */
  public B samplerFor(Function<PatchWindow, PatchSampler> rule) {
    all.samplerRule = Objects.requireNonNull(rule, "rule");
    return self();
  }

  /**
   * Sets which samples of a batch must contain foreground, in training and validation; for the
   * default samplers, so {@link TrainerConfig.Builder#build} refuses it beside {@link #sampler} or
   * {@link #samplerFor}.
   *
   * @param value the last third of a batch by default; {@link Oversamplings} has others
   * @return this builder
   */
  public B oversampling(Oversampling value) {
    all.oversampling = Objects.requireNonNull(value, "oversampling");
    return self();
  }

  /**
   * Sets the sampler of the validation patches.
   *
   * @param value cuts patches as the network takes them
   * @return this builder
   */
  public B validationSampler(PatchSampler value) {
    Objects.requireNonNull(value, "validationSampler");
    all.validationSamplerRule = window -> value;
    return self();
  }

  /**
   * Sets the axes along which the standard augmentation and the prediction mirror.
   *
   * @param axes of the patch, 0 being its first; none for no mirroring
   * @return this builder
   */
  public B mirrorAxes(int... axes) {
    Set<Integer> sorted = new TreeSet<>();
    Arrays.stream(axes).forEach(sorted::add);
    all.mirrorAxes = Collections.unmodifiableSet(sorted);
    return self();
  }
}
