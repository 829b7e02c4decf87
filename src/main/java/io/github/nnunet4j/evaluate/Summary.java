package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.internal.Checks;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scores of many cases and their means, as nnU-Net v2 keeps them in {@code summary.json}. The
 * mean of a structure leaves out cases where the value is NaN because the structure is in neither
 * map; the foreground mean is the plain mean over structures, so it is NaN if one of them is
 * nowhere.
 */
public final class Summary {
  private final List<CaseScores> cases;
  private final Map<Region, Averages> mean;
  private final Averages foregroundMean;

  /**
   * The scores of one case.
   *
   * @param reference file of the reference, or its case id
   * @param prediction file of the prediction, or its case id
   * @param scores per label or region
   */
  public record CaseScores(String reference, String prediction, Scores scores) {}

  Summary(List<CaseScores> cases, Map<Region, Averages> mean, Averages foregroundMean) {
    this.cases = List.copyOf(cases);
    this.mean = Collections.unmodifiableMap(new LinkedHashMap<>(mean));
    this.foregroundMean = foregroundMean;
  }

  /**
   * Summarises cases, of one or of several folds.
   *
   * @param cases at least one, all of the same labels or regions
   * @return the summary
   * @throws IllegalArgumentException if there is no case, or they have different structures
   */
  public static Summary of(List<CaseScores> cases) {
    Checks.argument(!cases.isEmpty(), "a summary needs at least one case");
    Map<Region, Averages> mean = new LinkedHashMap<>();
    var regions = cases.get(0).scores().counts().keySet();
    for (CaseScores one : cases) {
      Checks.argument(
          one.scores().counts().keySet().equals(regions),
          "%s has scores for %s, others for %s",
          one.prediction(),
          one.scores().counts().keySet(),
          regions);
    }
    for (Region region : regions) {
      mean.put(region, Averages.overCases(cases.stream().map(c -> c.scores().of(region)).toList()));
    }
    List<Averages> foreground =
        mean.entrySet().stream()
            .filter(e -> !e.getKey().equals(Region.label(0)))
            .map(Map.Entry::getValue)
            .toList();
    return new Summary(cases, mean, Averages.overRegions(foreground));
  }

  /**
   * The scores case by case.
   *
   * @return in the order given
   */
  public List<CaseScores> cases() {
    return cases;
  }

  /**
   * The means over cases.
   *
   * @return per label or region
   */
  public Map<Region, Averages> mean() {
    return mean;
  }

  /**
   * The mean over all structures but label 0.
   *
   * @return the means of the means
   */
  public Averages foregroundMean() {
    return foregroundMean;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Summary that
        && cases.equals(that.cases)
        && mean.equals(that.mean)
        && foregroundMean.equals(that.foregroundMean);
  }

  @Override
  public int hashCode() {
    return 31 * cases.hashCode() + mean.hashCode();
  }

  /**
   * A table of the means.
   *
   * @return one line per structure
   */
  @Override
  public String toString() {
    return table(ScoreTable.of(mean.keySet()));
  }

  /**
   * A table of the means with the names of the structures.
   *
   * @param labels that were compared
   * @return one line per structure
   */
  public String table(Labels labels) {
    return table(ScoreTable.of(mean.keySet(), labels));
  }

  private String table(ScoreTable table) {
    mean.forEach((region, values) -> table.add(region, values.dice(), values.iou()));
    table.addForeground(foregroundMean.dice(), foregroundMean.iou());
    return table.toString() + cases.size() + " cases";
  }
}
