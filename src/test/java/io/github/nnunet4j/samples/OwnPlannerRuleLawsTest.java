package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.PlannerLaws;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.Planner;

class OwnPlannerRuleLawsTest extends PlannerLaws {
  @Override
  protected Planner planner() {
    return OwnPlannerRule.planner();
  }

  @Override
  protected PlanCodec codec() {
    return OwnPlannerRule.codec();
  }
}
