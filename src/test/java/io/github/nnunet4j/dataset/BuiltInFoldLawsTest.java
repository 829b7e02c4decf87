package io.github.nnunet4j.dataset;

import io.github.nnunet4j.laws.FoldStrategyLaws;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInFoldLawsTest {
  @Nested
  class Default extends FoldStrategyLaws {
    @Override
    protected FoldStrategy folds() {
      return Folds.crossValidation();
    }
  }

  @Nested
  class ThreeFolds extends FoldStrategyLaws {
    @Override
    protected FoldStrategy folds() {
      return Folds.crossValidation(3, 7);
    }
  }

  @Nested
  class Fixed extends FoldStrategyLaws {
    @Override
    protected FoldStrategy folds() {
      return Folds.fixed(List.of(new Split(List.of("case_01", "case_02"), List.of("case_00"))));
    }
  }
}
