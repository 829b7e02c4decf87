package io.github.nnunet4j.loss;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Regions, or classes given as channels; labels are found when first asked for. */
final class ChannelTarget implements Target {
  private final NDArray channels;
  private final Optional<NDArray> mask;
  private final Kind kind;
  private @Nullable NDArray labels;

  /** What the channels are. */
  enum Kind {
    REGIONS,
    CLASSES,
    SOFT_CLASSES
  }

  ChannelTarget(NDArray channels, Optional<NDArray> mask, Kind kind) {
    this.channels = channels;
    this.mask = mask;
    this.kind = kind;
  }

  @Override
  public NDArray labels() {
    if (regions()) {
      throw new StrategyException(
          new Problem(
              "loss",
              "a target with labels",
              "regions, which may overlap",
              "Use oneHot() and losses of channels: Losses.dice() and Losses.bce()."));
    }
    if (labels == null) {
      try (NDArray most = channels.argMax(1)) {
        labels = most.expandDims(1);
      }
    }
    return labels;
  }

  @Override
  public NDArray oneHot() {
    return channels;
  }

  @Override
  public Optional<NDArray> mask() {
    return mask;
  }

  @Override
  public int classes() {
    return Math.toIntExact(channels.getShape().get(1));
  }

  @Override
  public boolean regions() {
    return kind == Kind.REGIONS;
  }

  @Override
  public boolean soft() {
    return kind == Kind.SOFT_CLASSES;
  }
}
