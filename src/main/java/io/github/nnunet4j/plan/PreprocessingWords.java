package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.IndicatorLabelResampling;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.LabelRule;
import io.github.nnunet4j.preprocess.NoResampling;
import io.github.nnunet4j.preprocess.PreprocessingStep;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import io.github.nnunet4j.preprocess.SincResampling;
import io.github.nnunet4j.preprocess.SplineLabelResampling;
import io.github.nnunet4j.preprocess.SplineResampling;
import io.github.nnunet4j.preprocess.TorchMode;
import io.github.nnunet4j.preprocess.TorchResampling;
import io.github.nnunet4j.preprocess.TorchSimpleResampling;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** nnU-Net's words for normalizations, resamplings and steps, and ours where it has none. */
final class PreprocessingWords {
  private static final String SPLINE = "resample_data_or_seg_to_shape";
  private static final String TORCH = "resample_torch_fornnunet";
  private static final String TORCH_SIMPLE = "resample_torch_simple";
  private static final String NONE = "no_resampling_hack";
  private static final String SINC = "resample_windowed_sinc";
  private static final String INDICATORS = "resample_indicators";

  private static final String FORCE = "force_separate_z";
  private static final String EFFICIENT = "memefficient_seg_resampling";
  private static final String THRESHOLD = "separate_z_anisotropy_threshold";
  private static final String MODE = "mode";
  private static final String THICK_MODE = "aniso_axis_mode";

  /** Absent where the rule is the reference's own. nnU-Net refuses the key, having no such rule. */
  private static final String LABEL_RULE = "label_rule";

  private PreprocessingWords() {}

  static Words<IntensityNormalization> normalizations() {
    return new Words<>("normalization", IntensityWords.KNOWN, new IntensityWords());
  }

  static Words<Resampling> resamplings() {
    List<String> known = List.of(SPLINE, TORCH, TORCH_SIMPLE, NONE, SINC);
    return new Words<>("resampling", known, new ImageResamplings());
  }

  static Words<LabelResampling> labelResamplings() {
    List<String> known = List.of(SPLINE, TORCH, TORCH_SIMPLE, NONE, INDICATORS);
    return new Words<>("label resampling", known, new SegmentationResamplings());
  }

  static Words<PreprocessingStep> steps() {
    return new Words<>("preprocessing step", StepWords.KNOWN, new StepWords());
  }

  private static Fields spline(boolean labels, int order, int orderZ, SeparateZ separateZ) {
    return Fields.of(SPLINE)
        .with("is_seg", labels)
        .with("order", order)
        .with("order_z", orderZ)
        .with(FORCE, separateZ.toForce());
  }

  private static Fields torch(boolean labels, TorchResampling strategy) {
    Fields fields =
        Fields.of(TORCH)
            .with("is_seg", labels)
            .with(FORCE, strategy.separateZ().toForce())
            .with(EFFICIENT, strategy.majority());
    if (strategy.separateZ() == SeparateZ.AUTO) {
      fields = fields.with(THRESHOLD, (int) SeparateZ.ANISOTROPY_THRESHOLD);
    }
    if (strategy.mode() != TorchMode.LINEAR) {
      fields = fields.with(MODE, strategy.mode().word());
    }
    return strategy.thickMode() == TorchMode.NEAREST_EXACT
        ? fields
        : fields.with(THICK_MODE, strategy.thickMode().word());
  }

  private static TorchResampling torch(Fields fields, boolean labels) {
    requireKeys(fields, Set.of("is_seg", FORCE, EFFICIENT, THRESHOLD, MODE, THICK_MODE), labels);
    if (fields.values().containsKey(THRESHOLD)
        && fields.number(THRESHOLD) != SeparateZ.ANISOTROPY_THRESHOLD) {
      throw new IllegalArgumentException("\"" + THRESHOLD + "\" must be 3");
    }
    return new TorchResampling(
        separateZ(fields),
        mode(fields, MODE, TorchMode.LINEAR),
        mode(fields, THICK_MODE, TorchMode.NEAREST_EXACT),
        efficient(fields));
  }

  private static Fields simple(boolean labels, TorchSimpleResampling strategy) {
    return Fields.of(TORCH_SIMPLE)
        .with("is_seg", labels)
        .with(EFFICIENT, strategy.majority())
        .with(MODE, strategy.mode().word());
  }

  private static TorchSimpleResampling simple(Fields fields, boolean labels) {
    requireKeys(fields, Set.of("is_seg", EFFICIENT, MODE), labels);
    return new TorchSimpleResampling(mode(fields, MODE, TorchMode.LINEAR), efficient(fields));
  }

  private static boolean efficient(Fields fields) {
    return fields.values().containsKey(EFFICIENT) && fields.bool(EFFICIENT);
  }

  private static TorchMode mode(Fields fields, String key, TorchMode standard) {
    return fields.values().containsKey(key) ? TorchMode.ofWord(fields.text(key)) : standard;
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

  private static final Set<String> SPLINE_KEYS = Set.of("is_seg", "order", "order_z", FORCE);
  private static final Set<String> LABEL_KEYS =
      Set.of("is_seg", "order", "order_z", FORCE, LABEL_RULE);

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
    Object force = fields.values().get(FORCE);
    return force == null ? SeparateZ.AUTO : SeparateZ.ofForce(fields.bool(FORCE));
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
      if (strategy instanceof TorchSimpleResampling t) {
        return Optional.of(simple(false, t));
      }
      if (strategy instanceof SincResampling s) {
        return Optional.of(
            Fields.of(SINC)
                .with("lobes", s.lobes())
                .with("order_z", s.orderZ())
                .with(FORCE, s.separateZ().toForce()));
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
        case TORCH_SIMPLE -> Optional.of(simple(fields, false));
        case SINC -> {
          requireKeys(fields, Set.of("lobes", "order_z", FORCE), false);
          yield Optional.of(
              new SincResampling(
                  order(fields, "lobes", 3), order(fields, "order_z", 1), separateZ(fields)));
        }
        case NONE -> {
          requireKeys(fields, Set.of(), false);
          yield Optional.of(Resamplings.none());
        }
        default -> Optional.empty();
      };
    }
  }

  private static final class SegmentationResamplings implements StrategyCodec<LabelResampling> {
    private static final LabelRule STANDARD = LabelResamplings.labels().rule();
    private static final ImageResamplings IMAGES = new ImageResamplings();
    private static final String INNER = "resampling";
    private static final String INNER_VALUES = "resampling_kwargs";

    @Override
    public Optional<Fields> encode(LabelResampling strategy) {
      if (strategy instanceof SplineLabelResampling s) {
        Fields fields = spline(true, s.order(), s.orderZ(), s.separateZ());
        return Optional.of(s.rule() == STANDARD ? fields : fields.with(LABEL_RULE, word(s.rule())));
      }
      if (strategy instanceof TorchResampling t) {
        return Optional.of(torch(true, t));
      }
      if (strategy instanceof TorchSimpleResampling t) {
        return Optional.of(simple(true, t));
      }
      if (strategy instanceof IndicatorLabelResampling i) {
        return IMAGES
            .encode(i.resampling())
            .map(
                inner ->
                    Fields.of(INDICATORS)
                        .with(INNER, inner.word())
                        .with(INNER_VALUES, inner.values())
                        .with(LABEL_RULE, word(i.rule())));
      }
      return strategy instanceof NoResampling ? Optional.of(Fields.of(NONE)) : Optional.empty();
    }

    private static String word(LabelRule rule) {
      return rule == LabelRule.THRESHOLD ? "threshold" : "argmax";
    }

    private static LabelRule rule(Fields fields) {
      if (!fields.values().containsKey(LABEL_RULE)) {
        return STANDARD;
      }
      for (LabelRule rule : LabelRule.values()) {
        if (word(rule).equals(fields.text(LABEL_RULE))) {
          return rule;
        }
      }
      throw new IllegalArgumentException(
          "\"" + LABEL_RULE + "\" must be argmax or threshold, was " + fields.text(LABEL_RULE));
    }

    @Override
    public Optional<LabelResampling> decode(Fields fields) {
      return switch (fields.word()) {
        case SPLINE -> {
          requireKeys(fields, LABEL_KEYS, true);
          yield Optional.of(
              new SplineLabelResampling(
                  order(fields, "order", 3),
                  order(fields, "order_z", 0),
                  separateZ(fields),
                  rule(fields)));
        }
        case TORCH -> Optional.of(torch(fields, true));
        case TORCH_SIMPLE -> Optional.of(simple(fields, true));
        case INDICATORS -> Optional.of(indicators(fields));
        case NONE -> {
          requireKeys(fields, Set.of(), true);
          yield Optional.of(LabelResamplings.none());
        }
        default -> Optional.empty();
      };
    }

    private static LabelResampling indicators(Fields fields) {
      requireKeys(fields, Set.of(INNER, INNER_VALUES, LABEL_RULE), true);
      if (!(fields.values().get(INNER_VALUES) instanceof Map<?, ?> values)) {
        throw new IllegalArgumentException("\"" + INNER_VALUES + "\" must be a map");
      }
      Fields inner = Fields.of(fields.text(INNER));
      for (Map.Entry<?, ?> entry : values.entrySet()) {
        inner = inner.with(String.valueOf(entry.getKey()), entry.getValue());
      }
      Resampling resampling =
          IMAGES
              .decode(inner)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "\"" + fields.text(INNER) + "\" is no resampling of images"));
      return new IndicatorLabelResampling(resampling, rule(fields));
    }
  }
}
