package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import java.util.List;
import java.util.Optional;

/** Hears of each decision while a plan is made. */
interface PlanningTrace {
  /** Hears nothing. */
  PlanningTrace NONE = new PlanningTrace() {};

  /** Target spacing in the axis order of the images, transposition, median case after it. */
  default void target(Spacing target, List<Integer> order, MedianSize size) {}

  /** A patch whose memory was estimated, in order; all of a low resolution search included. */
  default void candidate(
      String configuration, PatchCandidate candidate, MemoryUse use, boolean fits) {}

  /** The axis, after transposition, that gets shorter next, and by how many voxels. */
  default void shrunk(String configuration, int axis, int voxels) {}

  /** The batch size of the last candidate. */
  default void batch(String configuration, MemoryUse use, int batch) {}

  /** A batch that was measured. */
  default void measured(String configuration, int batch, long bytes, boolean fits) {}

  /** A low resolution that was tried. */
  default void coarser(StagePlan stage) {}

  /** The low resolution that was kept. */
  default void lowResolution(StagePlan full, Optional<StagePlan> kept) {}

  /** What was planned, before it is revised. */
  default void planned(List<Configuration> configurations) {}
}
