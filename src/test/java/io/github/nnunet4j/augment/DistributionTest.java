package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is drawn has the distribution of the reference's recorded draws. */
class DistributionTest {
  private static final int SAMPLES = 20000;
  private final RandomGenerator random = new SplittableRandom(11);

  private static JsonNode golden(String step) {
    return Goldens.cases("distributions_v2").stream()
        .filter(c -> (c.get("step").asText() + "/" + c.get("parameter").asText()).startsWith(step))
        .findFirst()
        .orElseThrow();
  }

  private static void matches(List<Double> drawn, JsonNode golden) {
    JsonNode statistics = golden.get("statistics");
    double mean = drawn.stream().mapToDouble(d -> d).average().orElseThrow();
    double square =
        drawn.stream().mapToDouble(d -> (d - mean) * (d - mean)).average().orElseThrow();
    double deviation = statistics.get("standard_deviation").asDouble();
    double error =
        deviation * Math.sqrt(1.0 / drawn.size() + 1 / statistics.get("draws").asDouble());
    assertThat(mean).isCloseTo(statistics.get("mean").asDouble(), within(5 * error));
    assertThat(Math.sqrt(square)).isCloseTo(deviation, within(5 * error));
    List<Double> sorted = drawn.stream().sorted().toList();
    double[] at = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    double range = golden.get("range").get(1).asDouble() - golden.get("range").get(0).asDouble();
    for (int i = 0; i < at.length; i++) {
      assertThat(sorted.get((int) (at[i] * sorted.size())))
          .isCloseTo(
              statistics.get("quantiles_1_5_25_50_75_95_99").get(i).asDouble(),
              within(0.04 * range));
    }
    assertThat(sorted.get(0)).isGreaterThanOrEqualTo(golden.get("range").get(0).asDouble());
    assertThat(sorted.get(sorted.size() - 1))
        .isLessThanOrEqualTo(golden.get("range").get(1).asDouble());
  }

  private static void channels(
      Supplier<Map<Integer, ?>> draw, double probability, List<Double> values) {
    int selected = 0;
    for (int i = 0; i < SAMPLES; i++) {
      Map<Integer, ?> drawn = draw.get();
      selected += drawn.size();
      for (Object value : drawn.values()) {
        if (value instanceof List<?> list) {
          list.forEach(v -> values.add((Double) v));
        } else {
          values.add((Double) value);
        }
      }
    }
    assertThat(selected / (2.0 * SAMPLES)).isCloseTo(probability, within(0.02));
  }

  @Test
  void drawsFactorsAndWidths() {
    List<Double> blur = new ArrayList<>();
    channels(() -> Augmentations.blur().draw(2, random), 0.5, blur);
    matches(blur, golden("gaussian blur"));
    List<Double> brightness = new ArrayList<>();
    channels(() -> Augmentations.brightness().draw(2, random), 1, brightness);
    matches(brightness, golden("brightness multiplicative"));
    List<Double> contrast = new ArrayList<>();
    channels(() -> Augmentations.contrast().draw(2, random), 1, contrast);
    matches(contrast, golden("contrast"));
    List<Double> gamma = new ArrayList<>();
    channels(() -> Augmentations.gamma().draw(2, random), 1, gamma);
    matches(gamma, golden("gamma/"));
    List<Double> low = new ArrayList<>();
    channels(() -> Augmentations.lowResolution().draw(2, random), 0.5, low);
    matches(low, golden("simulate low resolution"));
  }

  @Test
  void drawsOneNoiseLevelForAllChannels() {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < SAMPLES; i++) {
      Map<Integer, Double> drawn = Augmentations.noise().draw(2, random).deviations();
      assertThat(drawn).hasSize(2);
      assertThat(drawn.get(0)).isEqualTo(drawn.get(1));
      values.add(drawn.get(0));
    }
    matches(values, golden("gaussian noise"));
  }

  @Test
  void drawsRotationsAndScales() {
    Spatial spatial =
        (Spatial) ((Chain) Augmentations.standard(Extent.of(40, 56, 40)).chain()).steps().get(0);
    List<Double> angles = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    int rotated = 0;
    for (int i = 0; i < SAMPLES; i++) {
      Spatial.Parameters drawn = spatial.draw(1, random);
      angles.addAll(drawn.radians());
      rotated += drawn.radians().isEmpty() ? 0 : 1;
      if (!drawn.scale().isEmpty()) {
        scales.add(drawn.scale().get(0));
        assertThat(drawn.scale()).containsOnly(drawn.scale().get(0));
      }
    }
    assertThat(rotated / (double) SAMPLES).isCloseTo(0.2, within(0.02));
    assertThat(scales.size() / (double) SAMPLES).isCloseTo(0.2, within(0.02));
    matches(angles, golden("spatial/rotation"));
    matches(scales, golden("spatial/scale"));
  }

  @Test
  void mirrorsEachAxisHalfOfTheTime() {
    int[] counts = new int[3];
    for (int i = 0; i < SAMPLES; i++) {
      Augmentations.mirror(0, 2).draw(1, random).forEach(axis -> counts[axis]++);
    }
    assertThat(counts[0] / (double) SAMPLES).isCloseTo(0.5, within(0.02));
    assertThat(counts[1]).isZero();
    assertThat(counts[2] / (double) SAMPLES).isCloseTo(0.5, within(0.02));
  }

  @Test
  void fillsNoiseFieldsWithStandardNormalNumbers() {
    int n = 4_000_003;
    float[] field = new float[n];
    new NormalField(5).addTo(field, 1);
    double[] sums = new double[4];
    double[] limits = {0.5, 1, 2, 3, 3.7, 4.2};
    double[] beyond = {0.61707508, 0.31731051, 0.04550026, 0.0026998, 2.156e-4, 2.669e-5};
    int[] counts = new int[limits.length];
    double neighbours = 0;
    for (int i = 0; i < n; i++) {
      double v = field[i];
      double power = v;
      for (int k = 0; k < 4; k++) {
        sums[k] += power;
        power *= v;
      }
      for (int k = 0; k < limits.length; k++) {
        counts[k] += Math.abs(v) > limits[k] ? 1 : 0;
      }
      neighbours += i > 0 ? v * field[i - 1] : 0;
    }
    double[] moments = {0, 1, 0, 3};
    double[] spread = {1, 2, 15, 96};
    for (int k = 0; k < 4; k++) {
      assertThat(sums[k] / n).isCloseTo(moments[k], within(5 * Math.sqrt(spread[k] / n)));
    }
    assertThat(neighbours / n).isCloseTo(0, within(5 / Math.sqrt(n)));
    for (int k = 0; k < limits.length; k++) {
      double error = Math.sqrt(beyond[k] / n);
      assertThat(counts[k] / (double) n).isCloseTo(beyond[k], within(5 * error));
    }
  }

  @Test
  void raisesToPowersAccurately() {
    for (double gamma : new double[] {0.3, 0.7, 0.95, 1, 1.3, 1.5, 2}) {
      FastPower power = new FastPower(gamma);
      for (int i = 0; i < 100000; i++) {
        float t = i < 50000 ? i / 50000f : (float) Math.exp(-random.nextDouble(0, 20));
        double exact = Math.pow(t, gamma);
        assertThat((double) power.of(t)).isCloseTo(exact, within(4e-7 * exact + 1e-30));
      }
      assertThat(power.of(1)).isEqualTo(1);
    }
  }

  @Test
  void offersOtherDistributions() {
    assertThat(Draws.constant(3).draw(random)).isEqualTo(3);
    assertThat(Draws.uniform(2, 2).draw(random)).isEqualTo(2);
    double sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += Draws.normal(4, 0.5).draw(random);
      assertThat(Draws.halfAndHalf(1.5, 4).draw(random)).isBetween(1.5, 4.0);
    }
    assertThat(sum / SAMPLES).isCloseTo(4, within(0.03));
    assertThatThrownBy(() -> Draws.uniform(2, 1)).hasMessageContaining("ascending");
    assertThatThrownBy(() -> Draws.halfAndHalf(0.1, 0.5)).hasMessageContaining("at least 1");
    assertThatThrownBy(() -> Draws.normal(0, -1)).hasMessageContaining("negative");
  }

  @Test
  void sharesAFactorBetweenChannelsIfAsked() {
    Map<Integer, Double> shared = new Brightness(Draws.uniform(0, 9), 1, true).draw(3, random);
    assertThat(Set.copyOf(shared.values())).hasSize(1);
    Map<Integer, Double> own = new Contrast(Draws.uniform(0, 9), false, 1, false).draw(3, random);
    assertThat(Set.copyOf(own.values())).hasSize(3);
    List<Double> axes = new GaussianBlur(Draws.uniform(1, 9), 1, true).draw(1, random).get(0);
    assertThat(Set.copyOf(axes)).hasSize(1);
    List<Double> scales =
        new LowResolution(Draws.uniform(0.1, 1), 1, false, Set.of(1)).draw(1, random).get(0);
    assertThat(scales.get(1)).isEqualTo(1);
    assertThat(Set.copyOf(scales)).hasSize(3);
  }
}
