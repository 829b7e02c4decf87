package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import java.util.Locale;
import java.util.Map;

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

  /**
   * nnU-Net v1's: channels named {@code CT} or {@code ct} one way, {@code noNorm} not at all, all
   * others another way.
   *
   * @param ct for computed tomography
   * @param other for all others
   * @return the rule
   */
  public static NormalizationRule v1(IntensityNormalization ct, IntensityNormalization other) {
    return new ByWord(Map.of("CT", ct, "ct", ct, "noNorm", IntensityNormalizations.none()), other);
  }

  /**
   * Channels of exactly one name one way, all others another way, as nnU-Net v1's {@code
   * ExperimentPlannerCT2} knows {@code CT} alone.
   *
   * @param name of the channel
   * @param named for channels of that name
   * @param other for all others
   * @return the rule
   */
  public static NormalizationRule named(
      String name, IntensityNormalization named, IntensityNormalization other) {
    return new ByWord(Map.of(name, named), other);
  }

  private record ByWord(Map<String, IntensityNormalization> words, IntensityNormalization other)
      implements NormalizationRule {
    @Override
    public IntensityNormalization choose(Channel channel) {
      return words.getOrDefault(channel.name(), other);
    }
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
