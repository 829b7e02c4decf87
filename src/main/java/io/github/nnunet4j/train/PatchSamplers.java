package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Box;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The built-in patch samplers. */
public final class PatchSamplers {
  /** The part of a batch that nnU-Net forces to contain foreground. */
  public static final double FOREGROUND_FRACTION = 0.33;

  private PatchSamplers() {}

  /**
   * The default sampler of nnU-Net v2: cases uniformly with replacement; the last third of each
   * batch is centred on a voxel of a class that is drawn uniformly among those present in the case.
   *
   * @param window what to cut
   * @return the sampler
   */
  public static PatchSampler standard(PatchWindow window) {
    return of(window, Oversamplings.lastPart(FOREGROUND_FRACTION));
  }

  /**
   * The default sampler with another choice of forced samples.
   *
   * @param window what to cut
   * @param oversampling which samples must contain foreground
   * @return the sampler
   */
  public static PatchSampler of(PatchWindow window, Oversampling oversampling) {
    return of(window, oversampling, CaseChoices.uniform());
  }

  /**
   * The default sampler with another choice of cases and forced samples.
   *
   * @param window what to cut
   * @param oversampling which samples must contain foreground
   * @param cases which case a sample comes from
   * @return the sampler
   */
  public static PatchSampler of(PatchWindow window, Oversampling oversampling, CaseChoice cases) {
    return new ForegroundSampler(window, oversampling, cases);
  }

  /**
   * All classes equally often, however few cases have them: a forced sample first draws the class,
   * uniformly among those of all cases, then a case that has it, then one of its voxels there. The
   * other samples are those of the default sampler.
   *
   * @param window what to cut
   * @param oversampling which samples must contain foreground
   * @return the sampler
   */
  public static PatchSampler classBalanced(PatchWindow window, Oversampling oversampling) {
    return new ClassBalancedSampler(window, oversampling);
  }

  /**
   * The two-dimensional sampler of nnU-Net v1: a forced sample draws the class, then one of the
   * slices of the case that have it, then a voxel in that slice; so each slice counts alike,
   * however much of the class it holds. The other samples draw the slice, then the place in it.
   *
   * @param window what to cut, one slice
   * @param oversampling which samples must contain foreground
   * @return the sampler
   * @throws IllegalArgumentException if the window has more than one slice
   */
  public static PatchSampler sliceFirst(PatchWindow window, Oversampling oversampling) {
    return new SliceFirstSampler(window, oversampling);
  }

  private record ForegroundSampler(PatchWindow window, Oversampling oversampling, CaseChoice choice)
      implements PatchSampler {
    ForegroundSampler {
      Objects.requireNonNull(oversampling, "oversampling");
      Objects.requireNonNull(choice, "cases");
    }

    @Override
    public Patch choose(
        List<? extends TrainingCase> cases, SampleSlot slot, RandomGenerator random) {
      TrainingCase source = choice.choose(cases, random);
      boolean forced = oversampling.forced(slot.index(), slot.batchSize(), random);
      return new Patch(
          source, place(window.in(source), source.classes(), forced, window.ignoreLabel(), random));
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
    return around(placement, chosen, random.nextInt(chosen.count()));
  }

  static Box around(PatchPlacement placement, ClassVoxels voxels, int voxel) {
    return placement.around(
        voxels.coordinate().applyAsInt(voxel, 0),
        voxels.coordinate().applyAsInt(voxel, 1),
        voxels.coordinate().applyAsInt(voxel, 2));
  }

  /** The classes around which a sample may lie; none if its place is free. */
  static List<ClassVoxels> candidates(
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
