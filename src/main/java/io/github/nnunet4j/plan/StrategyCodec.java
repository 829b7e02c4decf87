package io.github.nnunet4j.plan;

import java.util.Optional;

/**
 * Writes and reads strategies of one kind in plans files. Asked "is it yours?" in both directions;
 * a word is compared, never resolved to a class.
 *
 * @param <S> the kind of strategy
 */
public interface StrategyCodec<S> {
  /**
   * What to write for a strategy.
   *
   * @param strategy a strategy that the library's own codecs do not know
   * @return its fields, or empty if it is not this codec's
   */
  Optional<Fields> encode(S strategy);

  /**
   * The strategy that fields stand for.
   *
   * @param fields a word that the library's own codecs do not know, with its values
   * @return the strategy, or empty if the word is not this codec's
   */
  Optional<S> decode(Fields fields);

  /**
   * A codec for one strategy held in a constant, such as a lambda. The word is a check that the
   * right instance was handed over; put a version into it when the behaviour changes.
   *
   * @param word what the file will say
   * @param strategy the very instance to encode and decode
   * @param <S> the kind of strategy
   * @return the codec
   */
  static <S> StrategyCodec<S> constant(String word, S strategy) {
    return new ConstantCodec<>(word, strategy);
  }
}
