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

  @Nested
  class Steps extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.steps(0.01, 0.1, 5, 500, 850);
    }
  }

  @Nested
  class Cycle extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.cycle(7, 1e-6, 1e-3);
    }
  }

  @Nested
  class Exponential extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.exponential(1e-6, 10);
    }
  }

  @Nested
  class LaggingWarmUp extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.laggingWarmUpOfV1(0.01, 50, 0.9);
    }
  }

  @Nested
  class Plateau extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.reduceOnPlateau(0.01).patience(3).cooldown(1).build();
    }
  }

  @Nested
  class Phases extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.cosine(0.01)
          .forEpochs(5)
          .then(OptimizerSchedules.constant(1e-3).forEpochs(3))
          .then(OptimizerSchedules.cycle(4, 0, 1e-2));
    }
  }

  @Nested
  class FallingMomentum extends OptimizerScheduleLaws {
    @Override
    protected OptimizerSchedule schedule() {
      return OptimizerSchedules.afterFailedStart(
          OptimizerSchedules.polynomial(0.01, 0.9)
              .withMomentum(Momentums.falling(0.99, 0.9, 10, 30)),
          0,
          0.5);
    }
  }
}
