package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StyleTest {
  private static final List<UNetStyle> STYLES =
      List.of(
          UNetStyle.standard(),
          UNetStyle.generic(),
          UNetStyle.fabians(2),
          UNetStyle.fabians(3),
          UNetStyle.standard().withConvolutionBias(false),
          UNetStyle.standard().withNormalization(Normalizations.layer()),
          UNetStyle.standard().withNonlinearity(Nonlinearities.prelu()),
          UNetStyle.standard().withNonlinearityFirst(true),
          UNetStyle.standard().withDropout(0.2),
          UNetStyle.standard().withDownsampling(UNetStyle.Downsampling.MAX),
          UNetStyle.standard().withStem(Stem.of(5)),
          UNetStyle.standard()
              .withResidual(ResidualBlocks.basic().with(SqueezeExcitation.standard())),
          UNetStyle.standard().withInitialization(Initializations.he(0)));

  @Test
  void everyChoiceMakesAnotherStyleThatPrints() {
    Set<String> texts = new HashSet<>();
    Set<Integer> codes = new HashSet<>();
    for (UNetStyle style : STYLES) {
      texts.add(style.toString());
      codes.add(style.hashCode());
      assertThat(STYLES.stream().filter(style::equals)).hasSize(1);
    }
    assertThat(texts).hasSameSizeAs(STYLES);
    assertThat(codes).hasSameSizeAs(STYLES);
    assertThat(STYLES.get(8)).isEqualTo(UNetStyle.standard().withDropout(0.2));
    assertThat(UNetStyle.standard().toString())
        .isEqualTo("bias, Instance[eps=1.0E-5, affine=true], LeakyRelu[slope=0.01]");
    assertThat(STYLES.get(7).toString())
        .endsWith("LeakyRelu[slope=0.01], Instance[eps=1.0E-5, affine=true]");
  }

  @Test
  void featuresGrowByHalvesToEven() {
    assertThat(Topologies.features(3, 1.5, 9, 4)).containsExactly(3, 4, 6, 9);
    assertThat(Topologies.features(32, 2, 320, 6)).containsExactly(32, 64, 128, 256, 320, 320);
  }

  @Tag("engine")
  @Test
  void droppingKeepsTheMeanAndDrawsPerChannelOrPerSample() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      manager.getEngine().setRandomSeed(5);
      NDArray x = manager.ones(new Shape(200, 30, 2, 3));
      ParameterStore store = new ParameterStore(manager, false);
      for (DropLayer layer : List.of(DropLayer.ofChannels(0.25), DropLayer.ofSamples(0.25))) {
        NDArray y = layer.forward(store, x, true);
        assertThat(y.mean().getFloat()).isCloseTo(1, within(0.12f));
        float[] values = y.toFloatArray();
        int block = layer.axes() == 1 ? 180 : 6;
        for (int i = 0; i < values.length; i++) {
          assertThat(values[i]).isEqualTo(values[i / block * block]);
          assertThat(values[i] == 0 || Math.abs(values[i] - 4 / 3f) < 1e-6).isTrue();
        }
        assertThat(layer.forward(store, x, false)).isSameAs(x);
      }
      assertThat(DropLayer.ofSamples(0).forward(store, x, true)).isSameAs(x);
    }
  }
}
