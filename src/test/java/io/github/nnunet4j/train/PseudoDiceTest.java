package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.loss.Target;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("engine")
class PseudoDiceTest {
  record Fixed(NDArray labels, NDArray oneHot, Optional<NDArray> mask, int classes)
      implements Target {}

  static Stream<JsonNode> cases() throws IOException {
    return Golden.list(Golden.facts("optimization", "v2_pseudo_dice").get("cases")).stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void countsAsTheReference(JsonNode facts) throws IOException {
    Golden golden = Golden.read("optimization", "v2_pseudo_dice");
    String id = facts.get("id").textValue();
    String kind = facts.get("labels").textValue();
    int heads = facts.get("classes_or_regions").intValue();
    boolean regions = kind.startsWith("regions");
    PseudoDice dice = new PseudoDice(heads, regions);
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int i = 0; golden.has(id + "/target" + i); i++) {
        NDArray target = golden.array(manager, id + "/target" + i);
        dice.add(golden.array(manager, id + "/logits" + i), target(target, kind, heads, regions));
      }
    }
    assertThat(golden.has(id + "/target0")).isTrue();
    double[] expected = Golden.numbers(facts.get("dice_per_class_or_region"));
    List<Double> found = dice.perClass();
    assertThat(found).hasSize(expected.length);
    for (int c = 0; c < expected.length; c++) {
      same(found.get(c), expected[c]);
    }
    same(PseudoDice.mean(found), Golden.number(facts.get("mean_fg_dice")));
  }

  static Stream<JsonNode> casesOfVersion1() throws IOException {
    return Golden.list(Golden.facts("optimization", "v1_pseudo_dice").get("cases")).stream();
  }

  @ParameterizedTest
  @MethodSource("casesOfVersion1")
  void countsAsVersion1(JsonNode facts) throws IOException {
    Golden golden = Golden.read("optimization", "v1_pseudo_dice");
    String id = facts.get("id").textValue();
    boolean regions = facts.get("regions").booleanValue();
    int classes = facts.get("tp").get(0).size();
    int heads = regions ? classes : classes + 1;
    PseudoDice dice = new PseudoDice(heads, regions);
    double[] hits = new double[classes];
    double[] misses = new double[classes];
    try (NDManager manager = NDManager.newBaseManager()) {
      for (int i = 0; i < facts.get("iterations").intValue(); i++) {
        NDArray target = golden.array(manager, id + "/target" + i);
        dice.add(
            golden.array(manager, id + "/logits" + i),
            target(target, regions ? "regions" : "labels", heads, regions));
        for (int c = 0; c < classes; c++) {
          hits[c] += facts.get("tp").get(i).get(c).doubleValue();
          misses[c] += facts.get("fp").get(i).get(c).doubleValue();
          misses[c] += facts.get("fn").get(i).get(c).doubleValue();
        }
      }
    }
    List<Double> found = dice.perClass();
    assertThat(found).hasSize(classes);
    for (int c = 0; c < classes; c++) {
      same(found.get(c), 2 * hits[c] / (2 * hits[c] + misses[c]));
    }
    same(PseudoDice.mean(found), Golden.number(facts.get("metric")));
  }

  private static Target target(NDArray raw, String kind, int heads, boolean regions) {
    if (regions) {
      NDArray hot = raw.get(new NDIndex(":, :" + heads));
      return new Fixed(
          hot,
          hot,
          kind.endsWith("ignore")
              ? Optional.of(raw.get(new NDIndex(":, " + heads + ":")).neg().add(1))
              : Optional.empty(),
          heads);
    }
    NDArray labels = raw.toType(DataType.INT64, true);
    if (!kind.endsWith("ignore")) {
      return new Fixed(labels, raw, Optional.empty(), heads);
    }
    NDArray valid = labels.lt(heads).toType(DataType.INT64, true);
    return new Fixed(
        labels.mul(valid), raw, Optional.of(valid.toType(DataType.FLOAT32, true)), heads);
  }

  private static void same(double found, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(found).isNaN();
    } else {
      assertThat(found).isCloseTo(expected, within(1e-7 + 1e-6 * expected));
    }
  }

  @Test
  void movesTheAverageAsTheReferenceWhereThatIsDefined() throws IOException {
    for (JsonNode facts : Golden.list(Golden.facts("optimization", "v2_progress").get("cases"))) {
      double[] dice = Golden.numbers(facts.get("mean_fg_dice"));
      double[] expected = Golden.numbers(facts.get("ema_fg_dice"));
      double average = Double.NaN;
      for (int e = 0; e < dice.length && !Double.isNaN(expected[e]); e++) {
        average = PseudoDice.movingAverage(average, dice[e]);
        assertThat(average)
            .as(facts.get("id").textValue())
            .isCloseTo(expected[e], within(1e-12 + 1e-10 * Math.abs(expected[e])));
      }
    }
  }

  @Test
  void anEpochWithoutForegroundLeavesTheAverage() {
    assertThat(PseudoDice.movingAverage(0.5, Double.NaN)).isEqualTo(0.5);
    assertThat(PseudoDice.movingAverage(Double.NaN, 0.4)).isEqualTo(0.4);
  }
}
