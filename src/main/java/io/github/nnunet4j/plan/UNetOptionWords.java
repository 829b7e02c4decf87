package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.Decoder;
import io.github.nnunet4j.network.Initialization;
import io.github.nnunet4j.network.ResidualBlocks;
import io.github.nnunet4j.network.SqueezeExcitation;
import io.github.nnunet4j.network.Stem;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.network.UNetStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The choices of a {@link UNetStyle} that nnU-Net's plans need no words for. They are written where
 * they differ from what the network's word stands for, under the names that the reference's
 * constructors use if they have any; a plan that leaves them alone is nnU-Net's own.
 */
final class UNetOptionWords {
  private static final String BLOCKS = "dynamic_network_architectures.building_blocks.residual.";
  private static final String DROPOUT = "torch.nn.modules.dropout.Dropout";
  private static final String INITIALIZATION = "initialization";

  private UNetOptionWords() {}

  /** A choice: its key, where it is in a style, and how it is written and read. */
  private record Option<T>(
      String key,
      Function<UNetStyle, T> get,
      BiFunction<UNetStyle, T, UNetStyle> set,
      Function<T, Object> write,
      Function<Object, T> read) {

    Fields write(Fields fields, UNetStyle style, UNetStyle standard) {
      T value = get.apply(style);
      return value.equals(get.apply(standard)) ? fields : fields.with(key, write.apply(value));
    }

    UNetStyle read(Fields fields, UNetStyle style) {
      @Nullable Object value = fields.values().get(key);
      if (value == null) {
        return style;
      }
      try {
        return set.apply(style, read.apply(value));
      } catch (ClassCastException e) {
        throw new IllegalArgumentException("\"" + key + "\" cannot be " + value, e);
      }
    }
  }

  private static <E extends Enum<E>> Option<E> word(
      String key, E[] values, Function<UNetStyle, E> get, BiFunction<UNetStyle, E, UNetStyle> set) {
    return new Option<>(
        key,
        get,
        set,
        UNetOptionWords::lower,
        text ->
            Arrays.stream(values)
                .filter(value -> lower(value).equals(text))
                .findFirst()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "\""
                                + key
                                + "\" must be one of "
                                + Arrays.stream(values).map(UNetOptionWords::lower).toList()
                                + ", was "
                                + text)));
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static Option<Boolean> truth(
      String key, Function<UNetStyle, Boolean> get, BiFunction<UNetStyle, Boolean, UNetStyle> set) {
    return new Option<Boolean>(key, get, set, value -> value, Boolean.class::cast);
  }

  private static List<Option<?>> options() {
    List<Option<?>> all = new ArrayList<>(stemOptions());
    all.addAll(residualOptions());
    all.addAll(wholeOptions());
    return all;
  }

  private static List<Option<?>> stemOptions() {
    return List.of(
        new Option<Integer>(
            "stem_channels",
            s -> s.stem().channels(),
            (s, v) -> s.withStem(new Stem(v, s.stem().kernel())),
            v -> v,
            Integer.class::cast),
        new Option<List<Integer>>(
            "stem_kernel",
            s -> s.stem().kernel(),
            (s, v) -> s.withStem(new Stem(s.stem().channels(), v)),
            v -> v,
            UNetOptionWords::ints));
  }

  private static List<Option<?>> residualOptions() {
    return List.of(
        new Option<Double>(
            "stochastic_depth_p",
            s -> s.residual().stochasticDepth(),
            (s, v) -> s.withResidual(s.residual().withStochasticDepth(v)),
            v -> v,
            v -> ((Number) v).doubleValue()),
        new Option<Optional<SqueezeExcitation>>(
            "squeeze_excitation",
            s -> s.residual().squeezeExcitation(),
            (s, v) -> s.withResidual(v.map(s.residual()::with).orElse(s.residual())),
            v -> squeezeValues(v.orElseThrow()),
            v -> Optional.of(squeeze((Map<?, ?>) v))),
        word(
            "shortcut",
            ResidualBlocks.Shortcut.values(),
            s -> s.residual().shortcut(),
            (s, v) -> s.withResidual(s.residual().with(v))),
        truth(
            "zero_last_norm",
            s -> s.residual().zeroLastNorm(),
            (s, v) -> s.withResidual(s.residual().withZeroLastNorm(v))));
  }

  private static List<Option<?>> wholeOptions() {
    return List.of(
        word(
            "pool",
            UNetStyle.Downsampling.values(),
            UNetStyle::downsampling,
            UNetStyle::withDownsampling),
        new Option<Decoder>(
            "decoder",
            UNetStyle::decoder,
            UNetStyle::withDecoder,
            UNetOptionWords::decoderValues,
            v -> decoder((Map<?, ?>) v)));
  }

  /** All keys that {@link #read} knows. */
  static Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>(Set.of("block", "bottleneck_channels", INITIALIZATION));
    options().forEach(option -> keys.add(option.key()));
    return keys;
  }

  static Fields write(Fields fields, UNetStyle style, UNetStyle standard) {
    Fields out = fields;
    List<Integer> bottleneck = style.residual().bottleneck();
    if (!bottleneck.isEmpty()) {
      out = out.with("block", BLOCKS + "BottleneckD").with("bottleneck_channels", bottleneck);
    }
    for (Option<?> option : options()) {
      out = option.write(out, style, standard);
    }
    return out;
  }

  static UNetStyle read(Fields fields, UNetStyle standard, int stages) {
    UNetStyle style = standard;
    @Nullable Object block = fields.values().get("block");
    if ((BLOCKS + "BottleneckD").equals(block)) {
      @Nullable Object widths = fields.values().get("bottleneck_channels");
      style =
          style.withResidual(
              style
                  .residual()
                  .withBottleneck(
                      widths instanceof Integer width
                          ? Collections.nCopies(stages, width)
                          : ints(widths == null ? "nothing" : widths)));
    } else if (block == null && fields.values().get("bottleneck_channels") != null) {
      throw new IllegalArgumentException(
          "\"bottleneck_channels\" needs \"block\" " + BLOCKS + "BottleneckD");
    } else if (block != null && !(BLOCKS + "BasicBlockD").equals(block)) {
      throw new IllegalArgumentException(
          "\"block\" must be " + BLOCKS + "BasicBlockD or BottleneckD, was " + block);
    }
    for (Option<?> option : options()) {
      style = option.read(fields, style);
    }
    return style;
  }

  static Fields writeInitialization(Fields fields, Fields initialization) {
    Map<String, Object> values = ordered("kind", initialization.word());
    initialization.values().forEach(values::put);
    return fields.with(INITIALIZATION, values);
  }

  static UNetStyle readInitialization(
      Fields fields, UNetStyle style, StrategyCodec<Initialization> codec) {
    @Nullable Object value = fields.values().get(INITIALIZATION);
    if (value == null) {
      return style;
    }
    if (!(value instanceof Map<?, ?> values) || !(values.get("kind") instanceof String kind)) {
      throw new IllegalArgumentException(
          "\"" + INITIALIZATION + "\" must have a text \"kind\", was " + value);
    }
    Fields words = Fields.of(kind);
    for (Map.Entry<?, ?> entry : values.entrySet()) {
      if (!"kind".equals(entry.getKey())) {
        words = words.with(String.valueOf(entry.getKey()), entry.getValue());
      }
    }
    return codec
        .decode(words)
        .map(style::withInitialization)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "\"kind\" must be he, xavier_uniform, xavier_normal or a word of a codec"
                        + " handed over, was "
                        + kind));
  }

  /** The dropout of the reference, which always has its keys. */
  static Fields writeDropout(Fields fields, UNet net) {
    double p = net.style().dropout();
    return fields
        .with("dropout_op", p == 0 ? null : DROPOUT + net.rank() + "d")
        .with("dropout_op_kwargs", p == 0 ? null : ordered("p", p));
  }

  static double readDropout(Fields fields, int rank) {
    @Nullable Object word = fields.values().get("dropout_op");
    if (word == null) {
      return 0;
    }
    if (!word.equals(DROPOUT + rank + "d")) {
      throw new IllegalArgumentException(
          "\"dropout_op\" must be null or " + DROPOUT + rank + "d, was " + word);
    }
    if (fields.values().get("dropout_op_kwargs") instanceof Map<?, ?> values
        && values.get("p") instanceof Number p) {
      return p.doubleValue();
    }
    throw new IllegalArgumentException("\"dropout_op_kwargs\" must have a number \"p\"");
  }

  private static List<Integer> ints(Object value) {
    if (!(value instanceof List<?> list)) {
      throw new IllegalArgumentException("a list of whole numbers is needed, found " + value);
    }
    List<Integer> out = new ArrayList<>();
    list.forEach(element -> out.add((Integer) element));
    return out;
  }

  private static Object squeezeValues(SqueezeExcitation squeeze) {
    return ordered("ratio", squeeze.ratio(), "all_axes", squeeze.allAxes());
  }

  private static SqueezeExcitation squeeze(Map<?, ?> values) {
    Fields fields = fields("squeeze_excitation", values, Set.of("ratio", "all_axes"));
    return new SqueezeExcitation(fields.number("ratio"), fields.bool("all_axes"));
  }

  private static Object decoderValues(Decoder decoder) {
    return ordered(
        "residual", decoder.residual(),
        "deeper_kernels", decoder.deeperKernels(),
        "upsampling", lower(decoder.upsampling()),
        "dropout", decoder.dropout(),
        "heads", lower(decoder.heads()));
  }

  private static Decoder decoder(Map<?, ?> values) {
    Fields fields =
        fields(
            "decoder",
            values,
            Set.of("residual", "deeper_kernels", "upsampling", "dropout", "heads"));
    Decoder decoder =
        new Decoder(
            fields.bool("residual"),
            fields.bool("deeper_kernels"),
            Decoder.Upsampling.TRANSPOSED,
            fields.bool("dropout"),
            Decoder.Heads.BIASED);
    UNetStyle style = UNetStyle.standard().withDecoder(decoder);
    List<Option<?>> words =
        List.of(
            word(
                "upsampling",
                Decoder.Upsampling.values(),
                s -> s.decoder().upsampling(),
                (s, v) -> s.withDecoder(s.decoder().with(v))),
            word(
                "heads",
                Decoder.Heads.values(),
                s -> s.decoder().heads(),
                (s, v) -> s.withDecoder(s.decoder().with(v))));
    for (Option<?> option : words) {
      fields.text(option.key());
      style = option.read(fields, style);
    }
    return style.decoder();
  }

  private static Fields fields(String word, Map<?, ?> values, Set<String> keys) {
    Fields fields = Fields.of(word);
    for (Map.Entry<?, ?> value : values.entrySet()) {
      String key = String.valueOf(value.getKey());
      if (!keys.contains(key)) {
        throw new IllegalArgumentException("\"" + key + "\" is none of " + keys);
      }
      fields = fields.with(key, value.getValue());
    }
    return fields;
  }

  /** Keys and values in turn, kept in this order. */
  private static Map<String, Object> ordered(Object... entries) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < entries.length; i += 2) {
      map.put((String) entries[i], entries[i + 1]);
    }
    return map;
  }
}
