package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.laws.OptimizerLaws;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The laws on everything built in. */
@Tag("engine")
class BuiltInOptimizerLawsTest {
  @Nested
  class Default extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.sgd(0.99, true, 3e-5);
    }
  }

  @Nested
  class PlainDescent extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.sgd(0, false, 0);
    }
  }

  @Nested
  class DampenedDescent extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.sgd(0.9, false, 1e-4, 0.1);
    }
  }

  @Nested
  class AdamWithDecay extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.adam(1e-4);
    }
  }

  @Nested
  class DecoupledAdam extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.adamW(3e-5);
    }
  }

  @Nested
  class LargestMoment extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.adamW(new Optimizers.AdamSettings(0.9, 0.99, 1e-8, 0, true));
    }
  }

  @Nested
  class SignLambda extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return (weight, gradient, state, rates) -> {
        try (NDArray step = gradient.sign().muli(rates.learningRate())) {
          weight.subi(step);
        }
      };
    }

    @Override
    protected boolean printed() {
      return false;
    }
  }

  @Nested
  class RectifiedAdam extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.rAdam(1e-4);
    }
  }

  @Nested
  class Ranger extends OptimizerLaws {
    @Override
    protected double learningRate() {
      return 0.05;
    }

    @Override
    protected Optimizer optimizer() {
      return Optimizers.ranger(3e-5);
    }
  }

  @Nested
  class DescentThatLooksAhead extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.lookahead(Optimizers.sgd(0.9, true, 0), 3, 0.8);
    }
  }

  @Nested
  class AdanWithoutDecay extends OptimizerLaws {
    @Override
    protected Optimizer optimizer() {
      return Optimizers.adan(0);
    }

    @Override
    protected int silentSteps() {
      return 1;
    }
  }
}
