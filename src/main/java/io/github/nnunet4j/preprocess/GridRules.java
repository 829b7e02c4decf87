package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Checks;

/** The built-in rules of the network grid, those of nnU-Net v1's preprocessors among them. */
public final class GridRules {
  private GridRules() {}

  /**
   * The target spacing; each size is {@code round(size * spacing / target)}, half to even, at least
   * 1. A target of rank 2 leaves the first axis alone.
   *
   * @return the rule of nnU-Net v1 and v2
   */
  public static Planned planned() {
    return new Planned();
  }

  /**
   * The target spacing along the last two axes; the first stays as it is ({@code PreprocessorFor2D}
   * and {@code PreprocessorFor3D_LeaveOriginalZSpacing} of nnU-Net v1).
   *
   * @return the rule
   */
  public static KeepFirstAxis keepFirstAxis() {
    return new KeepFirstAxis();
  }

  /**
   * The grid of the image itself: nothing is resampled ({@code PreprocessorFor3D_NoResampling} of
   * nnU-Net v1).
   *
   * @return the rule
   */
  public static Original original() {
    return new Original();
  }

  /**
   * A fixed length in voxels for the shorter edge in plane, whatever the spacing ({@code
   * PreprocessorFor2D_edgeLength512} and {@code 768} of nnU-Net v1).
   *
   * @param voxels at least 1
   * @return the rule
   */
  public static ShortEdge shortEdge(int voxels) {
    return new ShortEdge(voxels);
  }

  /** The target spacing along all axes it has. */
  public record Planned() implements GridRule {
    @Override
    public Grid apply(Grid cropped, Spacing target) {
      return TargetGrid.of(cropped, target);
    }
  }

  /** The target spacing in plane. */
  public record KeepFirstAxis() implements GridRule {
    @Override
    public Grid apply(Grid cropped, Spacing target) {
      int rank = target.rank();
      return TargetGrid.of(
          cropped, Spacing.millimetres(target.get(rank - 2), target.get(rank - 1)));
    }
  }

  /** The grid of the image. */
  public record Original() implements GridRule {
    @Override
    public Grid apply(Grid cropped, Spacing target) {
      return Grid.of(cropped.extent(), cropped.spacing());
    }
  }

  /**
   * The last two axes times {@code voxels / min(rows, columns)}, rounded half to even.
   *
   * @param voxels length of the shorter edge
   */
  public record ShortEdge(int voxels) implements GridRule {
    /** Checks the length. */
    public ShortEdge {
      Checks.positive(voxels, "voxels");
    }

    @Override
    public Grid apply(Grid cropped, Spacing target) {
      Extent extent = cropped.extent();
      double factor = (double) voxels / Math.min(extent.get(1), extent.get(2));
      double[] sizes = {
        extent.get(0), Math.rint(extent.get(1) * factor), Math.rint(extent.get(2) * factor)
      };
      Spacing spacing = cropped.spacing();
      return TargetGrid.of(
          cropped,
          sizes,
          Spacing.millimetres(
              spacing.get(0),
              spacing.get(1) * extent.get(1) / sizes[1],
              spacing.get(2) * extent.get(2) / sizes[2]));
    }
  }
}
