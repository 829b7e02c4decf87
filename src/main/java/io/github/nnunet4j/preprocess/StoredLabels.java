package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.NonzeroCrop;
import io.github.nnunet4j.internal.BoxRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Labels (z, y, x) of 16 bit, little endian, within a file of which parts are read.
 *
 * @param file holds them
 * @param begin the first byte
 * @param grid of the whole case
 */
record StoredLabels(Path file, long begin, Grid grid) {
  /** The rows of a box that lie inside of a grid. */
  static BoxRows rows(Grid grid, Box box) {
    int[] start = {box.z(), box.y(), box.x()};
    return new BoxRows(grid.extent().toArray(), start, box.size().toArray());
  }

  /** Reads a box, which may reach out of the case; there the label is -1. */
  LabelMap read(Box box) throws IOException {
    BoxRows rows = rows(grid, box);
    short[] out = new short[rows.size()];
    Arrays.fill(out, NonzeroCrop.OUTSIDE);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int z = rows.firstSlice(); z < rows.endSlice(); z++) {
        int start = rows.spanStart(z);
        ByteBuffer bytes =
            PreparedFile.fill(
                channel, begin + 2L * start, Math.multiplyExact(2, rows.spanLength()));
        rows.slice(z, (at, into, n) -> bytes.asShortBuffer().get(at - start, out, into, n));
      }
    }
    return LabelMap.wrap(grid.crop(box), out);
  }
}
