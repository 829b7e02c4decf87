package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every chain draws has the distribution of the reference's recorded draws. */
class GoldenDistributionsTest {
  private static final int SAMPLES = 8000;
  private static final int CHANNELS = 5;
  private static final Extent CUBE = Extent.of(24, 24, 24);

  private final RandomGenerator random = new SplittableRandom(3);

  static Stream<JsonNode> cases() {
    return Stream.concat(
        Goldens.cases("distributions_v1").stream(), Goldens.cases("distributions_v2").stream());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void drawsAsTheReference(JsonNode golden) {
    Augmentation step = find(chain(golden.get("chain").asText()), golden);
    List<Double> values = new ArrayList<>();
    Map<String, Integer> counts = new TreeMap<>();
    int units = collect(step, golden, values, counts);
    if (golden.has("statistics")) {
      matches(values, golden);
    }
    checkShares(golden, values.size(), units);
    if (golden.has("observed")) {
      int all = counts.values().stream().mapToInt(i -> i).sum();
      golden
          .get("observed")
          .properties()
          .forEach(
              entry ->
                  assertThat(counts.get(entry.getKey()) / (double) all)
                      .as(entry.getKey())
                      .isCloseTo(entry.getValue().asDouble(), within(0.02)));
    }
  }

  private static StandardAugmentation chain(String name) {
    StandardChain kind =
        switch (name) {
          case "v2 default" -> StandardChain.V2;
          case "v2 DA5" -> StandardChain.V2_DA5;
          case "v1 default", "v1 cascade" -> StandardChain.V1;
          default -> StandardChain.valueOf("V1_" + name.substring(3).toUpperCase(Locale.ROOT));
        };
    List<Integer> labels = List.of(1, 2, 3);
    CascadeInput cascade =
        kind == StandardChain.V2
            ? CascadeInput.v2(labels)
            : kind == StandardChain.V2_DA5
                ? CascadeInput.v2EveryLabel(labels)
                : CascadeInput.v1(labels);
    return StandardAugmentation.builder(CUBE).chain(kind).cascade(cascade).build();
  }

  /** The step with the golden probability; of alternatives the one that is meant. */
  private static Augmentation find(StandardAugmentation chain, JsonNode golden) {
    String name = golden.get("step").asText();
    Class<?> wanted =
        switch (name.replaceAll(",.*", "")) {
          case "spatial" -> Spatial.class;
          case "gaussian noise" -> GaussianNoise.class;
          case "gaussian blur" -> GaussianBlur.class;
          case "brightness multiplicative" -> Brightness.class;
          case "brightness additive" -> BrightnessShift.class;
          case "contrast" -> Contrast.class;
          case "simulate low resolution" -> LowResolution.class;
          case "gamma", "gamma inverted" -> Gamma.class;
          case "mirror" -> Mirror.class;
          case "random binary operator" -> BinaryOperators.class;
          case "remove random connected component" -> ComponentRemoval.class;
          case "rotate by 90 degrees" -> QuarterTurns.class;
          case "transpose axes" -> AxesTransposition.class;
          case "median filter" -> MedianFilter.class;
          case "blank rectangles" -> BlankRectangles.class;
          case "brightness gradient additive" -> BrightnessGradient.class;
          case "local gamma" -> LocalGamma.class;
          case "sharpening" -> Sharpening.class;
          default -> throw new AssertionError(name);
        };
    List<Augmentation> flat = new ArrayList<>();
    for (Augmentation step : chain.steps()) {
      flat.addAll(step instanceof OneOf one ? one.choices() : List.of(step));
    }
    Augmentation found = null;
    for (Augmentation step : flat) {
      Augmentation inner = step instanceof WithProbability w ? w.augmentation() : step;
      boolean inverted = inner instanceof Gamma gamma && gamma.inverted();
      boolean keeps = inner instanceof Contrast contrast && contrast.preserveRange();
      boolean meant =
          wanted.isInstance(inner)
              && (!(inner instanceof Gamma) || inverted == name.equals("gamma inverted"))
              && (!name.endsWith("preserve range False") || !keeps);
      if (meant) {
        found = inner;
        JsonNode probability = golden.path("probability_per_sample");
        if (step instanceof WithProbability w && probability.isNumber()) {
          assertThat(w.probability()).isEqualTo(probability.asDouble());
        }
      }
    }
    assertThat(found).as(name).isNotNull();
    return found;
  }

  /** Returns how many samples, channels or labels could have drawn. */
  private int collect(
      Augmentation step, JsonNode golden, List<Double> values, Map<String, Integer> counts) {
    String parameter = golden.get("parameter").asText();
    for (int i = 0; i < SAMPLES; i++) {
      if (step instanceof Spatial spatial) {
        spatial(spatial.draw(1, random), parameter, values);
      } else if (step instanceof GaussianNoise noise) {
        values.add(noise.draw(1, random).deviations().get(0));
      } else if (step instanceof Mirror mirror) {
        mirror.draw(1, random).forEach(axis -> counts.merge("" + axis, 1, Integer::sum));
      } else if (step instanceof QuarterTurns turns) {
        QuarterTurns.Turn turn = turns.draw(1, random);
        counts.merge(
            parameter.equals("plane")
                ? List.of(turn.first(), turn.second()).toString()
                : "" + turn.times(),
            1,
            Integer::sum);
      } else if (step instanceof AxesTransposition transposition) {
        counts.merge(transposition.draw(1, random).toString(), 1, Integer::sum);
      } else if (step instanceof BinaryOperators operators) {
        operators.draw(4, random).forEach(drawn -> values.add(drawn.radius()));
      } else if (step instanceof ComponentRemoval removal) {
        removal.draw(4, random).forEach(drawn -> values.add(drawn.choice()));
      } else {
        perChannel(((ParametricAugmentation<?>) step).draw(CHANNELS, random), parameter, values);
      }
    }
    boolean labels = step instanceof BinaryOperators || step instanceof ComponentRemoval;
    return SAMPLES * (labels ? 3 : CHANNELS);
  }

  private static void spatial(Spatial.Parameters drawn, String parameter, List<Double> values) {
    if (parameter.startsWith("rotation")) {
      drawn.radians().stream().filter(angle -> angle != 0).forEach(values::add);
    } else if (!drawn.scale().isEmpty()) {
      boolean one = drawn.scale().stream().distinct().count() == 1;
      values.addAll(one ? drawn.scale().subList(0, 1) : drawn.scale());
    }
  }

  private static void perChannel(Object drawn, String parameter, List<Double> values) {
    for (Object value : ((Map<?, ?>) drawn).values()) {
      if (value instanceof BrightnessGradient.Spot spot) {
        place(spot.place(), parameter, spot.strength(), values);
      } else if (value instanceof LocalGamma.Power power) {
        place(power.place(), parameter, power.exponent(), values);
      } else if (value instanceof List<?> list && parameter.contains("rectangles")) {
        values.add((double) list.size());
      } else if (value instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof Box) {
        for (Object box : list) {
          boxes((Box) box, parameter, values);
        }
      } else if (value instanceof List<?> list) {
        list.stream().distinct().forEach(v -> values.add((Double) v));
      } else {
        values.add(((Number) value).doubleValue());
      }
    }
  }

  private static void boxes(Box box, String parameter, List<Double> values) {
    for (int axis = 0; axis < 3; axis++) {
      values.add((double) (parameter.startsWith("edge") ? box.size().get(axis) : box.from(axis)));
    }
  }

  private static void place(
      LocalField.Place place, String parameter, double value, List<Double> values) {
    if (parameter.startsWith("sigma")) {
      values.addAll(place.sigma());
    } else if (parameter.startsWith("centre")) {
      values.addAll(place.centre());
    } else {
      values.add(value);
    }
  }

  private static void matches(List<Double> drawn, JsonNode golden) {
    JsonNode statistics = golden.get("statistics");
    double mean = drawn.stream().mapToDouble(d -> d).average().orElseThrow();
    double square =
        drawn.stream().mapToDouble(d -> (d - mean) * (d - mean)).average().orElseThrow();
    double deviation = statistics.get("standard_deviation").asDouble();
    // values of one box or label are not independent of each other, hence the doubled error
    double error =
        2 * deviation * Math.sqrt(1.0 / drawn.size() + 1 / statistics.get("draws").asDouble());
    assertThat(mean).isCloseTo(statistics.get("mean").asDouble(), within(5 * error));
    assertThat(Math.sqrt(square)).isCloseTo(deviation, within(5 * error));
    List<Double> sorted = drawn.stream().sorted().toList();
    double[] at = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
    double least = statistics.get("minimum").asDouble();
    double width = statistics.get("maximum").asDouble() - least;
    boolean whole = statistics.get("minimum").asDouble() == Math.rint(least) && width < 100;
    boolean gap = golden.get("rule").asText().startsWith("one half"); // the median is anywhere
    for (int i = 0; i < at.length; i++) {
      if (gap && at[i] == 0.5) {
        continue;
      }
      assertThat(sorted.get((int) (at[i] * sorted.size())))
          .isCloseTo(
              statistics.get("quantiles_1_5_25_50_75_95_99").get(i).asDouble(),
              within(0.06 * width + (whole ? 1 : 0)));
    }
    if (golden.has("range") && golden.get("range").get(0).isNumber()) {
      assertThat(sorted.get(0)).isGreaterThanOrEqualTo(golden.get("range").get(0).asDouble());
      assertThat(sorted.get(sorted.size() - 1))
          .isLessThanOrEqualTo(golden.get("range").get(1).asDouble());
    }
  }

  private static void checkShares(JsonNode golden, int drawn, int units) {
    for (String name : List.of("probability_per_channel", "probability_per_label")) {
      boolean one = !golden.get("parameter").asText().contains("per axis");
      boolean single = !golden.get("rule").asText().contains("each axis its own");
      if (golden.has(name) && one && single) {
        assertThat(drawn / (double) units)
            .as(name)
            .isCloseTo(golden.get(name).asDouble(), within(0.02));
      }
    }
  }
}
