package io.github.nnunet4j.train;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Forced samples draw the class first, then a case that has it. */
record ClassBalancedSampler(PatchWindow window, Oversampling oversampling) implements PatchSampler {
  ClassBalancedSampler {
    Objects.requireNonNull(oversampling, "oversampling");
  }

  /** A class where it occurs. */
  private record Occurrence(TrainingCase source, ClassVoxels voxels) {}

  @Override
  public Patch choose(List<? extends TrainingCase> cases, SampleSlot slot, RandomGenerator random) {
    if (oversampling.forced(slot.index(), slot.batchSize(), random)) {
      List<Occurrence> all = occurrences(cases);
      List<List<Integer>> classes = all.stream().map(o -> o.voxels().labels()).distinct().toList();
      if (!classes.isEmpty()) {
        List<Integer> labels = classes.get(random.nextInt(classes.size()));
        return around(
            all.stream().filter(o -> o.voxels().labels().equals(labels)).toList(), random);
      }
    }
    TrainingCase source = cases.get(random.nextInt(cases.size()));
    return new Patch(
        source,
        PatchSamplers.place(
            window.in(source), source.classes(), false, window.ignoreLabel(), random));
  }

  private static List<Occurrence> occurrences(List<? extends TrainingCase> cases) {
    return cases.stream()
        .<Occurrence>mapMulti(
            (source, sink) ->
                source.classes().stream()
                    .filter(c -> c.count() > 0 && !c.annotated())
                    .forEach(c -> sink.accept(new Occurrence(source, c))))
        .toList();
  }

  private Patch around(List<Occurrence> some, RandomGenerator random) {
    Occurrence chosen = some.get(random.nextInt(some.size()));
    int voxel = random.nextInt(chosen.voxels().count());
    PatchPlacement placement = window.in(chosen.source());
    return new Patch(chosen.source(), PatchSamplers.around(placement, chosen.voxels(), voxel));
  }
}
