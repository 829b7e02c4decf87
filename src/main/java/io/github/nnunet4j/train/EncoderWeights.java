package io.github.nnunet4j.train;

import io.github.nnunet4j.network.Weights;
import java.util.List;
import java.util.Objects;

/**
 * The encoder of a network, with a first convolution that may see more channels.
 *
 * @param adapting whether kernels may shrink and parts be missing
 */
record EncoderWeights(Weights given, boolean adapting) implements InitialWeights {
  /** Encoder and stem of the U-Nets; those of Primus. */
  private static final List<String> PARTS = List.of("encoder.", "down_projection.", "eva.");

  EncoderWeights {
    Objects.requireNonNull(given, "given");
  }

  private static boolean isOfEncoder(String name) {
    return PARTS.stream().anyMatch(name::startsWith);
  }

  @Override
  public Weights replace(Weights drawn) {
    WeightTransfer transfer = new WeightTransfer(given, drawn);
    drawn.names().stream()
        .filter(EncoderWeights::isOfEncoder)
        .forEach(name -> replace(name, drawn, transfer));
    if (!adapting) {
      given.names().stream()
          .filter(name -> isOfEncoder(name) && !drawn.names().contains(name))
          .forEach(transfer::refuse);
    }
    return transfer.weights();
  }

  private void replace(String name, Weights drawn, WeightTransfer transfer) {
    if (transfer.fits(name)) {
      transfer.take(name);
    } else if (given.names().contains(name)
        && KernelFit.isPossible(given.shape(name), drawn.shape(name), adapting)) {
      transfer.put(
          name, new KernelFit(given.shape(name), drawn.shape(name)).of(given.values(name)));
    } else if (!adapting) {
      transfer.miss(name);
    }
  }

  @Override
  public String toString() {
    return (adapting ? "adapted encoder" : "encoder") + " of weights " + given.digest();
  }
}
