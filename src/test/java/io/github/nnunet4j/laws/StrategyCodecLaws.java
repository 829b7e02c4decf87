package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.plan.Fields;
import io.github.nnunet4j.plan.StrategyCodec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every codec of strategies promises: what it writes it reads again, also after the way
 * through a file, and it claims nothing that is not its own. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyCodecTest extends StrategyCodecLaws<NetworkTopology> {
 *   protected StrategyCodec<NetworkTopology> codec() {
 *     return MyTopology.CODEC;
 *   }
 *   protected List<NetworkTopology> strategies() {
 *     return List.of(new MyTopology(4), new MyTopology(8));
 *   }
 * }
 * }</pre>
 *
 * @param <S> the kind of strategy
 */
public abstract class StrategyCodecLaws<S> {
  /** The codec under test. */
  protected abstract StrategyCodec<S> codec();

  /** Strategies that it knows, all different, at least one. */
  protected abstract List<S> strategies();

  /** A strategy of this kind that it must not claim, if there is one at hand. */
  protected Optional<S> foreign() {
    return Optional.empty();
  }

  private Fields fields(S strategy) {
    Optional<Fields> fields = codec().encode(strategy);
    assertThat(fields).as("what is written for %s", strategy).isPresent();
    return fields.orElseThrow();
  }

  @Test
  void readsWhatItHasWritten() {
    for (S strategy : strategies()) {
      assertThat(codec().decode(fields(strategy)))
          .as("what is read for \"%s\"; a strategy needs equals, which a record has", strategy)
          .contains(strategy);
    }
  }

  @Test
  void readsWhatAFileMakesOfIt() {
    for (S strategy : strategies()) {
      Fields written = fields(strategy);
      Fields stored = Fields.of(written.word());
      for (Map.Entry<String, ?> value : written.values().entrySet()) {
        stored = stored.with(value.getKey(), stored(value.getKey(), value.getValue()));
      }
      assertThat(codec().decode(stored)).as("%s from a file", stored).contains(strategy);
    }
  }

  /** A file knows text, truth values, whole and other numbers, lists and maps. */
  private static Object stored(String key, Object value) {
    if (value instanceof Float || value instanceof Double) {
      return ((Number) value).doubleValue();
    }
    if (value instanceof Number number) {
      long whole = number.longValue();
      return whole == (int) whole ? (Object) (int) whole : (Object) whole;
    }
    if (value instanceof List<?> list) {
      List<Object> out = new ArrayList<>();
      list.forEach(element -> out.add(stored(key, element)));
      return out;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> out = new LinkedHashMap<>();
      map.forEach((name, element) -> out.put(String.valueOf(name), stored(key, element)));
      return out;
    }
    assertThat(value == null || value instanceof String || value instanceof Boolean)
        .as("\"%s\" is text, number, truth value, null, list or map, but was %s", key, value)
        .isTrue();
    return value;
  }

  @Test
  void writesDifferentStrategiesDifferently() {
    List<Fields> all = strategies().stream().map(this::fields).toList();
    assertThat(all).as("what is written for %s", strategies()).doesNotHaveDuplicates();
  }

  @Test
  void writesTheSameAgain() {
    for (S strategy : strategies()) {
      assertThat(codec().encode(strategy)).contains(fields(strategy));
    }
  }

  @Test
  void leavesTheWordsOfOthersAlone() {
    for (S strategy : strategies()) {
      assertThat(codec().decode(Fields.of("not " + fields(strategy).word())))
          .as("what is read for a word of another codec")
          .isEmpty();
    }
    foreign().ifPresent(other -> assertThat(codec().encode(other)).as("%s", other).isEmpty());
  }
}
