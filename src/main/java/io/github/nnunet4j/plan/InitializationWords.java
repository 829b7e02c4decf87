package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.Initialization;
import io.github.nnunet4j.network.Initializations;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Words for the first weights of a U-Net, which nnU-Net's plans say nothing of. */
final class InitializationWords implements StrategyCodec<Initialization> {
  private static final Map<String, Set<String>> VALUES =
      Map.of(
          "he", Set.of("slope"),
          "xavier_uniform", Set.of("gain"),
          "xavier_normal", Set.of("gain"));

  private InitializationWords() {}

  static Words<Initialization> initializations() {
    return new Words<>(
        "initialization",
        List.of("he", "xavier_uniform", "xavier_normal"),
        new InitializationWords());
  }

  @Override
  public Optional<Fields> encode(Initialization strategy) {
    if (strategy instanceof Initializations.He he) {
      return Optional.of(Fields.of("he").with("slope", he.slope()));
    }
    if (strategy instanceof Initializations.Xavier xavier) {
      String word = xavier.uniform() ? "xavier_uniform" : "xavier_normal";
      return Optional.of(Fields.of(word).with("gain", xavier.gain()));
    }
    return Optional.empty();
  }

  @Override
  public Optional<Initialization> decode(Fields fields) {
    Set<String> keys = VALUES.get(fields.word());
    if (keys == null) {
      return Optional.empty();
    }
    for (String key : fields.values().keySet()) {
      if (!keys.contains(key)) {
        throw new IllegalArgumentException("\"" + key + "\" is none of " + keys);
      }
    }
    return Optional.of(
        switch (fields.word()) {
          case "he" -> new Initializations.He(fields.number("slope"));
          case "xavier_uniform" -> new Initializations.Xavier(fields.number("gain"), true);
          default -> new Initializations.Xavier(fields.number("gain"), false);
        });
  }
}
