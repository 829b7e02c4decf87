package io.github.nnunet4j.network;

import java.util.List;
import java.util.stream.Collectors;

/** A {@link UNet} in one line: what differs between two networks differs in their lines. */
final class UNetText {
  private UNetText() {}

  static String of(UNet net) {
    return (net.encoder() == UNet.Encoder.PLAIN ? "plain" : "residual encoder")
        + " U-Net: features "
        + join(net.features(), " ")
        + "; strides "
        + sizes(net.strides())
        + "; kernels "
        + sizes(net.kernels())
        + "; blocks "
        + join(net.encoderBlocks(), " ")
        + " down, "
        + join(net.decoderBlocks(), " ")
        + " up; "
        + net.style();
  }

  private static String sizes(List<List<Integer>> lists) {
    return lists.stream().map(axes -> join(axes, "x")).collect(Collectors.joining(" "));
  }

  private static String join(List<Integer> values, String between) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(between));
  }
}
