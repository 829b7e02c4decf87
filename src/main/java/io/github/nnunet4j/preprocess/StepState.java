package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A case on its way from the cropped image to the network grid, as one {@link PreprocessingStep}
 * hands it to the next; axes are transposed already. A value, used by one thread.
 */
public final class StepState {
  private final Job job;
  private final Volume image;
  private final LazyLabels labels;

  /** What stays the same from step to step. */
  record Job(String id, Recipe recipe, boolean labelled, int threads) {}

  private StepState(Job job, Volume image, LazyLabels labels) {
    this.job = job;
    this.image = Objects.requireNonNull(image, "image");
    this.labels = labels;
  }

  static StepState of(Job job, Volume image, LabelMap labels) {
    return new StepState(job, image, LazyLabels.of(labels));
  }

  /**
   * Names the case in messages.
   *
   * @return the case id
   */
  public String id() {
    return job.id();
  }

  /**
   * The recipe that is followed; it knows the target spacing, what is done to each channel and how
   * is resampled.
   *
   * @return the recipe
   */
  public Recipe recipe() {
    return job.recipe();
  }

  /**
   * How many threads a step may use; its result does not depend on it.
   *
   * @return at least 1
   */
  public int threads() {
    return job.threads();
  }

  /**
   * The image.
   *
   * @return all channels
   */
  public Volume image() {
    return image;
  }

  /**
   * Whether the case has labels of its own.
   *
   * @return false for an image alone
   */
  public boolean isLabelled() {
    return job.labelled();
  }

  /**
   * The labels where the case has some, else 0; in both cases -1 outside of the nonzero region. On
   * the image's voxels. Of an image alone they are computed when first asked for.
   *
   * @return labels or region
   */
  public LabelMap labels() {
    LabelMap known = labels.get();
    StepChecks.contract(
        StepChecks.place(id(), "labels between two steps"),
        image.grid().extent(),
        known.grid().extent());
    return known;
  }

  Job job() {
    return job;
  }

  /** The labels without the image. */
  Supplier<LabelMap> lazyLabels() {
    return labels;
  }

  /**
   * The nonzero region: where {@link #labels} are at least 0.
   *
   * @return a mask on the image's voxels
   */
  public Mask region() {
    short[] map = labels().unsafeArray();
    boolean[] inside = new boolean[map.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = map[i] >= 0;
    }
    return Mask.wrap(image.grid(), inside);
  }

  /**
   * The same case with another image of the same extent.
   *
   * @param other the image
   * @return a new state
   */
  public StepState withImage(Volume other) {
    return new StepState(job, other, labels);
  }

  /**
   * The same case with other labels of the same extent.
   *
   * @param other the labels
   * @return a new state
   */
  public StepState withLabels(LabelMap other) {
    return new StepState(job, image, LazyLabels.of(other));
  }

  /**
   * The same case on another grid whose outer edges are those of the grid before.
   *
   * @param otherImage the image
   * @param otherLabels gives labels or region on the same voxels; asked when they are needed
   * @return a new state
   */
  public StepState with(Volume otherImage, Supplier<LabelMap> otherLabels) {
    return new StepState(job, otherImage, LazyLabels.of(otherLabels));
  }

  /**
   * The same case with each channel changed by itself.
   *
   * @param change gives a channel on the same grid
   * @return a new state
   * @throws IllegalArgumentException if it gives anything else
   */
  public StepState mapChannels(UnaryOperator<Volume> change) {
    float[][] channels = new float[image.channels()][];
    for (int c = 0; c < channels.length; c++) {
      Volume changed = change.apply(image.channel(c));
      Checks.argument(
          changed.channels() == 1 && changed.grid().extent().equals(image.grid().extent()),
          "expected one channel of %s, found %s",
          image.grid().extent(),
          changed);
      channels[c] = changed.unsafeArray(0);
    }
    return withImage(Volume.wrap(image.grid(), channels));
  }

  @Override
  public String toString() {
    return "case " + id() + ", " + image;
  }
}
