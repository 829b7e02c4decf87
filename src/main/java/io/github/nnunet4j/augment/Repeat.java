package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Set;
import java.util.random.RandomGenerator;

/** An augmentation several times over, each time with new draws. */
record Repeat(Augmentation augmentation, int times) implements BufferAugmentation {
  Repeat {
    Checks.notNegative(times, "times");
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    for (int i = 0; i < times; i++) {
      augmentation.applyTo(buffer, random);
    }
  }

  @Override
  public Extent inputExtent(Extent output) {
    Extent extent = output;
    for (int i = 0; i < times; i++) {
      extent = augmentation.inputExtent(extent);
    }
    return extent;
  }

  @Override
  public Set<Integer> mirroredAxes() {
    return times == 0 ? Set.of() : augmentation.mirroredAxes();
  }
}
