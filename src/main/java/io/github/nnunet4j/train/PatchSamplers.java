package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
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
    return of(cut, patch, ignoreLabel, lastPart(FOREGROUND_FRACTION));
  }

  /**
   * The default sampler with another choice of forced samples.
   *
   * @param cut what to cut (z, y, x)
   * @param patch what the network gets (z, y, x)
   * @param ignoreLabel true if the data set has an ignore label
   * @param oversampling which samples must contain foreground
   * @return the sampler
   */
  public static PatchSampler of(
      Extent cut, Extent patch, boolean ignoreLabel, Oversampling oversampling) {
    return new ForegroundSampler(cut, patch, ignoreLabel, oversampling);
  }

  /**
   * The last part of each batch: sample i is forced unless {@code i < round(size * (1 -
   * fraction))}, halves to even.
   *
   * @param fraction 0 to 1
   * @return the rule
   */
  public static Oversampling lastPart(double fraction) {
    return new LastPart(fraction);
  }

  /**
   * Each sample by itself with a given probability.
   *
   * @param probability 0 to 1
   * @return the rule
   */
  public static Oversampling probabilistic(double probability) {
    return new Probabilistic(probability);
  }

  /**
   * Each sample by itself, with the share of forced samples that {@link #lastPart} has in a batch
   * of that size (nnU-Net v2 {@code nnUNetTrainer_probabilisticOversampling}).
   *
   * @param fraction 0 to 1
   * @param batchSize positive
   * @return the rule
   */
  public static Oversampling probabilisticLike(double fraction, int batchSize) {
    Checks.positive(batchSize, "batch size");
    return new Probabilistic((batchSize - new LastPart(fraction).unforced(batchSize)) / batchSize);
  }

  private record LastPart(double fraction) implements Oversampling {
    LastPart {
      Checks.probability(fraction, "fraction");
    }

    double unforced(int batchSize) {
      return Math.rint(batchSize * (1 - fraction));
    }

    @Override
    public boolean forced(int index, int batchSize, RandomGenerator random) {
      return !(index < unforced(batchSize));
    }
  }

  private record Probabilistic(double probability) implements Oversampling {
    Probabilistic {
      Checks.probability(probability, "probability");
    }

    @Override
    public boolean forced(int index, int batchSize, RandomGenerator random) {
      return random.nextDouble() < probability;
    }
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
