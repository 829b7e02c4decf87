package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Spacing;
import java.util.Arrays;
import java.util.Locale;

/** The grid to resample to; refused before anything is allocated if this machine cannot hold it. */
final class TargetGrid {
  static final double MOST_VOXELS = Integer.MAX_VALUE - 8;

  private TargetGrid() {}

  /** The grid of a wanted spacing; of rank 2, the first axis stays. */
  static Grid of(Grid from, Spacing wanted) {
    Spacing spacing =
        wanted.rank() == 3
            ? wanted
            : Spacing.millimetres(from.spacing().get(0), wanted.get(0), wanted.get(1));
    double[] sizes = new double[3]; // where rounding leaves no voxel at all, one is kept
    for (int axis = 0; axis < 3; axis++) {
      double ratio = from.spacing().get(axis) / spacing.get(axis);
      sizes[axis] = Math.max(1, Math.rint(ratio * from.extent().get(axis)));
    }
    return of(from, sizes, spacing);
  }

  /** The grid of wanted sizes. */
  static Grid of(Grid from, double[] sizes, Spacing spacing) {
    require("resampling from " + from + " to " + spacing + " mm", sizes, MOST_VOXELS);
    return Grid.of(Extent.of(3, axis -> (int) sizes[axis]), spacing);
  }

  /** The grid that a rule gives, unless the heap has no room for the channels on it. */
  static Grid of(StepState state, GridRule rule) {
    Grid from = state.image().grid();
    Grid target;
    try {
      target = rule.apply(from, state.recipe().targetSpacing());
    } catch (PreprocessException e) {
      throw new PreprocessException(
          e.problems().stream().map(p -> placed(state.id(), p)).toList(), e);
    } catch (RuntimeException e) {
      throw StepChecks.failed(StepChecks.place(state.id(), "network grid"), e);
    }
    double[] sizes = Arrays.stream(target.extent().toArray()).asDoubleStream().toArray();
    double heap = Runtime.getRuntime().maxMemory();
    require(
        StepChecks.place(state.id(), "resampling from " + from + " to " + target.spacing() + " mm"),
        sizes,
        Math.min(MOST_VOXELS, heap / 4.0 / state.image().channels()));
    return target;
  }

  private static Problem placed(String id, Problem p) {
    return new Problem(StepChecks.place(id, p.where()), p.expected(), p.found(), p.next());
  }

  static void require(String where, double[] sizes, double most) {
    if (!(sizes[0] * sizes[1] * sizes[2] <= most)) {
      throw new PreprocessException(
          new Problem(
              where,
              String.format(
                  Locale.ROOT, "at most %.4g voxels, what the heap of this JVM can hold", most),
              String.format(
                  Locale.ROOT, "%.4g x %.4g x %.4g (z, y, x)", sizes[0], sizes[1], sizes[2]),
              "Check the spacing of the image; if it is right, plan a coarser target spacing or"
                  + " give the JVM more heap (-Xmx)."));
    }
  }
}
