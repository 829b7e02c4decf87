package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Set;
import java.util.random.RandomGenerator;

/** An augmentation for a part of the samples. */
record WithProbability(Augmentation augmentation, double probability)
    implements BufferAugmentation {
  WithProbability {
    Checks.probability(probability, "probability");
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    if (random.nextDouble() < probability) {
      augmentation.applyTo(buffer, random);
    }
  }

  @Override
  public Extent inputExtent(Extent output) {
    return augmentation.inputExtent(output);
  }

  @Override
  public Set<Integer> mirroredAxes() {
    return augmentation.mirroredAxes();
  }
}
