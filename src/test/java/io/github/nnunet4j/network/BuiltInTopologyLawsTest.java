package io.github.nnunet4j.network;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.laws.NetworkTopologyLaws;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The laws on everything built in. */
@Tag("engine")
class BuiltInTopologyLawsTest {
  private static final List<Integer> THREE = List.of(3, 3, 3);
  private static final List<Integer> ONE = List.of(1, 1, 1);
  private static final List<Integer> TWO = List.of(2, 2, 2);
  private static final List<List<Integer>> KERNELS = List.of(THREE, THREE, THREE);
  private static final List<List<Integer>> STRIDES = List.of(ONE, TWO, TWO);
  private static final List<List<Integer>> FLAT_KERNELS =
      List.of(List.of(3, 3), List.of(3, 3), List.of(1, 3));
  private static final List<List<Integer>> FLAT_STRIDES =
      List.of(List.of(1, 1), List.of(2, 2), List.of(1, 2));

  @Nested
  class Plain3d extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.plainUNet(List.of(2, 3, 4), KERNELS, STRIDES).build();
    }
  }

  @Nested
  class Plain2d extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.plainUNet(List.of(2, 3, 4), FLAT_KERNELS, FLAT_STRIDES).build();
    }
  }

  @Nested
  class AnisotropicWithBatchNorm extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.plainUNet(
              List.of(2, 3, 4),
              List.of(List.of(1, 3, 3), THREE, THREE),
              List.of(ONE, List.of(1, 2, 2), TWO))
          .normalization(Normalizations.batch())
          .nonlinearity(Nonlinearities.mish())
          .nonlinearityFirst(true)
          .build();
    }
  }

  @Nested
  class ResidualEncoder extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.residualEncoderUNet(List.of(2, 3, 4), KERNELS, STRIDES).build();
    }
  }

  @Nested
  class PlainSumOfGroups extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.plainUNet(List.of(2, 4), List.of(THREE, THREE), List.of(ONE, TWO))
          .normalization(Normalizations.group(2))
          .nonlinearity(Nonlinearities.gelu())
          .convolutionBias(false)
          .build();
    }
  }

  @Nested
  class FilterResponseWithPooling extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.plainUNet(List.of(2, 3, 4), KERNELS, STRIDES)
          .normalization(Normalizations.filterResponse())
          .nonlinearity(Nonlinearities.identity())
          .style(s -> s.withDownsampling(UNetStyle.Downsampling.MEAN))
          .build();
    }
  }

  @Nested
  class BottlenecksWithEverything extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.residualUNet(List.of(3, 4, 6), FLAT_KERNELS, FLAT_STRIDES)
          .nonlinearity(Nonlinearities.prelu())
          .normalization(Normalizations.layer())
          .style(
              s ->
                  s.withStem(Stem.of(5))
                      .withDropout(0.1)
                      .withResidual(
                          ResidualBlocks.bottleneck(List.of(2, 2, 3))
                              .with(SqueezeExcitation.standard())
                              .withStochasticDepth(0.1)))
          .build();
    }
  }

  @Nested
  class Generic extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.genericUNet(2, KERNELS, STRIDES).blocks(3, 3).build();
    }
  }

  @Nested
  class GenericWithUpscaledHeads extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.genericUNet(2, FLAT_KERNELS, FLAT_STRIDES)
          .style(
              s ->
                  s.withDownsampling(UNetStyle.Downsampling.MAX)
                      .withDecoder(
                          s.decoder().with(Decoder.Upsampling.LINEAR).with(Decoder.Heads.UPSCALED)))
          .build();
    }
  }

  @Nested
  class Fabians extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.fabiansUNet(2, KERNELS, STRIDES).build();
    }
  }

  @Nested
  class Transformer extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Primus.of(new Primus.Size(12, 2, 2), Extent.of(16, 16, 16));
    }
  }
}
