package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a case is brought onto the network grid: a value that carries all it needs, intensity
 * statistics included, and is the same for training and prediction. Equal recipes prepare equal
 * data.
 */
public final class Recipe {
  private final List<Integer> axisOrder;
  private final Spacing targetSpacing;
  private final List<ChannelRecipe> channels;
  private final Resampling imageResampling;
  private final LabelResampling labelResampling;
  private final Resampling probabilityResampling;
  private final List<PreprocessingStep> steps;

  /**
   * What is done to one channel.
   *
   * @param normalization the strategy
   * @param useMask whether it is given the nonzero region ({@code use_mask_for_norm})
   * @param statistics foreground intensities over the training cases
   */
  public record ChannelRecipe(
      IntensityNormalization normalization, boolean useMask, IntensityStatistics statistics) {}

  private Recipe(Builder b) {
    axisOrder = List.copyOf(b.axisOrder);
    targetSpacing = Objects.requireNonNull(b.targetSpacing, "targetSpacing");
    channels = List.copyOf(b.channels);
    imageResampling = Objects.requireNonNull(b.imageResampling, "imageResampling");
    labelResampling = Objects.requireNonNull(b.labelResampling, "labelResampling");
    probabilityResampling =
        Objects.requireNonNull(b.probabilityResampling, "probabilityResampling");
    steps = List.copyOf(b.steps);
    Checks.argument(
        axisOrder.size() == 3 && axisOrder.containsAll(List.of(0, 1, 2)),
        "axisOrder must be a permutation of 0, 1, 2, was %s",
        axisOrder);
  }

  /**
   * A builder with axis order (0, 1, 2) and nothing else.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A builder that starts from this recipe.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder()
        .axisOrder(axisOrder)
        .targetSpacing(targetSpacing)
        .channels(channels)
        .imageResampling(imageResampling)
        .labelResampling(labelResampling)
        .probabilityResampling(probabilityResampling)
        .steps(steps);
  }

  /**
   * The transposition that comes first ({@code transpose_forward}).
   *
   * @return for each axis of the network grid, the axis of the image it takes
   */
  public List<Integer> axisOrder() {
    return axisOrder;
  }

  /**
   * The spacing of the network grid, in the order after transposition. Rank 2 for two-dimensional
   * configurations, whose first axis is left as it is.
   *
   * @return millimetres
   */
  public Spacing targetSpacing() {
    return targetSpacing;
  }

  /**
   * Per input channel what is done to it.
   *
   * @return in channel order
   */
  public List<ChannelRecipe> channels() {
    return channels;
  }

  /**
   * How images are resampled.
   *
   * @return the strategy
   */
  public Resampling imageResampling() {
    return imageResampling;
  }

  /**
   * How labels are resampled.
   *
   * @return the strategy
   */
  public LabelResampling labelResampling() {
    return labelResampling;
  }

  /**
   * How logits are brought back to the image's grid.
   *
   * @return the strategy
   */
  public Resampling probabilityResampling() {
    return probabilityResampling;
  }

  /**
   * What is done to a case behind transposition and crop, in order.
   *
   * @return normalize, then resample unless something else was set
   */
  public List<PreprocessingStep> steps() {
    return steps;
  }

  private List<Object> all() {
    return List.of(
        axisOrder,
        targetSpacing,
        channels,
        imageResampling,
        labelResampling,
        probabilityResampling,
        steps);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Recipe that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return "Recipe" + all();
  }

  /** Collects the parts of a recipe. */
  public static final class Builder {
    private List<Integer> axisOrder = List.of(0, 1, 2);
    private @Nullable Spacing targetSpacing;
    private List<ChannelRecipe> channels = List.of();
    private @Nullable Resampling imageResampling;
    private @Nullable LabelResampling labelResampling;
    private @Nullable Resampling probabilityResampling;
    private List<PreprocessingStep> steps = PreprocessingSteps.v2();

    private Builder() {}

    /**
     * Sets the transposition.
     *
     * @param order a permutation of 0, 1, 2
     * @return this builder
     */
    public Builder axisOrder(List<Integer> order) {
      axisOrder = order;
      return this;
    }

    /**
     * Sets the spacing of the network grid.
     *
     * @param spacing rank 3, or 2 to leave the first axis alone
     * @return this builder
     */
    public Builder targetSpacing(Spacing spacing) {
      targetSpacing = spacing;
      return this;
    }

    /**
     * Sets what is done to the channels.
     *
     * @param perChannel in channel order
     * @return this builder
     */
    public Builder channels(List<ChannelRecipe> perChannel) {
      channels = perChannel;
      return this;
    }

    /**
     * Replaces the normalization of one channel, keeping its mask use and statistics.
     *
     * @param channel from 0, already set by {@link #channels}
     * @param normalization the strategy
     * @return this builder
     */
    public Builder normalization(int channel, IntensityNormalization normalization) {
      List<ChannelRecipe> changed = new ArrayList<>(channels);
      ChannelRecipe old = changed.get(channel);
      changed.set(channel, new ChannelRecipe(normalization, old.useMask(), old.statistics()));
      channels = changed;
      return this;
    }

    /**
     * Sets how images are resampled.
     *
     * @param strategy for images
     * @return this builder
     */
    public Builder imageResampling(Resampling strategy) {
      imageResampling = strategy;
      return this;
    }

    /**
     * Sets how labels are resampled.
     *
     * @param strategy for labels
     * @return this builder
     */
    public Builder labelResampling(LabelResampling strategy) {
      labelResampling = strategy;
      return this;
    }

    /**
     * Sets how logits are brought back to the image's grid.
     *
     * @param strategy for logits
     * @return this builder
     */
    public Builder probabilityResampling(Resampling strategy) {
      probabilityResampling = strategy;
      return this;
    }

    /**
     * Sets what is done to a case behind transposition and crop; {@link PreprocessingSteps#v2} by
     * default.
     *
     * @param inOrder built-in steps and your own
     * @return this builder
     */
    public Builder steps(List<? extends PreprocessingStep> inOrder) {
      steps = List.copyOf(inOrder);
      return this;
    }

    /**
     * The recipe.
     *
     * @return an immutable value
     * @throws NullPointerException if a part is missing
     * @throws IllegalArgumentException if the axis order is no permutation
     */
    public Recipe build() {
      return new Recipe(this);
    }
  }
}
