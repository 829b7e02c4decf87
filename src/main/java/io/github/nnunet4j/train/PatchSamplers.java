package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import java.util.List;
import java.util.random.RandomGenerator;

/** The patch samplers of nnU-Net v2. */
public final class PatchSamplers {
  /** The part of a batch that nnU-Net forces to contain foreground. */
  public static final double FOREGROUND_FRACTION = 0.33;

  private PatchSamplers() {}

  /**
   * The default sampler: cases uniformly with replacement; the last third of each batch is centred
   * on a voxel of a class that is drawn uniformly among those present in the case.
   *
   * @param cut what to cut (z, y, x): {@code augmentation.inputExtent(patch)}
   * @param patch what the network gets (z, y, x); one slice for a two-dimensional patch
   * @param ignoreLabel true if the data set has an ignore label: then every sample is centred on an
   *     annotated voxel
   * @return the sampler
   */
  public static PatchSampler standard(Extent cut, Extent patch, boolean ignoreLabel) {
    return of(cut, patch, ignoreLabel, Oversamplings.lastPart(FOREGROUND_FRACTION));
  }

  /**
   * The default sampler with another choice of forced samples.
   *
   * @param cut what to cut (z, y, x)
   * @param patch what the network gets (z, y, x)
   * @param ignoreLabel true if the data set has an ignore label
   * @param oversampling which samples must contain foreground, such as {@code
   *     Oversamplings.probabilistic(0.5)}
   * @return the sampler
   */
  public static PatchSampler of(
      Extent cut, Extent patch, boolean ignoreLabel, Oversampling oversampling) {
    return new ForegroundSampler(cut, patch, ignoreLabel, oversampling);
  }

  private record ForegroundSampler(
      Extent cut, Extent patch, boolean ignoreLabel, Oversampling oversampling)
      implements PatchSampler {
    @Override
    public Patch choose(
        List<? extends TrainingCase> cases, SampleSlot slot, RandomGenerator random) {
      TrainingCase source = cases.get(random.nextInt(cases.size()));
      boolean forced = oversampling.forced(slot.index(), slot.batchSize(), random);
      PatchPlacement placement = PatchPlacement.of(source.extent(), cut, patch);
      return new Patch(source, place(placement, source.classes(), forced, ignoreLabel, random));
    }
  }

  /** The box of one sample; draws the class, then the voxel, or else the place. */
  static Box place(
      PatchPlacement placement,
      List<ClassVoxels> classes,
      boolean forced,
      boolean ignoreLabel,
      RandomGenerator random) {
    List<ClassVoxels> candidates = candidates(classes, forced, ignoreLabel);
    if (candidates.isEmpty()) {
      return placement.random(random);
    }
    ClassVoxels chosen =
        forced ? candidates.get(random.nextInt(candidates.size())) : candidates.get(0);
    int voxel = random.nextInt(chosen.count());
    return placement.around(
        chosen.coordinate().applyAsInt(voxel, 0),
        chosen.coordinate().applyAsInt(voxel, 1),
        chosen.coordinate().applyAsInt(voxel, 2));
  }

  private static List<ClassVoxels> candidates(
      List<ClassVoxels> classes, boolean forced, boolean ignoreLabel) {
    List<ClassVoxels> present = classes.stream().filter(c -> c.count() > 0).toList();
    List<ClassVoxels> annotated = present.stream().filter(ClassVoxels::annotated).toList();
    if (!forced) {
      return ignoreLabel ? annotated : List.of();
    }
    List<ClassVoxels> proper = present.stream().filter(c -> !c.annotated()).toList();
    return proper.isEmpty() ? annotated : proper;
  }
}
