package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.OptimizerScheduleLaws;
import io.github.nnunet4j.train.OptimizerSchedule;

class OwnScheduleLawsTest extends OptimizerScheduleLaws {
  @Override
  protected OptimizerSchedule schedule() {
    return new OwnSchedule(0.1, 0.3, 0.85, 0.95);
  }
}
