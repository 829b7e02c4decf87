package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several augmentations one after the other. */
record Chain(List<Augmentation> steps) implements BufferAugmentation {
  /** Chains among the steps are opened, so that brackets make no difference. */
  Chain {
    steps =
        steps.stream()
            .flatMap(step -> step instanceof Chain chain ? chain.steps().stream() : Stream.of(step))
            .toList();
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    for (Augmentation step : steps) {
      step.applyTo(buffer, random);
    }
  }

  @Override
  public Extent inputExtent(Extent output) {
    Extent extent = output;
    for (int i = steps.size() - 1; i >= 0; i--) {
      extent = steps.get(i).inputExtent(extent);
    }
    return extent;
  }

  @Override
  public Set<Integer> mirroredAxes() {
    return mirroredAxes(steps);
  }

  /** The axes of all of them. */
  static Set<Integer> mirroredAxes(List<Augmentation> parts) {
    return parts.stream().flatMap(part -> part.mirroredAxes().stream()).collect(Collectors.toSet());
  }

  @Override
  public Augmentation then(Augmentation next) {
    return new Chain(Stream.concat(steps.stream(), Stream.of(next)).toList());
  }
}
