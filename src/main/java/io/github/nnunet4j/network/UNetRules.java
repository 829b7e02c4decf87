package io.github.nnunet4j.network;

import io.github.nnunet4j.internal.Checks;
import java.util.List;

/** What the parts of a {@link UNet} must agree in. */
final class UNetRules {
  private UNetRules() {}

  /** Refuses what cannot be a U-Net. */
  static void check(UNet net) {
    List<List<Integer>> kernels = net.kernels();
    List<List<Integer>> strides = net.strides();
    List<Integer> encoderBlocks = net.encoderBlocks();
    List<Integer> decoderBlocks = net.decoderBlocks();
    int stages = net.stages();
    Checks.argument(stages >= 1, "a U-Net has at least 1 stage, not %d", stages);
    Checks.argument(
        kernels.size() == stages && strides.size() == stages && encoderBlocks.size() == stages,
        "%d stages need as many kernels, strides and encoder blocks, not %d, %d, %d",
        stages,
        kernels.size(),
        strides.size(),
        encoderBlocks.size());
    Checks.argument(
        decoderBlocks.size() == stages - 1,
        "%d stages need %d decoder entries, not %d",
        stages,
        stages - 1,
        decoderBlocks.size());
    int rank = net.rank();
    Checks.argument(rank == 2 || rank == 3, "kernels have 2 or 3 axes, not %d", rank);
    for (int s = 0; s < stages; s++) {
      checkStage(net, s);
    }
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
}
