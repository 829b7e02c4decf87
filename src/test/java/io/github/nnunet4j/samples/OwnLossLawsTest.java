package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.LossLaws;
import io.github.nnunet4j.loss.LossFunction;
import org.junit.jupiter.api.Nested;

class OwnLossLawsTest extends LossLaws {
  @Override
  protected LossFunction loss() {
    return new OwnLoss(1.5);
  }

  /** The same for regions that overlap. */
  @Nested
  class OfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return new OwnLoss(1.2);
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  /** In the midst of fading from one loss into another. */
  @Nested
  class Mixed extends LossLaws {
    @Override
    protected LossFunction loss() {
      return OwnLoss.mixed();
    }

    @Override
    protected double progress() {
      return 0.6;
    }
  }
}
