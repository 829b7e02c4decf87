package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/**
 * Exchanges axes at random (nnU-Net {@code TransposeAxesTransform}); every order of the allowed
 * axes equally often, the given one included. The parameters say which axis of the input each axis
 * (z, y, x) of the output takes.
 *
 * @param axes of equal length in every sample; 0 = z, 1 = y, 2 = x
 */
public record AxesTransposition(Set<Integer> axes)
    implements ParametricAugmentation<List<Integer>> {
  /** Checks the axes. */
  public AxesTransposition {
    axes = Collections.unmodifiableSet(new TreeSet<>(axes));
    Checks.argument(Set.of(0, 1, 2).containsAll(axes), "axes are 0 to 2, not %s", axes);
  }

  @Override
  public List<Integer> draw(int channels, RandomGenerator random) {
    List<Integer> places = new ArrayList<>(axes);
    List<Integer> drawn = new ArrayList<>(places);
    for (int i = drawn.size() - 1; i > 0; i--) {
      Collections.swap(drawn, i, random.nextInt(i + 1));
    }
    List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
    for (int i = 0; i < places.size(); i++) {
      order.set(places.get(i), drawn.get(i));
    }
    return List.copyOf(order);
  }

  @Override
  public void changeIn(SampleBuffer buffer, List<Integer> order) {
    Checks.argument(
        order.size() == 3 && new HashSet<>(order).equals(Set.of(0, 1, 2)),
        "an order has the axes 0, 1 and 2, not %s",
        order);
    Extent extent = buffer.extent();
    int[] axis = order.stream().mapToInt(Integer::intValue).toArray();
    if (axis[0] != 0 || axis[1] != 1) {
      new AxisOrder(extent, axis, new boolean[3]).apply(buffer);
    }
  }
}
