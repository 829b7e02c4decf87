package io.github.nnunet4j.train;

import io.github.nnunet4j.network.Weights;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** All tensors of a network but those whose names contain a text. */
record WholeNetwork(Weights given, Set<String> drawn) implements InitialWeights {
  /** Segmentation heads: of v2's networks, of v1's U-Net and of v1's residual one. */
  static final Set<String> HEADS =
      Set.of(
          ".seg_layers.",
          "seg_outputs.",
          "decoder.deep_supervision_outputs.",
          "decoder.segmentation_output.");

  WholeNetwork {
    Objects.requireNonNull(given, "given");
    drawn = Set.copyOf(drawn);
  }

  /** Whether a name contains one of the texts. */
  static boolean isAny(String name, Set<String> texts) {
    return texts.stream().anyMatch(name::contains);
  }

  @Override
  public Weights replace(Weights fresh) {
    WeightTransfer transfer = new WeightTransfer(given, fresh);
    List<String> wanted = fresh.names().stream().filter(name -> !isAny(name, drawn)).toList();
    for (String name : wanted) {
      if (transfer.fits(name)) {
        transfer.take(name);
      } else {
        transfer.miss(name);
      }
    }
    if (transfer.hasProblems()) { // what is too much may be what is missing, by another name
      given.names().stream()
          .filter(name -> !fresh.names().contains(name) && !isAny(name, drawn))
          .forEach(transfer::refuse);
    }
    return transfer.weights();
  }

  @Override
  public String toString() {
    String parts = drawn.equals(HEADS) ? "the heads" : new TreeSet<>(drawn).toString();
    return "weights " + given.digest() + (drawn.isEmpty() ? "" : " without " + parts);
  }
}
