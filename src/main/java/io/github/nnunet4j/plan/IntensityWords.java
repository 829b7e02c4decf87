package io.github.nnunet4j.plan;

import io.github.nnunet4j.preprocess.ClipNormalization;
import io.github.nnunet4j.preprocess.Ct2Normalization;
import io.github.nnunet4j.preprocess.DivideNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.NonCtNormalization;
import io.github.nnunet4j.preprocess.PercentileClipNormalization;
import io.github.nnunet4j.preprocess.ZeroOutsideNormalization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Words for intensity normalizations: nnU-Net v2's own where it has them; the others are words that
 * nnU-Net refuses, as it could not do what they say.
 */
final class IntensityWords implements StrategyCodec<IntensityNormalization> {
  private static final String NON_CT = "NonCTNormalization";
  private static final String CT2 = "CT2Normalization";
  private static final String ZERO_OUTSIDE = "ZeroOutsideNormalization";
  private static final String DIVIDE = "DivideNormalization";
  private static final String CLIP = "ClipNormalization";
  private static final String PERCENTILES = "PercentileClipNormalization";
  private static final String CHAIN = "NormalizationChain";

  static final List<String> KNOWN =
      List.of(
          "ZScoreNormalization",
          "CTNormalization",
          "NoNormalization",
          "RescaleTo01Normalization",
          "RGBTo01Normalization",
          NON_CT,
          CT2,
          ZERO_OUTSIDE,
          DIVIDE,
          CLIP,
          PERCENTILES,
          CHAIN);

  @Override
  public Optional<Fields> encode(IntensityNormalization strategy) {
    Optional<Fields> plain = encodeV2(strategy);
    if (plain.isPresent()) {
      return plain;
    }
    if (strategy instanceof NonCtNormalization) {
      return Optional.of(Fields.of(NON_CT));
    }
    if (strategy instanceof Ct2Normalization) {
      return Optional.of(Fields.of(CT2));
    }
    if (strategy instanceof DivideNormalization divide) {
      return Optional.of(Fields.of(DIVIDE).with("by", divide.divisor()));
    }
    if (strategy instanceof ClipNormalization clip) {
      return Optional.of(Fields.of(CLIP).with("low", clip.low()).with("high", clip.high()));
    }
    if (strategy instanceof PercentileClipNormalization clip) {
      return Optional.of(
          Fields.of(PERCENTILES).with("lower", clip.lower()).with("upper", clip.upper()));
    }
    if (strategy instanceof ZeroOutsideNormalization zero) {
      return parts(List.of(zero.inside())).map(p -> Fields.of(ZERO_OUTSIDE).with("inside", p));
    }
    List<IntensityNormalization> inOrder = IntensityNormalizations.parts(strategy);
    return inOrder.size() > 1
        ? parts(inOrder).map(p -> Fields.of(CHAIN).with("in_order", p))
        : Optional.empty();
  }

  private static Optional<Fields> encodeV2(IntensityNormalization strategy) {
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

  /** Normalizations inside of another, each as word and values; empty if one has no word here. */
  private Optional<List<Map<String, Object>>> parts(List<IntensityNormalization> inside) {
    List<Map<String, Object>> parts = new ArrayList<>();
    for (IntensityNormalization one : inside) {
      Optional<Fields> fields = encode(one);
      if (fields.isEmpty()) {
        return Optional.empty();
      }
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("word", fields.get().word());
      part.put("values", fields.get().values());
      parts.add(part);
    }
    return Optional.of(parts);
  }

  @Override
  public Optional<IntensityNormalization> decode(Fields fields) {
    return switch (fields.word()) {
      case "ZScoreNormalization" -> Optional.of(IntensityNormalizations.zScore());
      case "CTNormalization" -> Optional.of(IntensityNormalizations.ct());
      case "NoNormalization" -> Optional.of(IntensityNormalizations.none());
      case "RescaleTo01Normalization" -> Optional.of(IntensityNormalizations.rescaleTo01());
      case "RGBTo01Normalization" -> Optional.of(IntensityNormalizations.rgbTo01());
      case NON_CT -> Optional.of(IntensityNormalizations.nonCt());
      case CT2 -> Optional.of(IntensityNormalizations.ct2());
      case DIVIDE -> Optional.of(IntensityNormalizations.divideBy((float) fields.number("by")));
      case CLIP ->
          Optional.of(
              IntensityNormalizations.clip(
                  (float) fields.number("low"), (float) fields.number("high")));
      case PERCENTILES ->
          Optional.of(
              IntensityNormalizations.clipPercentiles(
                  fields.number("lower"), fields.number("upper")));
      case ZERO_OUTSIDE ->
          Optional.of(IntensityNormalizations.zeroOutside(inside(fields, "inside").get(0)));
      case CHAIN -> inside(fields, "in_order").stream().reduce(IntensityNormalization::then);
      default -> Optional.empty();
    };
  }

  private List<IntensityNormalization> inside(Fields fields, String key) {
    List<IntensityNormalization> result = new ArrayList<>();
    for (Object part : fields.list(key)) {
      if (!(part instanceof Map<?, ?> map && map.get("word") instanceof String word)) {
        throw new IllegalArgumentException(
            "\"" + key + "\" lists normalizations by word and values, found " + part);
      }
      Fields one = Fields.of(word);
      if (map.get("values") instanceof Map<?, ?> values) {
        for (Map.Entry<?, ?> entry : values.entrySet()) {
          @Nullable Object value = entry.getValue();
          one = one.with(String.valueOf(entry.getKey()), value);
        }
      }
      result.add(
          decode(one)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "\"" + word + "\" within " + fields.word() + " is none of " + KNOWN)));
    }
    if (result.isEmpty()) {
      throw new IllegalArgumentException("\"" + key + "\" must list a normalization");
    }
    return result;
  }
}
