package io.github.nnunet4j.train;

import java.util.function.ToDoubleFunction;

/** What rules watch in the results of the epochs. */
public enum Measure implements ToDoubleFunction<EpochResult> {
  /** The mean loss of the training iterations. */
  TRAINING_LOSS {
    @Override
    public double applyAsDouble(EpochResult result) {
      return result.loss().training();
    }
  },
  /** The mean loss of the validation iterations; NaN if there are none. */
  VALIDATION_LOSS {
    @Override
    public double applyAsDouble(EpochResult result) {
      return result.loss().validation();
    }
  },
  /** The mean Dice of the validation iterations; NaN if there is none. */
  ONLINE_DICE {
    @Override
    public double applyAsDouble(EpochResult result) {
      return result.dice().mean();
    }
  },
  /** The mean Dice of whole validation volumes; NaN in epochs without them. */
  VOLUME_DICE {
    @Override
    public double applyAsDouble(EpochResult result) {
      return PseudoDice.mean(result.dice().volumes());
    }
  }
}
