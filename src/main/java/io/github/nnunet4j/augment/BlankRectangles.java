package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Fills boxes with the mean of what is there, one after the other (nnU-Net {@code
 * BlankRectangleTransform}). The parameters are the boxes by channel.
 *
 * @param patch extent of the samples (z, y, x)
 * @param edges how large the boxes are
 * @param count how many there are
 * @param channelProbability of each channel to be changed
 * @param firstCorner lowest corner on each axis: 0 in v2, 1 in v1, whose boxes never touch the
 *     start
 */
public record BlankRectangles(
    Extent patch, Edges edges, Count count, double channelProbability, int firstCorner)
    implements ParametricAugmentation<Map<Integer, List<Box>>> {
  /** Checks that the boxes fit. */
  public BlankRectangles {
    Checks.probability(channelProbability, "probability per channel");
    Checks.notNegative(firstCorner, "first corner");
    for (int axis = 0; axis < 3; axis++) {
      Checks.argument(
          edges.longest().get(axis) <= patch.get(axis),
          "boxes of up to %s do not fit a patch of %s",
          edges.longest(),
          patch);
    }
  }

  /**
   * How large the boxes are; every length equally often.
   *
   * @param shortest along (z, y, x), at least 1
   * @param longest along (z, y, x), included
   * @param square true for one length on all axes, drawn from the range of the first
   */
  public record Edges(Extent shortest, Extent longest, boolean square) {
    /** Checks the order. */
    public Edges {
      for (int axis = 0; axis < 3; axis++) {
        Checks.argument(
            shortest.get(axis) >= 1 && shortest.get(axis) <= longest.get(axis),
            "edges need a range of positive lengths, not %s to %s",
            shortest,
            longest);
      }
    }
  }

  /**
   * How many boxes a channel gets; every number equally often.
   *
   * @param fewest at least 0
   * @param most included
   */
  public record Count(int fewest, int most) {
    /** Checks the order. */
    public Count {
      Checks.argument(
          fewest >= 0 && fewest <= most, "there can be no %d to %d rectangles", fewest, most);
    }
  }

  @Override
  public Map<Integer, List<Box>> draw(int channels, RandomGenerator random) {
    return Channels.draw(channels, channelProbability, random, () -> boxes(random));
  }

  private List<Box> boxes(RandomGenerator random) {
    int number = random.nextInt(count.fewest(), count.most() + 1);
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      int[] lower = new int[3];
      int[] upper = new int[3];
      int same = edge(0, random);
      for (int axis = 0; axis < 3; axis++) {
        boolean drawn = axis > 0 && !edges.square();
        int length = Math.min(patch.get(axis), drawn ? edge(axis, random) : same);
        int last = patch.get(axis) - length;
        lower[axis] = random.nextInt(Math.min(firstCorner, last), last + 1);
        upper[axis] = lower[axis] + length;
      }
      boxes.add(Box.between(lower, upper));
    }
    return List.copyOf(boxes);
  }

  private int edge(int axis, RandomGenerator random) {
    return random.nextInt(edges.shortest().get(axis), edges.longest().get(axis) + 1);
  }

  @Override
  public void changeIn(SampleBuffer buffer, Map<Integer, List<Box>> boxes) {
    boxes.forEach(
        (channel, list) -> {
          float[] voxels = buffer.write(Channels.require(channel, buffer));
          for (Box box : list) {
            Checks.argument(
                box.within(buffer.extent()), "%s does not fit %s", box, buffer.extent());
            fill(voxels, buffer.extent(), box);
          }
        });
  }

  private static void fill(float[] voxels, Extent extent, Box box) {
    double sum = 0;
    for (int z = box.from(0); z < box.to(0); z++) {
      for (int y = box.from(1); y < box.to(1); y++) {
        int row = (z * extent.get(1) + y) * extent.get(2);
        for (int x = box.from(2); x < box.to(2); x++) {
          sum += voxels[row + x];
        }
      }
    }
    float mean = (float) (sum / box.size().voxels());
    for (int z = box.from(0); z < box.to(0); z++) {
      for (int y = box.from(1); y < box.to(1); y++) {
        int row = (z * extent.get(1) + y) * extent.get(2);
        Arrays.fill(voxels, row + box.from(2), row + box.to(2), mean);
      }
    }
  }
}
