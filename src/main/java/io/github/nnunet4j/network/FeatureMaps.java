package io.github.nnunet4j.network;

import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the values of all feature maps of a U-Net without deep supervision, as
 * dynamic-network-architectures does ({@code compute_conv_feature_map_size}): the planner compares
 * this number with its memory reference. The input itself does not count, pooled maps round down.
 */
final class FeatureMaps {
  private FeatureMaps() {}

  static long values(UNet net, Extent patch, int outputs) {
    if (patch.rank() != net.rank()) {
      throw new IllegalArgumentException(
          "patch " + patch + " does not have the network's " + net.rank() + " axes");
    }
    List<Extent> sizes = new ArrayList<>();
    Extent size = patch;
    for (List<Integer> stride : net.strides()) {
      Extent above = size;
      size = Extent.of(net.rank(), a -> above.get(a) / stride.get(a));
      sizes.add(size);
    }
    return encoder(net, patch, sizes) + decoder(net, sizes, outputs);
  }

  private static long encoder(UNet net, Extent patch, List<Extent> sizes) {
    boolean residual = net.encoder() == UNet.Encoder.RESIDUAL;
    long sum = residual ? maps(net.features().get(0), patch) : 0;
    int channels = net.features().get(0);
    for (int s = 0; s < net.stages(); s++) {
      long map = maps(net.features().get(s), sizes.get(s));
      int blocks = net.encoderBlocks().get(s);
      if (residual) {
        boolean strided = net.strides().get(s).stream().anyMatch(stride -> stride != 1);
        boolean skip = strided || channels != net.features().get(s);
        sum = Math.addExact(sum, Math.multiplyExact(map, 2L * blocks + (skip ? 1 : 0)));
      } else {
        sum = Math.addExact(sum, Math.multiplyExact(map, blocks));
      }
      channels = net.features().get(s);
    }
    return sum;
  }

  private static long decoder(UNet net, List<Extent> sizes, int outputs) {
    int last = net.stages() - 1;
    long sum = last == 0 ? 0 : maps(outputs, sizes.get(0));
    for (int s = 0; s < last; s++) {
      // one map of the transposed convolution, one per convolution
      long map = maps(net.features().get(s), sizes.get(s));
      sum = Math.addExact(sum, Math.multiplyExact(map, 1L + net.decoderBlocks().get(last - 1 - s)));
    }
    return sum;
  }

  private static long maps(int channels, Extent size) {
    return Math.multiplyExact(channels, size.voxels());
  }
}
