package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.util.Arrays;

/**
 * Labels by any resampling of images: the indicator of each label is resampled, one after another,
 * and the rule decides. Costs one resampling per label.
 *
 * @param resampling of the indicators, which are 0 and 1
 * @param rule how the resampled indicators decide
 */
public record IndicatorLabelResampling(Resampling resampling, LabelRule rule)
    implements LabelResampling {
  @Override
  public LabelMap apply(LabelMap source, Grid target) {
    return apply(source, target, 1);
  }

  @Override
  public LabelMap apply(LabelMap source, Grid target, int threads) {
    if (source.grid().extent().equals(target.extent())) {
      return source.withGrid(target);
    }
    Extent in = source.grid().extent();
    short[] near = LabelPath.nearest(source.unsafeArray(), in, target.extent());
    short[] result = new short[near.length];
    float[] best = new float[near.length];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int label : source.distinct()) {
      Volume indicator = Volume.wrap(source.grid(), source.indicator(label));
      Volume score = resampling.apply(indicator, target, threads);
      requireTarget(score, target);
      LabelPath.decide(rule, result, best, near, score.unsafeArray(0), (short) label);
    }
    return LabelMap.wrap(target, result);
  }

  private void requireTarget(Volume score, Grid target) {
    if (score.channels() != 1 || !score.grid().extent().equals(target.extent())) {
      throw new StrategyException(
          new Problem(
              "resampling " + resampling,
              "1 channel of " + target.extent(),
              score.channels() + " of " + score.grid().extent(),
              "A resampling returns the channels it was given on the target grid."));
    }
  }
}
