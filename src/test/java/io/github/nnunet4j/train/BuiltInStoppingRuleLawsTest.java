package io.github.nnunet4j.train;

import io.github.nnunet4j.laws.StoppingRuleLaws;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInStoppingRuleLawsTest {
  @Nested
  class PatienceOfV1 extends StoppingRuleLaws {
    @Override
    protected StoppingRule rule() {
      return StoppingRules.patienceOfV1();
    }
  }

  @Nested
  class Target extends StoppingRuleLaws {
    @Override
    protected StoppingRule rule() {
      return StoppingRules.reaches(Measure.VOLUME_DICE, 0.7);
    }
  }

  @Nested
  class Together extends StoppingRuleLaws {
    @Override
    protected StoppingRule rule() {
      return StoppingRules.patience(10, 1e-3, 1e-3)
          .or(StoppingRules.never())
          .and(StoppingRules.reaches(Measure.ONLINE_DICE, 0.5));
    }
  }
}
