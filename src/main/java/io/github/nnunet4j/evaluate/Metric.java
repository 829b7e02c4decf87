package io.github.nnunet4j.evaluate;

/** A value of nnU-Net's summaries, in the order of their keys. */
public enum Metric {
  /** Dice coefficient, 0 to 1. */
  DICE("Dice"),
  /** Voxels missed. */
  FN("FN"),
  /** Voxels too many. */
  FP("FP"),
  /** Intersection over union, 0 to 1. */
  IOU("IoU"),
  /** Voxels in neither map. */
  TN("TN"),
  /** Voxels in both maps. */
  TP("TP"),
  /** Voxels in the prediction. */
  PREDICTED("n_pred"),
  /** Voxels in the reference. */
  REFERENCE("n_ref");

  private final String key;

  Metric(String key) {
    this.key = key;
  }

  /**
   * nnU-Net's name.
   *
   * @return the key in {@code summary.json}
   */
  public String key() {
    return key;
  }

  /**
   * Whether it counts voxels.
   *
   * @return false for the coefficients
   */
  public boolean isCount() {
    return this != DICE && this != IOU;
  }

  /**
   * The value for given counts.
   *
   * @param counts of one case and structure
   * @return the value
   */
  public double of(Confusion counts) {
    return switch (this) {
      case DICE -> counts.dice();
      case FN -> counts.falseNegatives();
      case FP -> counts.falsePositives();
      case IOU -> counts.iou();
      case TN -> counts.trueNegatives();
      case TP -> counts.truePositives();
      case PREDICTED -> counts.predicted();
      case REFERENCE -> counts.reference();
    };
  }
}
