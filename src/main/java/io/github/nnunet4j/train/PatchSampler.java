package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Box;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Chooses from which case and from where in it a training sample is cut; a function of its
 * arguments alone, which several threads call at once. All boxes have one extent, the input extent
 * of the augmentation.
 */
@FunctionalInterface
public interface PatchSampler {
  /**
   * Chooses a patch.
   *
   * @param cases the training cases, at least one
   * @param slot which sample of which batch this is
   * @param random the only source of randomness
   * @return a case of the list and a box, which may reach out of the image but not miss it
   */
  Patch choose(List<? extends TrainingCase> cases, SampleSlot slot, RandomGenerator random);

  /**
   * The same sampler under a name, by which the folder of a run tells it from other lambdas of its
   * class.
   *
   * @param name what it prints; take another one when the behaviour changes
   * @return the sampler
   */
  default PatchSampler named(String name) {
    return new Named.Sampler(this, name);
  }

  /**
   * A case and a box in it.
   *
   * @param source the case
   * @param box what to cut
   */
  record Patch(TrainingCase source, Box box) {}
}
