package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.NetworkTopology;

/** The kinds of networks; how their layers are called is bound when a plan is read or written. */
final class TopologyWords {
  private TopologyWords() {}

  static Words<NetworkTopology> topologies() {
    return new Words<>("network", UNetWords.ALL);
  }
}
