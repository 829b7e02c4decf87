package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.LossLaws;
import io.github.nnunet4j.loss.LossFunction;

class OwnLossLawsTest extends LossLaws {
  @Override
  protected LossFunction loss() {
    return OwnLoss.mixed();
  }

  @Override
  protected boolean honoursIgnoreLabel() {
    return false;
  }
}
