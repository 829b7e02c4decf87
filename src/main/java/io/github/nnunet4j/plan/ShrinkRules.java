package io.github.nnunet4j.plan;

import java.util.function.IntToDoubleFunction;

/**
 * The built-in orders in which the axes of a patch become shorter; the last of equals comes first.
 */
public final class ShrinkRules {
  private ShrinkRules() {}

  /**
   * The default of nnU-Net v1 and v2: the axis of the largest {@code patch / median}, so that the
   * patch takes on the shape of the median case.
   *
   * @return the rule
   */
  public static ShrinkRule mostCovered() {
    return new MostCovered();
  }

  /**
   * The axis of the largest {@code patch * spacing}: patches see as many millimetres along every
   * axis ({@code ExperimentPlannerIso}).
   *
   * @return the rule
   */
  public static ShrinkRule mostMillimetres() {
    return new MostMillimetres();
  }

  /**
   * The axis of most voxels; of a cube the one of the largest spacing ({@code
   * ExperimentPlanner3D_IsoPatchesInVoxels}).
   *
   * @return the rule
   */
  public static ShrinkRule mostVoxels() {
    return new MostVoxels();
  }

  private static int largest(PatchState state, IntToDoubleFunction measure) {
    int largest = state.axes().get(0);
    for (int axis : state.axes()) {
      if (measure.applyAsDouble(axis) >= measure.applyAsDouble(largest)) {
        largest = axis;
      }
    }
    return largest;
  }

  private record MostCovered() implements ShrinkRule {
    @Override
    public int axis(PatchState state) {
      return largest(state, a -> state.patch().get(a) / state.median().get(a));
    }
  }

  private record MostMillimetres() implements ShrinkRule {
    @Override
    public int axis(PatchState state) {
      return largest(state, a -> state.patch().get(a) * state.spacing().get(a));
    }
  }

  private record MostVoxels() implements ShrinkRule {
    @Override
    public int axis(PatchState state) {
      int first = state.patch().get(0);
      boolean cube = true;
      for (int edge : state.patch().toArray()) {
        cube &= edge == first;
      }
      return cube
          ? largest(state, state.spacing()::get)
          : largest(state, a -> (double) state.patch().get(a));
    }
  }
}
