package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.OptimizerLaws;
import io.github.nnunet4j.train.Optimizer;

class OwnOptimizerLawsTest extends OptimizerLaws {
  @Override
  protected Optimizer optimizer() {
    return new OwnOptimizer(0.9, 0.99, 1e-3);
  }
}
