package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.BoxRows;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A prepared case in a file; each read takes only the slices' rows, or the class locations, that it
 * needs. In memory is the head alone.
 */
record PreparedFile(Path file, PreparedHeader header, ClassLocations classLocations)
    implements PreparedCase {
  static PreparedFile open(Path file) throws IOException {
    PreparedHeader header = PreparedHeader.read(file);
    List<Integer> counts = header.counts();
    long[] starts = new long[counts.size()];
    long at = header.locationsAt();
    for (int k = 0; k < starts.length; k++) {
      starts[k] = at;
      at += 4L * counts.get(k);
    }
    ClassLocations.Source source =
        (key, from, count) -> locations(file, header, starts[key] + 4L * from, count);
    return new PreparedFile(
        file, header, ClassLocations.stored(header.extent(), header.keys(), counts, source));
  }

  private static int[] locations(Path file, PreparedHeader header, long at, int count) {
    int[] voxels = new int[count];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      fill(channel, at, Math.multiplyExact(4, count)).asIntBuffer().get(voxels);
    } catch (IOException e) {
      throw unreadable(header.id(), file, e);
    }
    return voxels;
  }

  @Override
  public String id() {
    return header.id();
  }

  @Override
  public Extent extent() {
    return header.extent();
  }

  @Override
  public int channels() {
    return header.channels();
  }

  @Override
  public Restoration restoration() {
    return header.restoration();
  }

  private Grid grid() {
    return header.restoration().networkGrid();
  }

  @Override
  public Volume readImage(Box box) {
    BoxRows rows = StoredLabels.rows(grid(), box);
    float[][] out = new float[channels()][rows.size()];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int c = 0; c < out.length; c++) {
        float[] to = out[c];
        for (int z = rows.firstSlice(); z < rows.endSlice(); z++) {
          int start = rows.spanStart(z);
          long at = header.imageAt() + 4 * (c * extent().voxels() + start);
          ByteBuffer bytes = fill(channel, at, Math.multiplyExact(4, rows.spanLength()));
          rows.slice(z, (i, into, n) -> bytes.asFloatBuffer().get(i - start, to, into, n));
        }
      }
    } catch (IOException e) {
      throw unreadable(id(), file, e);
    }
    return Volume.wrap(grid().crop(box), out);
  }

  @Override
  public LabelMap readLabels(Box box) {
    if (!header.labels()) {
      throw noLabels(id());
    }
    try {
      return new StoredLabels(file, header.labelsAt(), grid()).read(box);
    } catch (IOException e) {
      throw unreadable(id(), file, e);
    }
  }

  private static PreprocessException unreadable(String id, Path file, IOException cause) {
    return new PreprocessException(
        new Problem(
            "case " + id + ", " + file,
            "a readable prepared case",
            cause.toString(),
            "Delete the file and prepare the data set again."),
        cause);
  }

  static PreprocessException noLabels(String id) {
    return new PreprocessException(
        new Problem("case " + id, "labels", "none", "Training needs cases that have a reference."));
  }

  static ByteBuffer fill(FileChannel channel, long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long position = at;
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, position);
      if (n < 0) {
        throw new EOFException("the file ends early");
      }
      position += n;
    }
    return buffer.flip().order(ByteOrder.LITTLE_ENDIAN);
  }
}
