package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Replaces each voxel by the median of a cube about it (nnU-Net {@code MedianFilterTransform}). An
 * edge of k voxels goes from i - k / 2 to i - k / 2 + k - 1; beyond the border the image is
 * reflected, its edge standing twice; of an even number of voxels the upper of the two middle ones
 * is taken. A sample of one slice is filtered in the plane. The parameters are the edges by
 * channel.
 *
 * @param shortest edge, in voxels
 * @param longest edge, included
 * @param channelProbability of each channel to be changed
 * @param shared true to draw one edge for all channels
 */
public record MedianFilter(int shortest, int longest, double channelProbability, boolean shared)
    implements ParametricAugmentation<Map<Integer, Integer>> {
  private static final int LONGEST = 63;

  /** Checks the edges and the probability. */
  public MedianFilter {
    Checks.probability(channelProbability, "probability per channel");
    Checks.argument(
        shortest >= 1 && shortest <= longest && longest <= LONGEST,
        "edges lie within 1 and %d in rising order, not %d to %d",
        LONGEST,
        shortest,
        longest);
  }

  @Override
  public Map<Integer, Integer> draw(int channels, RandomGenerator random) {
    int same = random.nextInt(shortest, longest + 1);
    Supplier<Integer> value = () -> shared ? same : random.nextInt(shortest, longest + 1);
    return Channels.draw(channels, channelProbability, random, value);
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, Integer> edges) {
    edges.forEach(
        (channel, edge) -> {
          Checks.argument(
              edge >= 1 && edge <= LONGEST, "an edge has 1 to %d voxels, not %d", LONGEST, edge);
          float[] from = buffer.read(Channels.require(channel, buffer));
          float[] to = buffer.scratch();
          new Window(buffer.extent(), edge).run(from, to);
          buffer.put(channel, to);
        });
  }

  /**
   * A sorted window moves along a row: the column of voxels that it leaves goes out and the one
   * that it reaches is merged in.
   */
  private static final class Window {
    private final int edge;
    private final int nz;
    private final int ny;
    private final int nx;
    private final int edgeZ;
    private final int wanted;

    Window(Extent extent, int edge) {
      this.edge = edge;
      nz = extent.get(0);
      ny = extent.get(1);
      nx = extent.get(2);
      edgeZ = nz == 1 ? 1 : edge;
      wanted = edgeZ * edge * edge / 2;
    }

    void run(float[] from, float[] to) {
      int[] lines = new int[edgeZ * edge];
      int[] columns = new int[nx + edge];
      for (int x = 0; x < columns.length; x++) {
        columns[x] = GaussianBlur.repeat(x - edge / 2, nx);
      }
      for (int z = 0; z < nz; z++) {
        for (int y = 0; y < ny; y++) {
          collectLines(z, y, lines);
          row(from, lines, columns, to, (z * ny + y) * nx);
        }
      }
    }

    private void collectLines(int z, int y, int[] lines) {
      int at = 0;
      int backZ = nz == 1 ? 0 : edge / 2;
      for (int dz = 0; dz < edgeZ; dz++) {
        int sz = GaussianBlur.repeat(z - backZ + dz, nz);
        for (int dy = 0; dy < edge; dy++) {
          lines[at++] = (sz * ny + GaussianBlur.repeat(y - edge / 2 + dy, ny)) * nx;
        }
      }
    }

    private void row(float[] from, int[] lines, int[] columns, float[] to, int at) {
      float[][] sides = new float[nx + edge][];
      for (int x = 0; x < nx + edge - 1; x++) {
        sides[x] = column(from, lines, columns[x]);
      }
      SortedWindow window = new SortedWindow(lines.length * edge);
      for (int x = 0; x < edge; x++) {
        window.add(sides[x]);
      }
      to[at] = window.rank(wanted);
      for (int x = 1; x < nx; x++) {
        window.exchange(sides[x - 1], sides[x + edge - 1]);
        to[at + x] = window.rank(wanted);
      }
    }

    private static float[] column(float[] from, int[] lines, int x) {
      float[] column = new float[lines.length];
      for (int i = 0; i < column.length; i++) {
        column[i] = from[lines[i] + x];
      }
      Arrays.sort(column);
      return column;
    }
  }
}
