package io.github.nnunet4j.train;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.internal.Checks;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** nnU-Net v1 in two dimensions: the slice is drawn before the place in it. */
record SliceFirstSampler(PatchWindow window, Oversampling oversampling) implements PatchSampler {
  SliceFirstSampler {
    Objects.requireNonNull(oversampling, "oversampling");
    Checks.argument(window.cut().get(0) == 1, "only windows of one slice, not of %s", window.cut());
  }

  @Override
  public Patch choose(List<? extends TrainingCase> cases, SampleSlot slot, RandomGenerator random) {
    TrainingCase source = cases.get(random.nextInt(cases.size()));
    boolean forced = oversampling.forced(slot.index(), slot.batchSize(), random);
    List<ClassVoxels> candidates =
        PatchSamplers.candidates(source.classes(), forced, window.ignoreLabel());
    return new Patch(source, place(window.in(source), candidates, forced, random));
  }

  /** Around a voxel of one of the classes, or anywhere if there is none. */
  static Box place(
      PatchPlacement placement,
      List<ClassVoxels> candidates,
      boolean forced,
      RandomGenerator random) {
    if (candidates.isEmpty()) {
      int slice = random.nextInt(placement.image().get(0));
      return new Box(
          slice, placement.anywhere(1, random), placement.anywhere(2, random), placement.cut());
    }
    ClassVoxels chosen =
        forced ? candidates.get(random.nextInt(candidates.size())) : candidates.get(0);
    int[] slices = voxels(chosen).map(v -> slice(chosen, v)).sorted().distinct().toArray();
    int slice = slices[random.nextInt(slices.length)];
    int[] inside = voxels(chosen).filter(v -> slice(chosen, v) == slice).toArray();
    return PatchSamplers.around(placement, chosen, inside[random.nextInt(inside.length)]);
  }

  private static IntStream voxels(ClassVoxels voxels) {
    return IntStream.range(0, voxels.count());
  }

  private static int slice(ClassVoxels voxels, int voxel) {
    return voxels.coordinate().applyAsInt(voxel, 0);
  }
}
