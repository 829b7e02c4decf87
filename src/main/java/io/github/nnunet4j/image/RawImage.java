package io.github.nnunet4j.image;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** What a text header said about voxels that follow in C order, and how they are read. */
final class RawImage {
  private static final int TAIL = 1 << 16;

  private final Path file;
  private final SampleType type;
  private final ByteOrder order;
  private final boolean deflated;
  private final int channels;
  private final int voxels;
  private final Grid grid;

  private RawImage(Path file, Stored stored, int channels, int voxels, Grid grid) {
    this.file = file;
    this.type = stored.type;
    this.order = stored.order;
    this.deflated = stored.deflated;
    this.channels = channels;
    this.voxels = voxels;
    this.grid = grid;
  }

  /**
   * How the numbers are stored.
   *
   * @param type of each
   * @param order of their bytes
   * @param deflated whether zlib or gzip is around them
   */
  record Stored(SampleType type, ByteOrder order, boolean deflated) {}

  /**
   * Where the voxels lie, axes as in the file: x first.
   *
   * @param sizes two to four, the fourth counts channels
   * @param spacing of each
   * @param origin world position of the first voxel
   * @param columns world direction of each axis
   */
  record Placed(
      List<Long> sizes, List<Double> spacing, List<Double> origin, List<List<Double>> columns) {
    static Placed of(long[] sizes, double[] spacing, double[] origin, double[][] columns) {
      return new Placed(
          Arrays.stream(sizes).boxed().toList(),
          list(spacing),
          list(origin),
          Arrays.stream(columns).map(Placed::list).toList());
    }

    private static List<Double> list(double[] values) {
      return Arrays.stream(values).boxed().toList();
    }
  }

  /** Judges sizes before anything is allocated. */
  static RawImage of(Path file, ReadLimits limits, Stored stored, Placed placed) {
    long[] sizes = placed.sizes.stream().mapToLong(Long::longValue).toArray();
    long values = limits.product(file, sizes);
    long channels = sizes.length == 4 ? sizes[3] : 1;
    limits.requireRoom(file, values / channels, channels, Float.BYTES);
    int space = Math.min(3, sizes.length);
    Extent extent = Extent.of(space < 3 ? 1 : (int) sizes[2], (int) sizes[1], (int) sizes[0]);
    double[] spacing = new double[3];
    double[] origin = new double[3];
    double[] direction = Grids.identity();
    for (int axis = 0; axis < space; axis++) {
      spacing[2 - axis] = placed.spacing.get(axis);
      origin[axis] = placed.origin.get(axis);
      for (int world = 0; world < space; world++) {
        direction[3 * world + axis] = placed.columns.get(axis).get(world);
      }
    }
    Grid grid =
        space == 2
            ? Grids.plane(file, extent, spacing, origin, direction)
            : Grids.checked(file, extent, spacing, origin, direction);
    return new RawImage(file, stored, (int) channels, (int) (values / channels), grid);
  }

  Grid grid() {
    return grid;
  }

  /** Bytes of all voxels once inflated. */
  long bytes() {
    return Math.multiplyExact((long) voxels * channels, (long) type.bytes());
  }

  /** Float channels; stored is the number of bytes left in the stream. */
  Volume volume(InputStream in, long stored) throws IOException {
    InputStream data = inflated(in, stored);
    Volume volume =
        Volume.wrap(grid, new VoxelStream(file, type, order).readChannels(data, channels, voxels));
    end(data);
    return volume;
  }

  LabelMap labels(InputStream in, long stored) throws IOException {
    if (channels != 1) {
      throw Malformed.file(file, "one channel of labels", channels + " channels");
    }
    InputStream data = inflated(in, stored);
    LabelMap labels =
        LabelMap.wrap(grid, new VoxelStream(file, type, order).readLabels(data, voxels));
    end(data);
    return labels;
  }

  private void end(InputStream data) throws IOException {
    if (deflated) {
      VoxelStream.checkEnd(file, data, TAIL);
    }
  }

  private InputStream inflated(InputStream in, long stored) throws IOException {
    ReadLimits.requireBytes(file, bytes(), stored, deflated);
    if (!deflated) {
      return in;
    }
    InputStream[] made = new InputStream[1];
    VoxelStream.guard(
        file,
        () -> {
          byte[] head = in.readNBytes(2);
          InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), in);
          boolean gzip = head.length == 2 && head[0] == 0x1f && (head[1] & 0xff) == 0x8b;
          made[0] =
              gzip
                  ? new GZIPInputStream(whole, 1 << 18)
                  : new InflaterInputStream(whole, new Inflater(), 1 << 18);
          return 0;
        });
    return made[0];
  }

  /** Opens a voxel file. */
  static InputStream open(Path file) throws IOException {
    Malformed.requireThere(file);
    return new BufferedInputStream(Files.newInputStream(file), 1 << 18);
  }
}
