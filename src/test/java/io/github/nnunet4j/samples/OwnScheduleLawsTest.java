package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.OptimizerScheduleLaws;
import io.github.nnunet4j.train.OptimizerSchedule;

class OwnScheduleLawsTest extends OptimizerScheduleLaws {
  @Override
  protected OptimizerSchedule schedule() {
    return OwnSchedule.triangles(1e-4, 1e-2, 10);
  }

  @Override
  protected boolean printed() {
    return false;
  }
}
