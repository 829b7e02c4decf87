package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.ValueRange;
import java.util.List;

/**
 * The intensity normalizations of nnU-Net v2 and v1, and clipping. Sums are taken in double
 * precision; results are rounded to float once, or as NumPy does in single precision where every
 * step is exact there.
 */
public final class IntensityNormalizations {
  private static final double SMALLEST = 1e-8;

  private IntensityNormalizations() {}

  /**
   * Mean 0 and standard deviation 1 of the case itself ({@code ZScoreNormalization}).
   *
   * @return the strategy
   */
  public static ZScore zScore() {
    return new ZScore();
  }

  /**
   * Clipping and scaling by the statistics of the training cases ({@code CTNormalization}).
   *
   * @return the strategy
   */
  public static Ct ct() {
    return new Ct();
  }

  /**
   * No change ({@code NoNormalization}).
   *
   * @return the strategy
   */
  public static None none() {
    return new None();
  }

  /**
   * Smallest value to 0, largest to 1 ({@code RescaleTo01Normalization}).
   *
   * @return the strategy
   */
  public static RescaleTo01 rescaleTo01() {
    return new RescaleTo01();
  }

  /**
   * Eight bit intensities divided by 255 ({@code RGBTo01Normalization}).
   *
   * @return the strategy
   */
  public static RgbTo01 rgbTo01() {
    return new RgbTo01();
  }

  /**
   * Mean 0 and standard deviation 1 of the case itself as nnU-Net v1 has it ({@code nonCT}): 0
   * outside of the mask.
   *
   * @return the strategy
   */
  public static NonCtNormalization nonCt() {
    return new NonCtNormalization();
  }

  /**
   * Clipping and scaling by the statistics of the training cases as nnU-Net v1 has it ({@code CT}):
   * 0 outside of the mask. A standard deviation of 0 counts as 1e-8, where v1 gives NaN.
   *
   * @return the strategy
   */
  public static ZeroOutsideNormalization ctV1() {
    return zeroOutside(ct());
  }

  /**
   * Clipping by the statistics of the training cases, scaling by those of the case itself (nnU-Net
   * v1 {@code CT2}).
   *
   * @return the strategy
   */
  public static Ct2Normalization ct2() {
    return new Ct2Normalization();
  }

  /**
   * Another normalization, with 0 outside of the mask.
   *
   * @param inside what happens inside
   * @return the strategy
   */
  public static ZeroOutsideNormalization zeroOutside(IntensityNormalization inside) {
    return new ZeroOutsideNormalization(inside);
  }

  /**
   * Intensities divided by a number, such as 255 for eight bits (nnU-Net v1 {@code
   * GenericPreprocessor_scale_uint8_to_0_1}).
   *
   * @param divisor not 0
   * @return the strategy
   */
  public static DivideNormalization divideBy(float divisor) {
    return new DivideNormalization(divisor);
  }

  /**
   * The two normalizations that {@link IntensityNormalization#then} has put together.
   *
   * @param strategy any normalization
   * @return first and second; the strategy alone if it is not put together
   */
  public static List<IntensityNormalization> parts(IntensityNormalization strategy) {
    return strategy instanceof NormalizationChain chain
        ? List.of(chain.first(), chain.second())
        : List.of(strategy);
  }

  /**
   * Clipping to a fixed window; combine it by {@link IntensityNormalization#then}.
   *
   * @param low smaller values become this one
   * @param high larger values become this one
   * @return the strategy
   */
  public static ClipNormalization clip(float low, float high) {
    return new ClipNormalization(low, high);
  }

  /**
   * Clipping to percentiles of the case itself; combine it by {@link IntensityNormalization#then}.
   *
   * @param lower from 0 to upper
   * @param upper from lower to 100
   * @return the strategy
   */
  public static PercentileClipNormalization clipPercentiles(double lower, double upper) {
    return new PercentileClipNormalization(lower, upper);
  }

  /**
   * {@code (x - mean) / max(sd, 1e-8)} with mean and population standard deviation of the channel.
   * With a mask, of the voxels inside; voxels outside then stay what they are, and an empty mask
   * changes nothing.
   */
  public record ZScore() implements IntensityNormalization {
    @Override
    public Volume apply(Volume channel, Context context) {
      float[] in = channel.unsafeArray(0);
      boolean[] inside = context.mask().map(Mask::unsafeArray).orElse(null);
      MeanDeviation moments = inside == null ? MeanDeviation.of(in) : MeanDeviation.of(in, inside);
      double mean = moments.mean();
      double scale = Math.max(moments.standardDeviation(), SMALLEST);
      float[] out = new float[in.length];
      if (inside == null) {
        for (int i = 0; i < out.length; i++) {
          out[i] = (float) ((in[i] - mean) / scale);
        }
      } else {
        for (int i = 0; i < out.length; i++) {
          out[i] = inside[i] ? (float) ((in[i] - mean) / scale) : in[i];
        }
      }
      return Volume.wrap(channel.grid(), out);
    }
  }

  /**
   * Clipping to the percentiles 0.5 and 99.5 of the training foreground, then {@code (x - mean) /
   * max(sd, 1e-8)} with its mean and standard deviation. The mask is not used.
   */
  public record Ct() implements IntensityNormalization {
    @Override
    public Volume apply(Volume channel, Context context) {
      IntensityStatistics statistics = context.statistics();
      float low = (float) statistics.percentile00_5();
      float high = (float) statistics.percentile99_5();
      float mean = (float) statistics.mean();
      float scale = (float) Math.max(statistics.standardDeviation(), SMALLEST);
      float[] in = channel.unsafeArray(0);
      float[] out = new float[in.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (Math.min(Math.max(in[i], low), high) - mean) / scale;
      }
      return Volume.wrap(channel.grid(), out);
    }
  }

  /** The channel itself. */
  public record None() implements IntensityNormalization {
    @Override
    public Volume apply(Volume channel, Context context) {
      return channel;
    }
  }

  /** {@code (x - min) / max(max - min, 1e-8)} of the channel. The mask is not used. */
  public record RescaleTo01() implements IntensityNormalization {
    @Override
    public Volume apply(Volume channel, Context context) {
      float[] in = channel.unsafeArray(0);
      ValueRange range = ValueRange.of(in, 0, in.length);
      float low = range.low();
      float scale = Math.max(range.high() - low, (float) SMALLEST);
      float[] out = new float[in.length];
      for (int i = 0; i < out.length; i++) {
        out[i] = (in[i] - low) / scale;
      }
      return Volume.wrap(channel.grid(), out);
    }
  }

  /** {@code x / 255}; refuses a channel with values outside of 0 to 255. */
  public record RgbTo01() implements IntensityNormalization {
    @Override
    public Volume apply(Volume channel, Context context) {
      float[] in = channel.unsafeArray(0);
      ValueRange range = ValueRange.of(in, 0, in.length);
      if (!(range.low() >= 0 && range.high() <= 255)) {
        throw new PreprocessException(
            new Problem(
                "RGB normalization",
                "intensities within 0 and 255",
                range.low() + " to " + range.high(),
                "Give eight bit images, or choose another normalization by the channel's name."));
      }
      return channel.map(value -> value / 255f);
    }
  }
}
