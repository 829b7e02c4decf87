package io.github.nnunet4j.samples;

import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.evaluate.Confusion;
import io.github.nnunet4j.evaluate.Scores;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A measure of one's own: volumetric similarity (Taha and Hanbury 2015, "Metrics for evaluating 3D
 * medical image segmentation"), 1 - |FN - FP| / (2 TP + FP + FN). Measures need no interface: what
 * the library counts is a value, and what it cannot count is computed from two label maps.
 */
public final class OwnMetric {
  private OwnMetric() {}

  /** How alike the volumes are, 0 to 1; NaN if the structure is in neither map. */
  public static double similarity(Confusion counts) {
    long difference = Math.abs(counts.falseNegatives() - counts.falsePositives());
    return 1 - difference / (double) (counts.predicted() + counts.reference());
  }

  /** For each structure of a case that was compared. */
  public static Map<Region, Double> of(Scores scores) {
    Map<Region, Double> all = new LinkedHashMap<>();
    scores.counts().forEach((region, counts) -> all.put(region, similarity(counts)));
    return all;
  }
}
