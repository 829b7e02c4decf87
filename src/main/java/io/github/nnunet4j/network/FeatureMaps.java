package io.github.nnunet4j.network;

import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the values of all feature maps of a U-Net without deep supervision, as
 * dynamic-network-architectures does ({@code compute_conv_feature_map_size}): the planner compares
 * this number with its memory reference. The input itself does not count, pooled maps round down.
 * nnU-Net v1 counts the same and the input ({@code compute_approx_vram_consumption}).
 */
final class FeatureMaps {
  private final UNet net;
  private final List<Extent> sizes = new ArrayList<>();
  private long sum;

  private FeatureMaps(UNet net) {
    this.net = net;
  }

  static long values(UNet net, Extent patch, int inputs, int outputs) {
    if (patch.rank() != net.rank()) {
      throw new IllegalArgumentException(
          "patch " + patch + " does not have the network's " + net.rank() + " axes");
    }
    FeatureMaps maps = new FeatureMaps(net);
    if (net.style().naming() != UNetStyle.Naming.V2) {
      maps.add(inputs, patch, 1);
    }
    maps.encoder(patch);
    maps.decoder(outputs);
    return maps.sum;
  }

  private void encoder(Extent patch) {
    boolean residual = net.encoder() == UNet.Encoder.RESIDUAL;
    int channels = UNetParts.stemWidth(net);
    if (residual) {
      add(channels, patch, 1);
    }
    Extent above = patch;
    for (int s = 0; s < net.stages(); s++) {
      List<Integer> stride = net.strides().get(s);
      Extent before = above;
      Extent size = Extent.of(net.rank(), a -> before.get(a) / stride.get(a));
      sizes.add(size);
      int width = net.features().get(s);
      int blocks = net.encoderBlocks().get(s);
      if (residual) {
        boolean pooled = net.style().downsampling() != UNetStyle.Downsampling.STRIDED;
        boolean strided = !pooled && stride.stream().anyMatch(step -> step != 1);
        residual(s, blocks, size, pooled ? size : above);
        add(width, size, strided || channels != width ? 1 : 0);
      } else {
        add(width, size, blocks);
      }
      channels = width;
      above = size;
    }
  }

  /** The convolutions of the blocks of a stage without those around them. */
  private void residual(int s, int blocks, Extent size, Extent first) {
    List<Integer> bottleneck = net.style().residual().bottleneck();
    int width = net.features().get(s);
    if (bottleneck.isEmpty()) {
      add(width, size, 2L * blocks);
      return;
    }
    // the stride is that of the middle convolution
    add(bottleneck.get(s), first, 1);
    add(bottleneck.get(s), size, 2L * blocks - 1);
    add(width, size, blocks);
  }

  private void decoder(int outputs) {
    int last = net.stages() - 1;
    add(outputs, sizes.get(0), last == 0 ? 0 : 1);
    boolean residual = net.style().decoder().residual();
    for (int s = 0; s < last; s++) {
      long blocks = net.decoderBlocks().get(last - 1 - s);
      // one map of the upsampling, those of the convolutions, one around the first block
      add(net.features().get(s), sizes.get(s), 1 + (residual ? 2 * blocks + 1 : blocks));
    }
  }

  private void add(int channels, Extent size, long count) {
    long map = Math.multiplyExact(channels, size.voxels());
    sum = Math.addExact(sum, Math.multiplyExact(map, count));
  }
}
