package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * The mean online Dice of a certain epoch is exactly 0: nothing was learned so far (nnU-Net v1
 * looks at epoch 100). An epoch without a Dice does not count.
 */
record FailedStart(int epoch) {
  FailedStart {
    Checks.notNegative(epoch, "epoch");
  }

  boolean isIn(List<EpochResult> history) {
    return history.size() > epoch && history.get(epoch).dice().mean() == 0;
  }
}
