package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.FoldStrategy;
import io.github.nnunet4j.dataset.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every way of cutting a data set into folds promises. Extend it for one of your own:
 *
 * <pre>{@code
 * class MyFoldsTest extends FoldStrategyLaws {
 *   protected FoldStrategy folds() {
 *     return new MyFolds();
 *   }
 * }
 * }</pre>
 */
public abstract class FoldStrategyLaws {
  /** A new strategy under test; each call makes an equal one. */
  protected abstract FoldStrategy folds();

  /** Case ids that it can cut, ascending; override it where ids mean something. */
  protected List<String> ids() {
    return IntStream.range(0, 23).mapToObj(i -> "case_%02d".formatted(i)).toList();
  }

  @Test
  void splitsHoldKnownCasesOnOneSideEach() {
    List<Split> splits = folds().split(ids());
    assertThat(splits).isNotEmpty();
    for (Split split : splits) {
      assertThat(ids()).containsAll(split.training()).containsAll(split.validation());
      List<String> both = new ArrayList<>(split.training());
      both.addAll(split.validation());
      assertThat(both).doesNotHaveDuplicates();
    }
  }

  @Test
  void everyFoldHasCasesToTrain() {
    assertThat(folds().split(ids())).allSatisfy(s -> assertThat(s.training()).isNotEmpty());
  }

  @Test
  void givesTheSameAgainAndLeavesTheIdsAlone() {
    List<String> ids = new ArrayList<>(ids());
    FoldStrategy asked = folds();
    List<Split> first = asked.split(ids);
    assertThat(ids).isEqualTo(ids());
    assertThat(asked.split(ids)).as("asked again").isEqualTo(first);
    assertThat(folds().split(ids)).as("a new one").isEqualTo(first);
  }
}
