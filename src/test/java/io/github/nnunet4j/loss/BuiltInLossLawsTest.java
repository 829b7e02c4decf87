package io.github.nnunet4j.loss;

import io.github.nnunet4j.laws.LossLaws;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("engine")
class BuiltInLossLawsTest {
  @Nested
  class DicePerSample extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice();
    }
  }

  @Nested
  class DiceOfTheBatchWithBackground extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice(true, true, 1);
    }
  }

  @Nested
  class DiceOfRegions extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice().withSmooth(0);
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class PlainCrossEntropy extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.crossEntropy();
    }
  }

  @Nested
  class WeightedSmoothedCrossEntropy extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.crossEntropy().withClassWeights(List.of(0.2, 1.0, 3.0)).withLabelSmoothing(0.1);
    }
  }

  @Nested
  class TopQuarter extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.topK(0.25);
    }
  }

  @Nested
  class RegionsCrossEntropy extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.bce();
    }

    @Override
    protected boolean regions() {
      return true;
    }
  }

  @Nested
  class WeightedSum extends LossLaws {
    @Override
    protected LossFunction loss() {
      return Losses.dice().times(0.5).plus(Losses.crossEntropy()).plus(Losses.topK(0.1)).times(2);
    }
  }

  @Nested
  class SumWithALambda extends LossLaws {
    @Override
    protected LossFunction loss() {
      LossFunction smallLogits = (logits, target) -> logits.square().mean();
      return Losses.dice().plus(Losses.bce()).plus(smallLogits.times(0.01));
    }

    @Override
    protected boolean regions() {
      return true;
    }

    @Override
    protected boolean honoursIgnoreLabel() {
      return false;
    }
  }
}
