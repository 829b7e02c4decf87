package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;

/** An augmentation under a name, which is all that it prints. */
record NamedAugmentation(Augmentation augmentation, String name) implements Augmentation {
  NamedAugmentation {
    Objects.requireNonNull(name, "name");
  }

  @Override
  public Sample apply(Sample sample, RandomGenerator random) {
    return augmentation.apply(sample, random);
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    augmentation.applyTo(buffer, random);
  }

  @Override
  public Extent inputExtent(Extent output) {
    return augmentation.inputExtent(output);
  }

  @Override
  public Set<Integer> mirroredAxes() {
    return augmentation.mirroredAxes();
  }

  @Override
  public String toString() {
    return name;
  }
}
