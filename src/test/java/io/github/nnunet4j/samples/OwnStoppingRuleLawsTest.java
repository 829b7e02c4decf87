package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.StoppingRuleLaws;
import io.github.nnunet4j.train.StoppingRule;

class OwnStoppingRuleLawsTest extends StoppingRuleLaws {
  @Override
  protected StoppingRule rule() {
    return new OwnStoppingRule(5);
  }
}
