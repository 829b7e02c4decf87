package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import java.util.Locale;

/** The built-in choices of intensity normalizations. */
public final class NormalizationRules {
  private NormalizationRules() {}

  /**
   * nnU-Net's default: by the channel's name, whatever its case: CT, noNorm, zscore,
   * rescale_to_0_1, rgb_to_0_1; z-score for any other.
   *
   * @return the rule
   */
  public static NormalizationRule byChannelName() {
    return new ByChannelName();
  }

  /**
   * One normalization for every channel, whatever its name.
   *
   * @param strategy one of nnU-Net's or of your own
   * @return the rule
   */
  public static NormalizationRule always(IntensityNormalization strategy) {
    return new Always(strategy);
  }

  /**
   * Every channel as CT: clipped and scaled by the statistics of the training cases' foreground.
   *
   * @return the rule
   */
  public static NormalizationRule ct() {
    return always(IntensityNormalizations.ct());
  }

  /**
   * Every channel by the mean and standard deviation of each case.
   *
   * @return the rule
   */
  public static NormalizationRule zScore() {
    return always(IntensityNormalizations.zScore());
  }

  private record ByChannelName() implements NormalizationRule {
    @Override
    public IntensityNormalization choose(Channel channel) {
      return switch (channel.name().toLowerCase(Locale.ROOT)) {
        case "ct" -> IntensityNormalizations.ct();
        case "nonorm" -> IntensityNormalizations.none();
        case "rescale_to_0_1" -> IntensityNormalizations.rescaleTo01();
        case "rgb_to_0_1" -> IntensityNormalizations.rgbTo01();
        default -> IntensityNormalizations.zScore();
      };
    }
  }

  private record Always(IntensityNormalization strategy) implements NormalizationRule {
    @Override
    public IntensityNormalization choose(Channel channel) {
      return strategy;
    }
  }
}
