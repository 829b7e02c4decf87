package io.github.nnunet4j.samples;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.convolutional.Conv3d;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.plan.Fields;
import io.github.nnunet4j.plan.StrategyCodec;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A network that never pools: each layer looks twice as far as the one before it.
 *
 * @param rank number of axes, 2 or 3
 * @param features channels of each layer
 * @param layers number of convolutions before the last one
 */
public record DilatedNetwork(int rank, int features, int layers) implements NetworkTopology {
  /** Writes it into a plans file and reads it again. */
  public static final StrategyCodec<NetworkTopology> CODEC = new Codec();

  @Override
  public Block build(int inputs, int outputs, boolean deepSupervision) {
    SequentialBlock network = new SequentialBlock();
    for (int i = 0; i < layers; i++) {
      network.add(convolution(features, 3, 1 << i)).add(Activation.reluBlock());
    }
    return network.add(convolution(outputs, 1, 1));
  }

  private Block convolution(int filters, int kernel, int dilation) {
    Shape kernels = edges(kernel);
    Shape padding = edges(kernel / 2 * dilation);
    return rank == 2
        ? Conv2d.builder()
            .setKernelShape(kernels)
            .optPadding(padding)
            .optDilation(edges(dilation))
            .setFilters(filters)
            .build()
        : Conv3d.builder()
            .setKernelShape(kernels)
            .optPadding(padding)
            .optDilation(edges(dilation))
            .setFilters(filters)
            .build();
  }

  private Shape edges(int size) {
    return new Shape(Collections.nCopies(rank, (long) size));
  }

  @Override
  public List<List<Integer>> scales() {
    return List.of(Collections.nCopies(rank, 1));
  }

  @Override
  public long featureMapValues(Extent patch, int inputs, int outputs) {
    return patch.voxels() * ((long) layers * features + outputs);
  }

  private record Codec() implements StrategyCodec<NetworkTopology> {
    @Override
    public Optional<Fields> encode(NetworkTopology strategy) {
      return strategy instanceof DilatedNetwork net
          ? Optional.of(
              Fields.of("DilatedNetwork")
                  .with("rank", net.rank)
                  .with("features", net.features)
                  .with("layers", net.layers))
          : Optional.empty();
    }

    @Override
    public Optional<NetworkTopology> decode(Fields fields) {
      return fields.word().equals("DilatedNetwork")
          ? Optional.of(
              new DilatedNetwork(
                  (int) fields.number("rank"),
                  (int) fields.number("features"),
                  (int) fields.number("layers")))
          : Optional.empty();
    }
  }
}
