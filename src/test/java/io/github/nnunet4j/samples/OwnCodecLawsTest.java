package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.StrategyCodecLaws;
import io.github.nnunet4j.network.Initialization;
import io.github.nnunet4j.network.Initializations;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Nonlinearities;
import io.github.nnunet4j.network.Nonlinearity;
import io.github.nnunet4j.network.Normalization;
import io.github.nnunet4j.network.Normalizations;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResampling;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Resamplings;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** How own strategies are written into plans. */
class OwnCodecLawsTest {
  /** The kind, its codec, strategies that it knows, one that it does not. */
  abstract static class Laws<S> extends StrategyCodecLaws<S> {
    private final StrategyCodec<S> codec;
    private final List<S> strategies;
    private final S foreign;

    Laws(StrategyCodec<S> codec, List<S> strategies, S foreign) {
      this.codec = codec;
      this.strategies = strategies;
      this.foreign = foreign;
    }

    @Override
    protected StrategyCodec<S> codec() {
      return codec;
    }

    @Override
    protected List<S> strategies() {
      return strategies;
    }

    @Override
    protected Optional<S> foreign() {
      return Optional.of(foreign);
    }
  }

  @Nested
  class OfTopology extends Laws<NetworkTopology> {
    OfTopology() {
      super(
          OwnTopology.CODEC,
          List.of(new OwnTopology(4, 2), new OwnTopology(4, 3), new OwnTopology(8, 2)),
          (inputs, outputs, deepSupervision) -> Normalizations.none().build(inputs));
    }
  }

  @Nested
  class OfNormalization extends Laws<Normalization> {
    OfNormalization() {
      super(
          OwnNormalization.CODEC,
          List.of(new OwnNormalization(1e-5), new OwnNormalization(1e-3)),
          Normalizations.instance());
    }
  }

  @Nested
  class OfNonlinearity extends Laws<Nonlinearity> {
    OfNonlinearity() {
      super(OwnNonlinearity.CODEC, List.of(new OwnNonlinearity()), Nonlinearities.relu());
    }
  }

  @Nested
  class OfInitialization extends Laws<Initialization> {
    OfInitialization() {
      super(
          OwnInitialization.CODEC,
          List.of(new OwnInitialization(1), new OwnInitialization(Math.sqrt(2))),
          Initializations.he());
    }
  }

  @Nested
  class OfIntensityNormalization extends Laws<IntensityNormalization> {
    OfIntensityNormalization() {
      super(
          OwnIntensityNormalization.WORD,
          List.of(new OwnIntensityNormalization()),
          IntensityNormalizations.zScore());
    }
  }

  @Nested
  class OfResampling extends Laws<Resampling> {
    OfResampling() {
      super(OwnResampling.WORD, List.of(new OwnResampling()), Resamplings.images());
    }
  }

  @Nested
  class OfLabelResampling extends Laws<LabelResampling> {
    OfLabelResampling() {
      super(OwnLabelResampling.CODEC, List.of(new OwnLabelResampling()), LabelResamplings.labels());
    }
  }
}
