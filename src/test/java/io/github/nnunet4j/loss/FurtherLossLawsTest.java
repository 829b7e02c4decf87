package io.github.nnunet4j.loss;

import io.github.nnunet4j.laws.LossLaws;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The losses of nnU-Net v1, those beyond nnU-Net, and what is made of losses. */
@Tag("engine")
class FurtherLossLawsTest {

  @Nested
  class V1Dice extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice().withSmooth(1).asInV1();
    }
  }

  @Nested
  class DiceWithClassWeights extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice(false, true, 1).withClassWeights(List.of(0.5, 1.0, 3.0));
    }
  }

  @Nested
  class BoundedDice extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice().withLeastOverlap(2);
    }
  }

  @Nested
  class Squared extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.squaredDice(false, false, 1e-5);
    }
  }

  @Nested
  class SquaredOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.squaredDice(true, true, 0);
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class Generalized extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.generalizedDice(true, false, 1e-5);
    }
  }

  @Nested
  class GeneralizedWithSquares extends LossLaws {
    @Override
    protected LossFunction loss() {
      return new GeneralizedDice(ClassMean.of(false, true), 1e-5, true, true);
    }
  }

  @Nested
  class GeneralizedOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.generalizedDice(false, true, 0);
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class Correlation extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.matthewsCorrelation(true, true, 0);
    }
  }

  @Nested
  class CorrelationOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.matthewsCorrelation(false, false, 1e-5);
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class TverskyForSmallLesions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.tversky(0.3, 0.7);
    }
  }

  @Nested
  class FocalTverskyOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.tversky(0.3, 0.7).focal(4.0 / 3);
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class FocalTverskyWithClassWeights extends LossLaws {
    @Override
    protected LossFunction loss() {
      return new Tversky(new ClassMean(true, true, List.of(1.0, 2.0, 3.0)), 0.5, 0.5, 1).focal(0.5);
    }
  }

  @Nested
  class PlainFocal extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.focal(2);
    }
  }

  @Nested
  class FocalOfV1 extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.focal(1.5).withAlpha(0.75, 1).withSmooth(0.1);
    }
  }

  @Nested
  class FocalOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.focal(0.5).withClassWeights(List.of(1.0, 3.0)).summed();
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class WeightedRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.bce().withClassWeights(List.of(1.0, 3.0));
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class LogarithmOfDice extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice().minusLog();
    }
  }

  @Nested
  class Boundary extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.boundary();
    }
  }

  @Nested
  class BoundaryOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.boundary();
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class Hausdorff extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.hausdorff();
    }
  }

  @Nested
  class HausdorffOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.hausdorff().onOneSide();
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class Centerline extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.centerlineDice(2);
    }
  }

  @Nested
  class CenterlineOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.centerlineDice(1);
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class Fading extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.crossEntropy().fadingInto(Losses.dice(), 0.2, 0.6).times(2);
    }
  }

  @Nested
  class Growing extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice().plus(Losses.boundary().times(new Ramp(0.01, 1, 0, 1)));
    }
  }

  @Nested
  class Changing extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.during(p -> p < 0.5 ? Losses.topK(0.5) : Losses.dice());
    }
  }
}
