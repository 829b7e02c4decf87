package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Spacing;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The size of the median case on a grid.
 *
 * @param exact voxels per axis, three of them, possibly with fractions
 * @param plannedWhole whether the configuration's median size is rounded, half to even
 * @param countedWhole whether the voxels of the data set are counted from rounded sizes
 */
public record MedianSize(List<Double> exact, boolean plannedWhole, boolean countedWhole) {
  /** Copies the list. */
  public MedianSize {
    exact = List.copyOf(exact);
  }

  /** {@return the median size of a configuration: voxels per axis} */
  public List<Double> planned() {
    return plannedWhole ? rounded() : exact;
  }

  /** {@return the voxels of the median case, as the batch size counts them} */
  public double voxels() {
    return product(countedWhole ? rounded() : exact);
  }

  /**
   * The size on a grid of another spacing, rounded for the configuration.
   *
   * @param from spacing of this size
   * @param to the other spacing
   * @return the size there
   */
  public MedianSize on(Spacing from, Spacing to) {
    return new MedianSize(
        IntStream.range(0, 3)
            .mapToObj(axis -> from.get(axis) / to.get(axis) * exact.get(axis))
            .toList(),
        true,
        countedWhole);
  }

  MedianSize permuted(List<Integer> order) {
    return new MedianSize(order.stream().map(exact::get).toList(), plannedWhole, countedWhole);
  }

  private List<Double> rounded() {
    return exact.stream().map(Math::rint).toList();
  }

  static double product(List<Double> values) {
    double product = 1;
    for (double value : values) {
      product *= value;
    }
    return product;
  }
}
