package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.internal.JsonView;
import io.github.nnunet4j.internal.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The codecs of one kind of strategy: the library's own first, then the caller's in order. What
 * nobody claims is refused in both directions.
 */
record Words<S>(String kind, List<String> known, List<StrategyCodec<S>> codecs) {
  Words {
    codecs = List.copyOf(codecs);
  }

  Words(String kind, List<String> known, StrategyCodec<S> builtIn) {
    this(kind, known, List.of(builtIn));
  }

  Words(String kind, List<String> known) {
    this(kind, known, List.<StrategyCodec<S>>of());
  }

  Words<S> with(StrategyCodec<S> codec) {
    List<StrategyCodec<S>> more = new ArrayList<>(codecs);
    more.add(codec);
    return new Words<>(kind, known, more);
  }

  /** The same with a codec asked before all others. */
  Words<S> before(StrategyCodec<S> codec) {
    List<StrategyCodec<S>> more = new ArrayList<>(List.of(codec));
    more.addAll(codecs);
    return new Words<>(kind, known, more);
  }

  /** All codecs as one, which leaves it to the caller to refuse what nobody claims. */
  StrategyCodec<S> joint() {
    return new StrategyCodec<>() {
      @Override
      public Optional<Fields> encode(S strategy) {
        return codecs.stream().flatMap(codec -> codec.encode(strategy).stream()).findFirst();
      }

      @Override
      public Optional<S> decode(Fields fields) {
        return codecs.stream().flatMap(codec -> codec.decode(fields).stream()).findFirst();
      }
    };
  }

  Fields encode(S strategy, String where) {
    for (StrategyCodec<S> codec : codecs) {
      Optional<Fields> fields = codec.encode(strategy);
      if (fields.isPresent()) {
        return fields.get();
      }
    }
    throw new PlanException(
        new Problem(
            where,
            "a " + kind + " that can be written",
            strategy.toString(),
            "Give PlanCodec a StrategyCodec for it, such as StrategyCodec.constant(word, strategy)."));
  }

  S decode(Fields fields, JsonView at) {
    for (StrategyCodec<S> codec : codecs) {
      try {
        Optional<S> strategy = codec.decode(fields);
        if (strategy.isPresent()) {
          return strategy.get();
        }
      } catch (IllegalArgumentException e) {
        throw new PlanException(
            new Problem(
                at.where(),
                "values that fit the " + kind + " \"" + fields.word() + "\"",
                String.valueOf(e.getMessage()),
                "Correct the values beside the word."),
            e);
      }
    }
    throw new PlanException(
        new Problem(
            at.where(),
            "a " + kind + ", one of " + known + " or a word of a codec handed over",
            "\"" + fields.word() + "\"",
            "Correct the word"
                + Nearest.of(fields.word(), known).map(word -> ", perhaps to " + word).orElse("")
                + ", or give PlanCodec the StrategyCodec that wrote it."));
  }
}
