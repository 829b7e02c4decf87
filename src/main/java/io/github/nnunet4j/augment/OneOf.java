package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** One of several augmentations, each equally likely. */
record OneOf(List<Augmentation> choices) implements BufferAugmentation {
  OneOf {
    choices = List.copyOf(choices);
    Checks.argument(!choices.isEmpty(), "there must be something to choose from");
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    choices.get(random.nextInt(choices.size())).applyTo(buffer, random);
  }

  @Override
  public Extent inputExtent(Extent output) {
    int rank = output.rank();
    return choices.stream()
        .map(choice -> choice.inputExtent(output))
        .reduce((a, b) -> Extent.of(rank, axis -> Math.max(a.get(axis), b.get(axis))))
        .orElse(output);
  }

  @Override
  public Set<Integer> mirroredAxes() {
    return Chain.mirroredAxes(choices);
  }
}
