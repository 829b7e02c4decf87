package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.NonzeroCrop;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * What the previous stage has predicted for a case, in a file of which parts are read; by several
 * threads at once.
 */
public final class StageLabels {
  private final String id;
  private final Path file;
  private final Extent extent;
  private final long begin;

  StageLabels(String id, Path file, Extent extent, long begin) {
    this.id = id;
    this.file = file;
    this.extent = extent;
    this.begin = begin;
  }

  /**
   * The voxels of the whole case.
   *
   * @return (z, y, x)
   */
  public Extent extent() {
    return extent;
  }

  /**
   * Reads a part.
   *
   * @param box may reach out of the case; there the label is -1
   * @return labels of the box's size
   * @throws PreprocessException if it cannot be read; names case and file
   */
  public LabelMap read(Box box) {
    short[] out = new short[Math.toIntExact(box.size().voxels())];
    Arrays.fill(out, NonzeroCrop.OUTSIDE);
    int[] from = new int[3];
    int[] to = new int[3];
    boolean empty = false;
    for (int axis = 0; axis < 3; axis++) {
      from[axis] = Math.max(0, box.from(axis));
      to[axis] = Math.min(extent.get(axis), box.to(axis));
      empty |= from[axis] >= to[axis];
    }
    if (!empty) {
      fill(box, from, to, out);
    }
    return LabelMap.wrap(Grid.of(box.size().get(0), box.size().get(1), box.size().get(2)), out);
  }

  private void fill(Box box, int[] from, int[] to, short[] out) {
    int nx = extent.get(2);
    int rows = to[1] - from[1];
    int count = to[2] - from[2];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int z = from[0]; z < to[0]; z++) {
        long first = ((long) z * extent.get(1) + from[1]) * nx + from[2];
        int voxels = Math.addExact(Math.multiplyExact(rows - 1, nx), count);
        ByteBuffer bytes =
            PreparedFile.fill(channel, begin + 2 * first, Math.multiplyExact(2, voxels));
        for (int y = 0; y < rows; y++) {
          int slice = (z - box.z()) * box.size().get(1);
          int into = (slice + from[1] + y - box.y()) * box.size().get(2) + from[2] - box.x();
          bytes.asShortBuffer().get(y * nx, out, into, count);
        }
      }
    } catch (IOException e) {
      throw new PreprocessException(
          new Problem(
              "case " + id + ", " + file,
              "a readable prediction of the previous stage",
              e.toString(),
              "Train the cascade again: what is missing is predicted again."),
          e);
    }
  }

  @Override
  public String toString() {
    return "StageLabels of case " + id + ", " + extent;
  }
}
