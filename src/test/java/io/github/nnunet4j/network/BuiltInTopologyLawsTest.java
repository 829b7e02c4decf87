package io.github.nnunet4j.network;

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

  @Nested
  class Plain3d extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.plainUNet(
              List.of(2, 3, 4), List.of(THREE, THREE, THREE), List.of(ONE, TWO, TWO))
          .build();
    }
  }

  @Nested
  class Plain2d extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return Topologies.plainUNet(
              List.of(2, 3, 4),
              List.of(List.of(3, 3), List.of(3, 3), List.of(1, 3)),
              List.of(List.of(1, 1), List.of(2, 2), List.of(1, 2)))
          .build();
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
      return Topologies.residualEncoderUNet(
              List.of(2, 3, 4), List.of(THREE, THREE, THREE), List.of(ONE, TWO, TWO))
          .build();
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
}
