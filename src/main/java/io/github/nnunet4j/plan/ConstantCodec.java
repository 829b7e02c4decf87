package io.github.nnunet4j.plan;

import java.util.Objects;
import java.util.Optional;

/** One word for one strategy without values. */
record ConstantCodec<S>(String word, S strategy) implements StrategyCodec<S> {
  ConstantCodec {
    Objects.requireNonNull(word, "word");
    Objects.requireNonNull(strategy, "strategy");
  }

  @Override
  public Optional<Fields> encode(S other) {
    return strategy.equals(other) ? Optional.of(Fields.of(word)) : Optional.empty();
  }

  @Override
  public Optional<S> decode(Fields fields) {
    return fields.equals(Fields.of(word)) ? Optional.of(strategy) : Optional.empty();
  }
}
