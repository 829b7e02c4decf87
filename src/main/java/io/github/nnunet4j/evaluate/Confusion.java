package io.github.nnunet4j.evaluate;

/**
 * How often prediction and reference agree on one label or region, counted over voxels.
 *
 * @param truePositives in both
 * @param falsePositives in the prediction only
 * @param falseNegatives in the reference only
 * @param trueNegatives in neither
 */
public record Confusion(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {
  /**
   * The Dice coefficient 2 TP / (2 TP + FP + FN).
   *
   * @return 0 to 1, or NaN if the structure is in neither map
   */
  public double dice() {
    return (double) (2 * truePositives) / (2 * truePositives + falsePositives + falseNegatives);
  }

  /**
   * Intersection over union, TP / (TP + FP + FN).
   *
   * @return 0 to 1, or NaN if the structure is in neither map
   */
  public double iou() {
    return (double) truePositives / (truePositives + falsePositives + falseNegatives);
  }

  /**
   * The size of the structure in the prediction.
   *
   * @return voxels
   */
  public long predicted() {
    return truePositives + falsePositives;
  }

  /**
   * The size of the structure in the reference.
   *
   * @return voxels
   */
  public long reference() {
    return truePositives + falseNegatives;
  }

  /**
   * Counts of two images together.
   *
   * @param other of the same structure
   * @return the sums
   */
  public Confusion plus(Confusion other) {
    return new Confusion(
        truePositives + other.truePositives,
        falsePositives + other.falsePositives,
        falseNegatives + other.falseNegatives,
        trueNegatives + other.trueNegatives);
  }
}
