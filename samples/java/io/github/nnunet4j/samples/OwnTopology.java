package io.github.nnunet4j.samples;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv3d;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import java.util.List;

/**
 * A network of one's own: a stack of three-dimensional convolutions that keeps the resolution, with
 * one output and no deep supervision.
 */
public record OwnTopology(int features, int layers) implements NetworkTopology {
  @Override
  public Block build(int inputs, int outputs, boolean deepSupervision) {
    SequentialBlock network = new SequentialBlock();
    for (int i = 0; i < layers; i++) {
      network.add(
          Conv3d.builder()
              .setKernelShape(new Shape(3, 3, 3))
              .optPadding(new Shape(1, 1, 1))
              .setFilters(features)
              .build());
      network.add(Activation.reluBlock());
    }
    return network.add(
        Conv3d.builder().setKernelShape(new Shape(1, 1, 1)).setFilters(outputs).build());
  }

  @Override
  public List<List<Integer>> scales() {
    return List.of(List.of(1, 1, 1));
  }

  @Override
  public long featureMapValues(Extent patch, int inputs, int outputs) {
    return patch.voxels() * ((long) features * layers + outputs);
  }
}
