package io.github.nnunet4j.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference's facts about first values: which are constant, and how wide the others spread. */
@Tag("engine")
class InitializationsTest {
  private static final Path LAYERS = Path.of("src/test/resources/golden/optimization/he_init.json");

  static Stream<GoldenCase> networks() throws IOException {
    return Stream.concat(GoldenCase.read("init-v2.json"), GoldenCase.read("init-v1.json"));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void spreadsTheFirstValuesOfANetworkAsTheReference(GoldenCase golden) {
    for (long seed : new long[] {1, 2, 3}) {
      Weights weights = start(golden.network(), golden, seed);
      JsonNode facts = golden.json().get("parameters");
      for (Map.Entry<String, JsonNode> entry : facts.properties()) {
        float[] values = weights.values(entry.getKey());
        JsonNode fact = entry.getValue();
        if (fact.has("constant")) {
          assertThat(values).as(entry.getKey()).containsOnly(fact.get("constant").floatValue());
        } else {
          JsonNode bounds = fact.get("one_draw");
          assertThat(values).as(entry.getKey()).hasSize(fact.get("n").intValue());
          assertThat(mean(values))
              .as(entry.getKey())
              .isCloseTo(0, within(bounds.get("mean_abs_max").doubleValue()));
          assertThat(deviation(values))
              .as(entry.getKey())
              .isCloseTo(
                  fact.get("expected_std").doubleValue(),
                  within(bounds.get("std_abs_max").doubleValue()));
        }
      }
      // the running statistics of a batch norm are all that the reference does not list
      assertThat(weights.names())
          .filteredOn(name -> !facts.has(name))
          .allMatch(name -> name.contains("running_"));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void drawsFromAPlainNormalDistribution(GoldenCase golden) {
    Weights weights = start(golden.network(), golden, 4);
    List<Double> standard = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : golden.json().get("parameters").properties()) {
      if (entry.getValue().has("expected_std")) {
        for (float value : weights.values(entry.getKey())) {
          standard.add(Math.abs(value) / entry.getValue().get("expected_std").doubleValue());
        }
      }
    }
    double[] beyond = {0.317311, 0.045500, 0.002700}; // of a normal distribution, 1, 2, 3 sigma
    for (int sigma = 1; sigma <= beyond.length; sigma++) {
      int bound = sigma;
      double p = beyond[sigma - 1];
      double share = standard.stream().filter(z -> z > bound).count() / (double) standard.size();
      assertThat(share).isCloseTo(p, within(5 * Math.sqrt(p * (1 - p) / standard.size())));
    }
  }

  @Test
  void equalSeedsGiveEqualValuesAndOthersGiveOthers() throws IOException {
    GoldenCase golden = networks().findFirst().orElseThrow();
    String first = "encoder.stages.0.0.convs.0.conv.weight";
    float[] once = start(golden.network(), golden, 1).values(first);
    assertThat(start(golden.network(), golden, 1).values(first)).isEqualTo(once);
    assertThat(start(golden.network(), golden, 2).values(first)).isNotEqualTo(once);
  }

  @Test
  void spreadsTheWeightsOfConvolutionsBothWaysByTheirFanIn() throws IOException {
    int checked = 0;
    for (JsonNode layer : Json.read(LAYERS).get("cases")) {
      if (layer.get("touched").booleanValue()) {
        long[] axes =
            GoldenCase.ints(layer.get("weight_shape")).stream().mapToLong(i -> i).toArray();
        float[] values = initialization(layer).draw(new Shape(axes), new SplittableRandom(checked));
        boolean uniform = layer.get("distribution").textValue().equals("uniform");
        double bound = uniform ? layer.get("high").doubleValue() : Double.MAX_VALUE;
        double expected = uniform ? bound / Math.sqrt(3) : layer.get("std").doubleValue();
        double error = 5 * expected / Math.sqrt(2.0 * values.length);
        assertThat(deviation(values)).isCloseTo(expected, within(error));
        assertThat(mean(values)).isCloseTo(0, within(2 * error));
        for (float value : values) {
          assertThat((double) Math.abs(value)).isLessThanOrEqualTo(bound * (1 + 1e-7));
        }
        checked++;
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(20);
  }

  private static Initialization initialization(JsonNode layer) {
    return layer.get("init").textValue().equals("InitWeights_He")
        ? Initializations.he(layer.get("negative_slope").doubleValue())
        : new Initializations.Xavier(layer.get("gain").doubleValue(), true);
  }

  @Test
  void xavierMayBeNormal() {
    Shape shape = new Shape(40, 30, 3, 3);
    float[] values = Initializations.xavierNormal().draw(shape, new SplittableRandom(1));
    double expected = Math.sqrt(2.0 / (9 * 70));
    assertThat(deviation(values)).isCloseTo(expected, within(0.03 * expected));
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    assertThat((double) largest).isGreaterThan(3 * expected);
  }

  @Test
  void valuesOfTheWrongNumberOrNotFiniteAreRefused() {
    for (Initialization wrong :
        List.<Initialization>of(
            (shape, random) -> new float[1],
            (shape, random) -> {
              float[] values = new float[(int) shape.size()];
              values[0] = Float.NaN;
              return values;
            })) {
      UNet net =
          UNet.builder(
                  List.of(2, 3),
                  List.of(List.of(3, 3), List.of(3, 3)),
                  List.of(List.of(1, 1), List.of(2, 2)))
              .style(s -> s.withInitialization(wrong))
              .build();
      RunningNetwork.Heads heads = new RunningNetwork.Heads(1, 2, Extent.of(4, 4), false);
      assertThatThrownBy(() -> RunningNetwork.start(net, heads, Device.cpu(), 1))
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("encoder.stages.0.0.convs.0.conv.weight")
          .hasMessageContaining("18 finite values");
    }
  }

  @Test
  void leavesAnOwnNormalizationAsItWasBuilt() {
    // a batch norm under other roles: its values must not depend on what its parameters are called
    Normalization own =
        channels ->
            new NormBlock(channels, 1e-5f, false) {
              final ai.djl.nn.Parameter offset =
                  constant("offset", ai.djl.nn.Parameter.Type.BIAS, 3, new Shape(channels));

              @Override
              ai.djl.ndarray.NDArray normalize(
                  ai.djl.training.ParameterStore store,
                  ai.djl.ndarray.NDArray x,
                  boolean training) {
                return x.add(
                    store.getValue(offset, x.getDevice(), training).reshape(1, channels, 1, 1));
              }
            };
    UNet net =
        UNet.builder(
                List.of(2, 3),
                List.of(List.of(3, 3), List.of(3, 3)),
                List.of(List.of(1, 1), List.of(2, 2)))
            .normalization(own)
            .build();
    RunningNetwork.Heads heads = new RunningNetwork.Heads(1, 2, Extent.of(4, 4), false);
    try (RunningNetwork network = RunningNetwork.start(net, heads, Device.cpu(), 1)) {
      assertThat(network.weights().values("encoder.stages.0.0.convs.0.norm.offset"))
          .containsExactly(3, 3);
      assertThat(network.weights().values("encoder.stages.0.0.convs.0.conv.bias"))
          .containsExactly(0, 0);
    }
  }

  private static Weights start(UNet net, GoldenCase golden, long seed) {
    int[] patch = new int[net.rank()];
    Arrays.fill(patch, 16);
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(
            golden.json().get("input_channels").intValue(),
            golden.json().get("num_classes").intValue(),
            Extent.of(patch),
            true);
    try (RunningNetwork network = RunningNetwork.start(net, heads, Device.cpu(), seed)) {
      return network.weights();
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double deviation(float[] values) {
    double mean = mean(values);
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
