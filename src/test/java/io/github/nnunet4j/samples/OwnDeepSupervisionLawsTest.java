package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.LossLaws;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Losses;

class OwnDeepSupervisionLawsTest extends LossLaws {
  @Override
  protected LossFunction loss() {
    return new OwnDeepSupervision.Smoothed(Losses.dice().plus(Losses.crossEntropy()));
  }
}
