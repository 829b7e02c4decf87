package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the lists of a U-Net must agree in. */
class UNetCountsTest {
  private static final List<Integer> THREE = List.of(3, 3, 3);
  private static final List<Integer> TWO = List.of(2, 2, 2);

  private static UNet.Builder fourStages() {
    return Topologies.plainUNet(
        List.of(8, 16, 32, 64),
        Collections.nCopies(4, THREE),
        List.of(List.of(1, 1, 1), TWO, TWO, TWO));
  }

  @Test
  void saysHowManyFeaturesTheStridesAskFor() {
    UNet planned = fourStages().build();
    assertThatThrownBy(() -> planned.toBuilder().features(8, 16).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "features [8, 16] are for 2 stages, but the strides are for 4: give 4 features, or"
                + " other strides, kernels and blocks");
  }

  @Test
  void saysHowManyKernelsAndBlocksAreNeeded() {
    assertThatThrownBy(() -> fourStages().kernels(List.of(THREE, THREE)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "4 stages, as features and strides have it, need as many kernels and encoder blocks,"
                + " not 2 and 4");
    assertThatThrownBy(() -> fourStages().encoderBlocks(List.of(1, 1, 1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not 4 and 3");
    assertThatThrownBy(() -> fourStages().decoderBlocks(List.of(1, 1)).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("4 stages need 3 decoder entries, not 2");
  }
}
