package io.github.nnunet4j.samples;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.train.ClassVoxels;
import io.github.nnunet4j.train.PatchPlacement;
import io.github.nnunet4j.train.PatchSampler;
import io.github.nnunet4j.train.SampleSlot;
import io.github.nnunet4j.train.TrainingCase;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A patch sampler of one's own: the cases take turns, and every patch shows the class that its case
 * has least of.
 *
 * @param cut what to cut (z, y, x)
 * @param patch what is left of it after augmentation (z, y, x)
 */
public record OwnPatchSampler(Extent cut, Extent patch) implements PatchSampler {
  /** Cuts what an augmentation needs to give patches of an extent of three axes. */
  public static OwnPatchSampler before(Augmentation augmentation, Extent patch) {
    return new OwnPatchSampler(augmentation.inputExtent(patch), patch);
  }

  /** A function of its arguments alone, so that any number of threads gives the same batches. */
  @Override
  public Patch choose(List<? extends TrainingCase> cases, SampleSlot slot, RandomGenerator random) {
    int turn = slot.iteration() * slot.batchSize() + slot.index();
    TrainingCase source = cases.get(turn % cases.size());
    PatchPlacement placement = PatchPlacement.of(source.extent(), cut, patch);
    Box box =
        source.classes().stream()
            .filter(c -> c.count() > 0 && !c.annotated())
            .min(Comparator.comparingInt(ClassVoxels::count))
            .map(rarest -> around(rarest, placement, random))
            .orElseGet(() -> placement.random(random));
    return new Patch(source, box);
  }

  private static Box around(ClassVoxels voxels, PatchPlacement placement, RandomGenerator random) {
    int one = random.nextInt(voxels.count());
    return placement.around(
        voxels.coordinate().applyAsInt(one, 0),
        voxels.coordinate().applyAsInt(one, 1),
        voxels.coordinate().applyAsInt(one, 2));
  }
}
