package io.github.nnunet4j.samples;

import io.github.nnunet4j.laws.NetworkTopologyLaws;
import io.github.nnunet4j.network.NetworkTopology;

class OwnTopologyLawsTest extends NetworkTopologyLaws {
  @Override
  protected NetworkTopology topology() {
    return new OwnTopology(4, 2);
  }
}
