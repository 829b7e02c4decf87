package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is drawn has the distribution of the reference's recorded draws. */
class DistributionTest {
  private static final int SAMPLES = 20000;
  private final RandomGenerator random = new SplittableRandom(11);

  @Test
  void drawsOneNoiseLevelForAllChannels() {
    for (int i = 0; i < 100; i++) {
      Map<Integer, Double> drawn = Augmentations.noise().draw(2, random).deviations();
      assertThat(drawn).hasSize(2);
      assertThat(drawn.get(0)).isEqualTo(drawn.get(1));
    }
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
