package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.NetworkTopology;
import java.util.ArrayList;
import java.util.List;

/** The kinds of networks; how their layers are called is bound when a plan is read or written. */
final class TopologyWords {
  private TopologyWords() {}

  static Words<NetworkTopology> topologies() {
    List<String> words = new ArrayList<>(UNetWords.ALL);
    words.addAll(PrimusWords.ALL);
    return new Words<>("network", words, new PrimusWords());
  }
}
