package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.NetworkTopologyLaws;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.plan.StrategyCodec;
import java.util.Optional;

class OwnTopologyLawsTest extends NetworkTopologyLaws {
  @Override
  protected NetworkTopology topology() {
    return new OwnTopology(4, 2);
  }

  @Override
  protected Optional<StrategyCodec<NetworkTopology>> codec() {
    return Optional.of(OwnTopology.CODEC);
  }
}
