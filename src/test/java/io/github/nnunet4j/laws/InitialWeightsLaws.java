package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.InitialWeights;
import org.junit.jupiter.api.Test;

/**
 * What all initial weights promise. Extend it for some of your own:
 *
 * <pre>{@code
 * class MyWeightsTest extends InitialWeightsLaws {
 *   protected InitialWeights strategy() {
 *     return new MyWeights(file);
 *   }
 *   protected Weights drawn() {
 *     return aNetworkThatTheyAreFor;
 *   }
 * }
 * }</pre>
 */
public abstract class InitialWeightsLaws {
  /** New initial weights under test; each call makes equal ones. */
  protected abstract InitialWeights strategy();

  /** The drawn numbers of a network that they are for. */
  protected abstract Weights drawn();

  /** Whether they print what they do; false for a lambda. */
  protected boolean printed() {
    return true;
  }

  @Test
  void keepsNamesOrderAndShapes() {
    Weights drawn = drawn();
    Weights start = strategy().replace(drawn);
    assertThat(start.names()).containsExactlyElementsOf(drawn.names());
    for (String name : drawn.names()) {
      assertThat(start.shape(name)).as(name).isEqualTo(drawn.shape(name));
    }
  }

  @Test
  void givesFiniteNumbers() {
    Weights start = strategy().replace(drawn());
    for (String name : start.names()) {
      for (float value : start.values(name)) {
        assertThat(value).as(name).isFinite();
      }
    }
  }

  @Test
  void dependsOnItsArgumentAloneAndLeavesItAlone() {
    Weights drawn = drawn();
    String before = drawn.digest();
    InitialWeights strategy = strategy();
    Weights start = strategy.replace(drawn);
    assertThat(drawn.digest()).isEqualTo(before);
    assertThat(strategy.replace(drawn)).isEqualTo(start);
    assertThat(strategy().replace(drawn())).isEqualTo(start);
  }

  @Test
  void followsAnotherInAnyGrouping() {
    Weights drawn = drawn();
    InitialWeights keep = given -> given;
    Weights start = strategy().replace(drawn);
    assertThat(keep.then(strategy()).then(keep).replace(drawn)).isEqualTo(start);
    assertThat(keep.then(strategy().then(keep)).replace(drawn)).isEqualTo(start);
  }

  @Test
  void printsWhatItDoes() {
    if (printed()) {
      assertThat(strategy().toString()).isNotBlank().doesNotContain("$$Lambda", "@");
      assertThat(strategy()).hasToString(strategy().toString());
    }
  }
}
