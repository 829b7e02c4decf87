package io.github.nnunet4j.network;

import io.github.nnunet4j.laws.NonlinearityLaws;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The laws on everything built in. */
@Tag("engine")
class BuiltInNonlinearityLawsTest {
  @Nested
  class LeakyRelu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.leakyRelu();
    }
  }

  @Nested
  class Relu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.relu();
    }
  }

  @Nested
  class Gelu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.gelu();
    }
  }

  @Nested
  class GeluTanh extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.geluTanh();
    }
  }

  @Nested
  class Mish extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.mish();
    }
  }

  @Nested
  class Elu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.elu();
    }
  }

  @Nested
  class Selu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.selu();
    }
  }

  @Nested
  class Silu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.silu();
    }
  }

  @Nested
  class Identity extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.identity();
    }
  }

  @Nested
  class SteepLeakyRelu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.leakyRelu(0.2);
    }
  }

  @Nested
  class PRelu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.prelu();
    }
  }

  @Nested
  class Celu extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return new Nonlinearities.Celu(2);
    }
  }

  @Nested
  class Softplus extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.Curve.SOFTPLUS;
    }
  }

  @Nested
  class Hardswish extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.Curve.HARDSWISH;
    }
  }

  @Nested
  class Relu6 extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.Curve.RELU6;
    }
  }

  @Nested
  class Sigmoid extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.Curve.SIGMOID;
    }
  }

  @Nested
  class Tanh extends NonlinearityLaws {
    @Override
    protected Nonlinearity nonlinearity() {
      return Nonlinearities.Curve.TANH;
    }
  }
}
