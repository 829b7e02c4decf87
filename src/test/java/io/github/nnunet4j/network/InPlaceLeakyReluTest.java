package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.image.Extent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class InPlaceLeakyReluTest {
  private static float[] normal(int count) {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i % 10 == 0 ? 0 : (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void overwritesWithTheValuesAndGradientsOfTheOther() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      ParameterStore store = new ParameterStore(manager, false);
      InPlaceLeakyRelu overwriting = new InPlaceLeakyRelu(0.03);
      assertThat(overwriting.isReady()).isFalse();
      overwriting.load(manager);
      assertThat(overwriting.isReady()).isTrue();
      NDArray x = manager.create(normal(1000), new Shape(2, 5, 100));
      x.setRequiresGradient(true);
      float[][] gradients = new float[2][];
      float[][] values = new float[2][];
      for (int way = 0; way < 2; way++) {
        try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
          NDArray doubled = x.mul(2);
          NDArray y =
              way == 0
                  ? Nonlinearities.leakyRelu(0.03).apply(doubled)
                  : overwriting.apply(store, doubled);
          values[way] = y.toFloatArray();
          boolean overwritten = Arrays.equals(doubled.toFloatArray(), values[way]);
          assertThat(overwritten).isEqualTo(way == 1);
          collector.backward(y.mul(y).sum());
        }
        NDArray gradient = x.getGradient();
        gradients[way] = gradient.toFloatArray();
        gradient.muli(0);
      }
      assertThat(values[1]).isEqualTo(values[0]);
      assertThat(gradients[1]).isEqualTo(gradients[0]);
    }
  }

  @Test
  void mustBeLoadedFirst() {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      ParameterStore store = new ParameterStore(manager, false);
      NDArray x = manager.ones(new Shape(1));
      assertThatThrownBy(() -> new InPlaceLeakyRelu(0.01).apply(store, x))
          .hasMessageContaining("not loaded");
    }
  }

  @Test
  void givesANetworkTheSameGradientsBitForBit() {
    for (UNet.Encoder encoder : UNet.Encoder.values()) {
      List<Integer> three = List.of(3, 3, 3);
      UNet built =
          UNet.builder(
                  List.of(4, 6), List.of(three, three), List.of(List.of(1, 1, 1), List.of(2, 2, 2)))
              .encoder(encoder)
              .build();
      Nonlinearities.LeakyRelu leaky = Nonlinearities.leakyRelu();
      // a lambda is not known to be a leaky ReLU
      UNet other = built.toBuilder().nonlinearity(x -> leaky.apply(x.mul(1))).build();
      assertThat(gradients(built)).isEqualTo(gradients(other));
    }
  }

  /** Of a negative slope torch refuses the gradient where the argument was overwritten. */
  @Test
  void slopesOfZeroAndBelowHaveTheRightGradients() {
    List<Integer> three = List.of(3, 3, 3);
    UNet built =
        UNet.builder(
                List.of(4, 6), List.of(three, three), List.of(List.of(1, 1, 1), List.of(2, 2, 2)))
            .build();
    for (double slope : new double[] {0, -0.5}) {
      Nonlinearities.LeakyRelu leaky = Nonlinearities.leakyRelu(slope);
      UNet other = built.toBuilder().nonlinearity(x -> leaky.apply(x.mul(1))).build();
      assertThat(gradients(built.toBuilder().nonlinearity(leaky).build()))
          .isEqualTo(gradients(other));
    }
  }

  @Test
  void refusesSlopesThatItCannotTake() {
    for (double slope : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> Nonlinearities.leakyRelu(slope))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("finite");
    }
    assertThatThrownBy(() -> new InPlaceLeakyRelu(-0.1)).hasMessageContaining("negative");
  }

  private static Map<String, List<Float>> gradients(UNet topology) {
    RunningNetwork.Heads heads = new RunningNetwork.Heads(1, 2, Extent.of(8, 8, 8), true);
    JniUtils.setGradMode(false);
    try (RunningNetwork network = RunningNetwork.start(topology, heads, Device.cpu(), 9);
        NDManager scratch = network.manager().newSubManager()) {
      NDArray input = scratch.create(normal(1024), new Shape(2, 1, 8, 8, 8));
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray logits = network.forward(input, true).get(0);
        collector.backward(logits.mul(logits).sum());
      }
      Map<String, List<Float>> gradients = new LinkedHashMap<>();
      network
          .parameters()
          .forEach(
              (name, parameter) -> {
                NDArray gradient = parameter.getArray().getGradient();
                gradient.attach(scratch);
                List<Float> values = new java.util.ArrayList<>();
                for (float value : gradient.toFloatArray()) {
                  values.add(value);
                }
                gradients.put(name, values);
              });
      return gradients;
    }
  }
}
