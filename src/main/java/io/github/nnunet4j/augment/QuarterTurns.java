package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Turns image and labels by 0 to 3 quarter turns in a plane of two axes (nnU-Net {@code
 * Rot90Transform}); all numbers equally often, so that a quarter of the samples stays as it is. The
 * sense of rotation is from the first towards the second axis of the plane.
 *
 * @param axes at least two, of equal length in every sample; 0 = z, 1 = y, 2 = x
 */
public record QuarterTurns(Set<Integer> axes) implements ParametricAugmentation<QuarterTurns.Turn> {
  /** Checks the axes. */
  public QuarterTurns {
    axes = Collections.unmodifiableSet(new TreeSet<>(axes));
    Checks.argument(
        axes.size() >= 2 && Set.of(0, 1, 2).containsAll(axes),
        "a plane needs two of the axes 0 to 2, not %s",
        axes);
  }

  /**
   * What is drawn for one sample.
   *
   * @param first axis of the plane
   * @param second axis of the plane
   * @param times number of quarter turns, 0 to 3
   */
  public record Turn(int first, int second, int times) {
    /** Checks the plane. */
    public Turn {
      Checks.argument(
          first >= 0 && first <= 2 && second >= 0 && second <= 2 && first != second,
          "a plane has two of the axes 0 to 2, not %d and %d",
          first,
          second);
      Checks.argument(times >= 0 && times <= 3, "0 to 3 quarter turns, not %d", times);
    }
  }

  @Override
  public Turn draw(int channels, RandomGenerator random) {
    List<Integer> left = new ArrayList<>(axes);
    int one = left.remove(random.nextInt(left.size()));
    int other = left.get(random.nextInt(left.size()));
    return new Turn(Math.min(one, other), Math.max(one, other), random.nextInt(4));
  }

  @Override
  public void changeIn(SampleBuffer buffer, Turn turn) {
    if (turn.times() == 0) {
      return;
    }
    int[] order = {0, 1, 2};
    boolean[] flipped = new boolean[3];
    if (turn.times() != 2) {
      order[turn.first()] = turn.second();
      order[turn.second()] = turn.first();
    }
    flipped[turn.first()] = turn.times() != 3;
    flipped[turn.second()] = turn.times() != 1;
    new AxisOrder(buffer.extent(), order, flipped).apply(buffer);
  }
}
