package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.internal.PairwiseSum;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Means of the counts and scores of one structure over cases, or of several structures.
 *
 * <p>The eight values have the names of nnU-Net's summaries.
 */
public final class Averages {
  private final Map<Metric, Double> values;

  private Averages(Map<Metric, Double> values) {
    this.values = values;
  }

  static Averages ofValues(ToDoubleFunction<Metric> value) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      values.put(metric, value.applyAsDouble(metric));
    }
    return new Averages(values);
  }

  /** Means over cases; NaN is left out, and only NaN gives NaN. */
  static Averages overCases(List<Confusion> cases) {
    return ofValues(
        metric -> {
          double[] values = cases.stream().mapToDouble(metric::of).toArray();
          double[] numbers = Arrays.stream(values).map(v -> Double.isNaN(v) ? 0 : v).toArray();
          long count = Arrays.stream(values).filter(v -> !Double.isNaN(v)).count();
          return PairwiseSum.of(numbers) / count;
        });
  }

  /** Means over structures; one NaN gives NaN. */
  static Averages overRegions(List<Averages> regions) {
    return ofValues(
        metric ->
            PairwiseSum.of(regions.stream().mapToDouble(r -> r.get(metric)).toArray())
                / regions.size());
  }

  /**
   * One mean.
   *
   * @param metric which
   * @return the mean; counts are voxels
   */
  public double get(Metric metric) {
    return Objects.requireNonNull(values.get(metric));
  }

  /**
   * The mean Dice coefficient.
   *
   * @return 0 to 1, or NaN
   */
  public double dice() {
    return get(Metric.DICE);
  }

  /**
   * The mean intersection over union.
   *
   * @return 0 to 1, or NaN
   */
  public double iou() {
    return get(Metric.IOU);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Averages that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Dice " + dice() + ", IoU " + iou();
  }
}
