package io.github.nnunet4j.train;

import io.github.nnunet4j.laws.OptimizerScheduleLaws;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInScheduleLawsTest {
  @Nested
  class Polynomial extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.polynomial(0.01, 0.9);
    }
  }

  @Nested
  class Constant extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.constant(1e-3);
    }
  }

  @Nested
  class Cosine extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.cosine(0.01);
    }
  }

  @Nested
  class WarmedUp extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.polynomial(0.01, 0.9).afterWarmUp(50);
    }
  }

  @Nested
  class WithMomentum extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.cosine(0.01).withMomentum(p -> 0.99 - 0.09 * p.fraction());
    }

    @Override
    protected boolean printed() {
      return false;
    }
  }
}
