package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import java.io.IOException;

/**
 * What the previous stage has predicted for a case, in a file of which parts are read; by several
 * threads at once.
 */
public final class StageLabels {
  private final String id;
  private final StoredLabels stored;

  StageLabels(String id, StoredLabels stored) {
    this.id = id;
    this.stored = stored;
  }

  /**
   * The voxels of the whole case.
   *
   * @return (z, y, x)
   */
  public Extent extent() {
    return stored.grid().extent();
  }

  /**
   * Reads a part.
   *
   * @param box may reach out of the case; there the label is -1
   * @return labels on the box of the network grid
   * @throws PreprocessException if it cannot be read; names case and file
   */
  public LabelMap read(Box box) {
    try {
      return stored.read(box);
    } catch (IOException e) {
      throw new PreprocessException(
          new Problem(
              "case " + id + ", " + stored.file(),
              "a readable prediction of the previous stage",
              e.toString(),
              "Train the cascade again: what is missing is predicted again."),
          e);
    }
  }

  @Override
  public String toString() {
    return "StageLabels of case " + id + ", " + extent();
  }
}
