package io.github.nnunet4j.network;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What the parts of a {@link UNet} must agree in, and what follows from them. */
final class UNetRules {
  private UNetRules() {}

  /** Refuses what cannot be a U-Net. */
  static void check(UNet net) {
    checkCounts(net);
    int rank = net.rank();
    Checks.argument(rank == 2 || rank == 3, "kernels have 2 or 3 axes, not %d", rank);
    for (int s = 0; s < net.stages(); s++) {
      checkStage(net, s);
    }
    checkStyle(net);
    checkNaming(net);
  }

  private static void checkCounts(UNet net) {
    List<List<Integer>> kernels = net.kernels();
    List<List<Integer>> strides = net.strides();
    List<Integer> encoderBlocks = net.encoderBlocks();
    List<Integer> decoderBlocks = net.decoderBlocks();
    int stages = net.stages();
    Checks.argument(stages >= 1, "a U-Net has at least 1 stage, not %d", stages);
    Checks.argument(
        stages == strides.size(),
        "features %s are for %d stages, but the strides are for %d: give %d features, or other"
            + " strides, kernels and blocks",
        net.features(),
        stages,
        strides.size(),
        strides.size());
    Checks.argument(
        kernels.size() == stages && encoderBlocks.size() == stages,
        "%d stages, as features and strides have it, need as many kernels and encoder blocks, not"
            + " %d and %d",
        stages,
        kernels.size(),
        encoderBlocks.size());
    Checks.argument(
        decoderBlocks.size() == stages - 1,
        "%d stages need %d decoder entries, not %d",
        stages,
        stages - 1,
        decoderBlocks.size());
  }

  private static void checkStage(UNet net, int s) {
    List<Integer> kernel = net.kernels().get(s);
    List<Integer> stride = net.strides().get(s);
    int rank = net.rank();
    Checks.argument(
        kernel.size() == rank && stride.size() == rank,
        "stage %d: kernel %s and stride %s need %d axes",
        s,
        kernel,
        stride,
        rank);
    for (int a = 0; a < rank; a++) {
      Checks.argument(
          kernel.get(a) > 0 && kernel.get(a) % 2 == 1,
          "stage %d: kernel %s must be odd",
          s,
          kernel);
      Checks.positive(stride.get(a), "stride");
    }
    Checks.positive(net.features().get(s), "features");
    Checks.positive(net.encoderBlocks().get(s), "encoder blocks");
  }

  private static void checkStyle(UNet net) {
    UNetStyle style = net.style();
    List<Integer> stem = style.stem().kernel();
    Checks.argument(
        stem.isEmpty() || stem.size() == net.rank(),
        "the stem's kernel %s needs %d axes",
        stem,
        net.rank());
    List<Integer> widths = style.residual().bottleneck();
    Checks.argument(
        widths.isEmpty() || widths.size() == net.stages(),
        "%d stages need as many bottleneck widths, not %s",
        net.stages(),
        widths);
    Checks.argument(
        style.decoder().upsampling() != Decoder.Upsampling.LINEAR
            || (net.encoder() == UNet.Encoder.PLAIN && !style.decoder().residual()),
        "linear upsampling needs plain stages: their last convolution has the next stage's"
            + " features");
  }

  private static void checkNaming(UNet net) {
    UNetStyle.Naming naming = net.style().naming();
    boolean plain = net.encoder() == UNet.Encoder.PLAIN;
    if (naming == UNetStyle.Naming.V1_GENERIC) {
      int last = net.encoderBlocks().get(net.stages() - 1);
      Checks.argument(
          plain
              && !net.style().decoder().residual()
              && last >= 2
              && net.decoderBlocks().stream().allMatch(blocks -> blocks >= 2),
          "nnU-Net v1's generic U-Net has plain stages, and at least 2 convolutions in its lowest"
              + " and its decoder stages");
    }
    Checks.argument(
        naming != UNetStyle.Naming.V1_RESIDUAL || (!plain && !net.style().decoder().residual()),
        "nnU-Net v1's residual U-Net has a residual encoder and a plain decoder");
  }

  /** By what the extent of each stage is smaller than the patch, per axis. */
  static List<List<Integer>> reductions(UNet net) {
    List<List<Integer>> reductions = new ArrayList<>();
    List<Integer> before = Collections.nCopies(net.rank(), 1);
    for (List<Integer> stride : net.strides()) {
      List<Integer> next = new ArrayList<>();
      for (int a = 0; a < net.rank(); a++) {
        next.add(before.get(a) * stride.get(a));
      }
      before = List.copyOf(next);
      reductions.add(before);
    }
    return reductions;
  }
}
