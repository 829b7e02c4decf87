package io.github.nnunet4j.infer;

import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Volume;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Runs networks over the tiles of one image. All passes of a tile (mirrored, and through every
 * network) are added before the next tile begins, which is the mean over passes and folds of the
 * means over tiles that nnU-Net v2 computes, with one sum in memory instead of several.
 */
final class SlidingWindow {
  private final Volume image;
  private final Tiling tiling;
  private final List<List<Integer>> passes;
  private final int batch;
  private final int tileVoxels;
  private final ByteBuffer input;

  /** One pass of one tile; mirrored counts the axes of the tile. */
  private record Pass(Box box, List<Integer> mirrored, boolean first) {}

  /**
   * A window over an image.
   *
   * @param image all channels on the network grid
   * @param tiling of that image
   * @param mirroring of the tiles
   * @param batch passes through a network at once
   */
  SlidingWindow(Volume image, Tiling tiling, Mirroring mirroring, int batch) {
    this.image = image;
    this.tiling = tiling;
    int rank = tiling.patch().rank();
    passes =
        mirroring.passes(rank).stream()
            .map(axes -> axes.stream().map(axis -> axis + 3 - rank).toList())
            .toList();
    long tileBytes =
        Math.multiplyExact(Math.multiplyExact(tiling.patch().voxels(), image.channels()), 4L);
    if (tileBytes > Integer.MAX_VALUE) {
      throw new PredictionException(
          new Problem(
              "patch " + tiling.patch(),
              "a tile of less than 2 GiB",
              tileBytes + " bytes of input",
              "Use a smaller patch."));
    }
    tileVoxels = (int) tiling.patch().voxels();
    this.batch = (int) Math.max(1, Math.min(batch, Integer.MAX_VALUE / tileBytes));
    input =
        ByteBuffer.allocateDirect((int) (this.batch * tileBytes)).order(ByteOrder.nativeOrder());
  }

  /** How often the sum receives each tile. */
  int contributions(int networks) {
    return passes.size() * networks;
  }

  /** The number of passes through each network. */
  int passes() {
    return Math.multiplyExact(tiling.tiles().size(), passes.size());
  }

  /**
   * Adds the logits of all tiles.
   *
   * @param networks at least one, of equal outputs
   * @param sum receives them
   * @param step is told the number of passes done after each batch; may throw to stop
   */
  void run(List<? extends TileNetwork> networks, LogitSum sum, IntConsumer step) {
    List<Pass> group = new ArrayList<>();
    int done = 0;
    for (Box box : tiling.tiles()) {
      for (List<Integer> mirrored : passes) {
        group.add(new Pass(box, mirrored, mirrored.isEmpty()));
        if (group.size() == batch) {
          forward(group, networks, sum);
          done += group.size();
          step.accept(done);
          group.clear();
        }
      }
    }
    if (!group.isEmpty()) {
      forward(group, networks, sum);
      step.accept(done + group.size());
    }
  }

  private void forward(List<Pass> group, List<? extends TileNetwork> networks, LogitSum sum) {
    input.clear();
    FloatBuffer tiles = input.asFloatBuffer();
    for (Pass pass : group) {
      for (int channel = 0; channel < image.channels(); channel++) {
        copyTile(image.unsafeArray(channel), pass, tiles);
      }
    }
    input.limit(tiles.position() * Float.BYTES);
    for (TileNetwork network : networks) {
      network.forward(
          input.duplicate().order(ByteOrder.nativeOrder()),
          shape(group.size()),
          logits -> addAll(group, sum, logits));
    }
    for (Pass pass : group) {
      if (pass.first()) {
        sum.weigh(pass.box());
      }
    }
  }

  private void addAll(List<Pass> group, LogitSum sum, FloatBuffer logits) {
    int perTile = Math.multiplyExact(sum.heads(), tileVoxels);
    for (int i = 0; i < group.size(); i++) {
      Pass pass = group.get(i);
      sum.add(pass.box(), pass.mirrored(), logits, i * perTile);
    }
  }

  private long[] shape(int count) {
    Extent patch = tiling.patch();
    long[] shape = new long[2 + patch.rank()];
    shape[0] = count;
    shape[1] = image.channels();
    for (int axis = 0; axis < patch.rank(); axis++) {
      shape[2 + axis] = patch.get(axis);
    }
    return shape;
  }

  /** Appends one channel of a tile, mirrored, zero outside of the image. */
  private void copyTile(float[] from, Pass pass, FloatBuffer to) {
    Box box = pass.box();
    Extent extent = image.grid().extent();
    float[] row = new float[box.size().get(2)];
    boolean flipX = pass.mirrored().contains(2);
    for (int i = 0; i < box.size().get(0); i++) {
      int z = pass.mirrored().contains(0) ? box.to(0) - 1 - i : box.z() + i;
      for (int j = 0; j < box.size().get(1); j++) {
        int y = pass.mirrored().contains(1) ? box.to(1) - 1 - j : box.y() + j;
        boolean inside = z >= 0 && z < extent.get(0) && y >= 0 && y < extent.get(1);
        copyRow(from, inside ? (z * extent.get(1) + y) * extent.get(2) : -1, box, row);
        if (flipX) {
          reverse(row);
        }
        to.put(row);
      }
    }
  }

  private void copyRow(float[] from, int start, Box box, float[] row) {
    int nx = image.grid().extent().get(2);
    int first = Math.max(0, -box.x());
    int last = Math.min(row.length, nx - box.x());
    if (start < 0 || last < row.length || first > 0) {
      Arrays.fill(row, 0);
    }
    if (start >= 0) {
      System.arraycopy(from, start + box.x() + first, row, first, last - first);
    }
  }

  private static void reverse(float[] row) {
    for (int i = 0, j = row.length - 1; i < j; i++, j--) {
      float swap = row[i];
      row[i] = row[j];
      row[j] = swap;
    }
  }
}
