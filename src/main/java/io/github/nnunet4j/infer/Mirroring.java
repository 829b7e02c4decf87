package io.github.nnunet4j.infer;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Along which axes tiles are mirrored. Every combination of the axes is one more pass through the
 * network; the logits of all passes, mirrored back, are averaged (nnU-Net v2). Axes count the
 * spatial axes of the network: 0 is z in three dimensions and y in two.
 */
public final class Mirroring {
  private static final Mirroring ALL = new Mirroring(null);

  private final @Nullable List<Integer> axes;

  private Mirroring(@Nullable List<Integer> axes) {
    this.axes = axes;
  }

  /**
   * Along all axes of the network: four passes in two dimensions, eight in three.
   *
   * @return the mirroring
   */
  public static Mirroring all() {
    return ALL;
  }

  /**
   * One pass, nothing mirrored.
   *
   * @return the mirroring
   */
  public static Mirroring none() {
    return new Mirroring(List.of());
  }

  /**
   * Along the given axes.
   *
   * @param axes each once, 0 to 2
   * @return the mirroring
   */
  public static Mirroring axes(int... axes) {
    int[] sorted = Arrays.stream(axes).sorted().distinct().toArray();
    Checks.argument(
        sorted.length == axes.length && Arrays.stream(axes).allMatch(a -> a >= 0 && a < 3),
        "mirrored axes must be distinct and within 0 to 2, were %s",
        Arrays.toString(axes));
    return new Mirroring(Arrays.stream(sorted).boxed().toList());
  }

  /**
   * The axes for a network.
   *
   * @param rank its spatial axes, 2 or 3
   * @return ascending
   * @throws IllegalArgumentException if the network lacks one of them
   */
  public List<Integer> axesFor(int rank) {
    if (axes == null) {
      return rank == 3 ? List.of(0, 1, 2) : List.of(0, 1);
    }
    for (int axis : axes) {
      Checks.argument(
          axis < rank, "axis %d cannot be mirrored by a network of %d axes", axis, rank);
    }
    return axes;
  }

  /**
   * The passes through a network.
   *
   * @param rank its spatial axes, 2 or 3
   * @return per pass the axes that are mirrored together; the first pass mirrors none
   */
  public List<List<Integer>> passes(int rank) {
    List<List<Integer>> passes = new ArrayList<>();
    passes.add(List.of());
    for (int axis : axesFor(rank)) {
      for (List<Integer> shorter : List.copyOf(passes)) {
        List<Integer> longer = new ArrayList<>(shorter);
        longer.add(axis);
        passes.add(List.copyOf(longer));
      }
    }
    return List.copyOf(passes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Mirroring that && Objects.equals(axes, that.axes);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(axes);
  }

  @Override
  public String toString() {
    return "Mirroring" + (axes == null ? "[all axes]" : axes);
  }
}
