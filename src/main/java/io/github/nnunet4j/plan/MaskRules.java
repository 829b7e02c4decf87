package io.github.nnunet4j.plan;

import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;

/** The built-in uses of the nonzero region. */
public final class MaskRules {
  /** Below this median part of cropped voxels the nonzero region counts. */
  private static final double THRESHOLD = 0.75;

  private MaskRules() {}

  /**
   * nnU-Net v2's: z-scores of images of which cropping keeps less than 3/4 ({@code
   * leaves_pixels_outside_mask_at_zero_if_use_mask_for_norm_is_true}).
   *
   * @return the rule
   */
  public static MaskRule standard() {
    return new ZScores();
  }

  /**
   * nnU-Net v1's: every channel whose name does not contain {@code CT}, in capitals, where cropping
   * keeps less than 3/4 ({@code determine_whether_to_use_mask_for_norm}).
   *
   * @return the rule
   */
  public static MaskRule unlessNamedCt() {
    return new UnlessNamedCt();
  }

  /**
   * No channel.
   *
   * @return the rule
   */
  public static MaskRule never() {
    return new Never();
  }

  private static boolean cropped(Fingerprint fingerprint) {
    return fingerprint.medianRelativeSizeAfterCropping() < THRESHOLD;
  }

  private record ZScores() implements MaskRule {
    @Override
    public boolean useMask(Channel channel, IntensityNormalization chosen, Fingerprint data) {
      return cropped(data) && chosen.equals(IntensityNormalizations.zScore());
    }
  }

  private record UnlessNamedCt() implements MaskRule {
    @Override
    public boolean useMask(Channel channel, IntensityNormalization chosen, Fingerprint data) {
      return cropped(data) && !channel.name().contains("CT");
    }
  }

  private record Never() implements MaskRule {
    @Override
    public boolean useMask(Channel channel, IntensityNormalization chosen, Fingerprint data) {
      return false;
    }
  }
}
