package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.LabelRule;
import io.github.nnunet4j.preprocess.NoResampling;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import io.github.nnunet4j.preprocess.SplineLabelResampling;
import io.github.nnunet4j.preprocess.SplineResampling;
import io.github.nnunet4j.preprocess.TorchResampling;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** nnU-Net's words for normalizations and resamplings. */
final class PreprocessingWords {
  private static final String SPLINE = "resample_data_or_seg_to_shape";
  private static final String TORCH = "resample_torch_fornnunet";
  private static final String NONE = "no_resampling_hack";
  private static final List<String> RESAMPLINGS = List.of(SPLINE, TORCH, NONE);

  private PreprocessingWords() {}

  static Words<IntensityNormalization> normalizations() {
    List<String> known =
        List.of(
            "ZScoreNormalization",
            "CTNormalization",
            "NoNormalization",
            "RescaleTo01Normalization",
            "RGBTo01Normalization");
    return new Words<>("normalization", known, new Normalizations());
  }

  static Words<Resampling> resamplings() {
    return new Words<>("resampling", RESAMPLINGS, new ImageResamplings());
  }

  static Words<LabelResampling> labelResamplings() {
    return new Words<>("label resampling", RESAMPLINGS, new SegmentationResamplings());
  }

  private static final class Normalizations implements StrategyCodec<IntensityNormalization> {
    @Override
    public Optional<Fields> encode(IntensityNormalization strategy) {
      String word =
          strategy instanceof IntensityNormalizations.ZScore
              ? "ZScoreNormalization"
              : strategy instanceof IntensityNormalizations.Ct
                  ? "CTNormalization"
                  : strategy instanceof IntensityNormalizations.None
                      ? "NoNormalization"
                      : strategy instanceof IntensityNormalizations.RescaleTo01
                          ? "RescaleTo01Normalization"
                          : strategy instanceof IntensityNormalizations.RgbTo01
                              ? "RGBTo01Normalization"
                              : "";
      return word.isEmpty() ? Optional.empty() : Optional.of(Fields.of(word));
    }

    @Override
    public Optional<IntensityNormalization> decode(Fields fields) {
      return switch (fields.word()) {
        case "ZScoreNormalization" -> Optional.of(IntensityNormalizations.zScore());
        case "CTNormalization" -> Optional.of(IntensityNormalizations.ct());
        case "NoNormalization" -> Optional.of(IntensityNormalizations.none());
        case "RescaleTo01Normalization" -> Optional.of(IntensityNormalizations.rescaleTo01());
        case "RGBTo01Normalization" -> Optional.of(IntensityNormalizations.rgbTo01());
        default -> Optional.empty();
      };
    }
  }

  private static Fields spline(boolean labels, int order, int orderZ, SeparateZ separateZ) {
    return Fields.of(SPLINE)
        .with("is_seg", labels)
        .with("order", order)
        .with("order_z", orderZ)
        .with("force_separate_z", separateZ.toForce());
  }

  private static Fields torch(boolean labels, TorchResampling strategy) {
    Fields fields =
        Fields.of(TORCH)
            .with("is_seg", labels)
            .with("force_separate_z", strategy.separateZ().toForce())
            .with("memefficient_seg_resampling", false);
    return strategy.separateZ() == SeparateZ.AUTO
        ? fields.with("separate_z_anisotropy_threshold", (int) SeparateZ.ANISOTROPY_THRESHOLD)
        : fields;
  }

  private static TorchResampling torch(Fields fields, boolean labels) {
    requireKeys(
        fields,
        Set.of(
            "is_seg",
            "force_separate_z",
            "memefficient_seg_resampling",
            "separate_z_anisotropy_threshold"),
        labels);
    String threshold = "separate_z_anisotropy_threshold";
    if (fields.values().containsKey(threshold)
        && fields.number(threshold) != SeparateZ.ANISOTROPY_THRESHOLD) {
      throw new IllegalArgumentException("\"" + threshold + "\" must be 3");
    }
    String efficient = "memefficient_seg_resampling";
    if (labels && fields.values().containsKey(efficient) && fields.bool(efficient)) {
      throw new IllegalArgumentException("\"" + efficient + "\" must be false");
    }
    return Resamplings.torch(separateZ(fields));
  }

  private static void requireKeys(Fields fields, Set<String> allowed, boolean labels) {
    for (String key : fields.values().keySet()) {
      if (!allowed.contains(key)) {
        throw new IllegalArgumentException("\"" + key + "\" is none of " + allowed);
      }
    }
    if (fields.values().containsKey("is_seg") && fields.bool("is_seg") != labels) {
      throw new IllegalArgumentException("\"is_seg\" must be " + labels + " here");
    }
  }

  private static final Set<String> SPLINE_KEYS =
      Set.of("is_seg", "order", "order_z", "force_separate_z");

  private static int order(Fields fields, String key, int standard) {
    if (!fields.values().containsKey(key)) {
      return standard;
    }
    double order = fields.number(key);
    if (order != Math.rint(order)) {
      throw new IllegalArgumentException("\"" + key + "\" must be a whole number, was " + order);
    }
    return (int) order;
  }

  private static SeparateZ separateZ(Fields fields) {
    Object force = fields.values().get("force_separate_z");
    return force == null ? SeparateZ.AUTO : SeparateZ.ofForce(fields.bool("force_separate_z"));
  }

  private static final class ImageResamplings implements StrategyCodec<Resampling> {
    @Override
    public Optional<Fields> encode(Resampling strategy) {
      if (strategy instanceof SplineResampling s) {
        return Optional.of(spline(false, s.order(), s.orderZ(), s.separateZ()));
      }
      if (strategy instanceof TorchResampling t) {
        return Optional.of(torch(false, t));
      }
      return strategy instanceof NoResampling ? Optional.of(Fields.of(NONE)) : Optional.empty();
    }

    @Override
    public Optional<Resampling> decode(Fields fields) {
      return switch (fields.word()) {
        case SPLINE -> {
          requireKeys(fields, SPLINE_KEYS, false);
          yield Optional.of(
              Resamplings.spline(
                  order(fields, "order", 3), order(fields, "order_z", 0), separateZ(fields)));
        }
        case TORCH -> Optional.of(torch(fields, false));
        case NONE -> {
          requireKeys(fields, Set.of(), false);
          yield Optional.of(Resamplings.none());
        }
        default -> Optional.empty();
      };
    }
  }

  private static final class SegmentationResamplings implements StrategyCodec<LabelResampling> {
    @Override
    public Optional<Fields> encode(LabelResampling strategy) {
      if (strategy instanceof SplineLabelResampling s
          && s.rule() == LabelResamplings.labels().rule()) {
        return Optional.of(spline(true, s.order(), s.orderZ(), s.separateZ()));
      }
      if (strategy instanceof TorchResampling t) {
        return Optional.of(torch(true, t));
      }
      return strategy instanceof NoResampling ? Optional.of(Fields.of(NONE)) : Optional.empty();
    }

    @Override
    public Optional<LabelResampling> decode(Fields fields) {
      return switch (fields.word()) {
        case SPLINE -> {
          requireKeys(fields, SPLINE_KEYS, true);
          LabelRule rule = LabelResamplings.labels().rule();
          yield Optional.of(
              new SplineLabelResampling(
                  order(fields, "order", 3), order(fields, "order_z", 0), separateZ(fields), rule));
        }
        case TORCH -> Optional.of(torch(fields, true));
        case NONE -> {
          requireKeys(fields, Set.of(), true);
          yield Optional.of(LabelResamplings.none());
        }
        default -> Optional.empty();
      };
    }
  }
}
