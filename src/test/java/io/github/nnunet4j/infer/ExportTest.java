package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Resamplings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExportTest {
  private static final Safetensors.Content ARRAYS = InferGolden.tensors("export_v2.safetensors");

  private static final Resampling LINEAR = Resamplings.probabilities();

  /** The same numbers, but opaque to the export. */
  private static final Resampling OPAQUE = (source, target) -> LINEAR.apply(source, target);

  static Stream<String> cases() {
    return InferGolden.cases("export_v2.json").stream().map(c -> c.get("name").textValue());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void segmentsAsTheReference(String name) {
    Exported golden = new Exported(name);
    for (Resampling resampling : List.of(LINEAR, OPAQUE)) {
      for (int threads : new int[] {1, 3}) {
        LabelMap actual =
            new Export(resampling, golden.labels, threads).labels(golden.logits, golden.placement);
        assertThat(actual.grid()).isEqualTo(golden.placement.image());
        short[] labels = actual.unsafeArray();
        int[] expected = ARRAYS.get(name + "/segmentation").ints();
        int different = 0;
        for (int i = 0; i < labels.length; i++) {
          different += labels[i] == expected[i] ? 0 : 1;
        }
        assertThat(different).as("%s, %s", name, resampling).isZero();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void givesTheProbabilitiesOfTheReference(String name) {
    Exported golden = new Exported(name);
    float[] expected = ARRAYS.get(name + "/probabilities").floats();
    for (Resampling resampling : List.of(LINEAR, OPAQUE)) {
      Volume actual =
          new Export(resampling, golden.labels, 2).probabilities(golden.logits, golden.placement);
      int voxels = expected.length / actual.channels();
      double worst = 0;
      for (int c = 0; c < actual.channels(); c++) {
        float[] channel = actual.unsafeArray(c);
        assertThat(channel).hasSize(voxels);
        for (int i = 0; i < voxels; i++) {
          double e = expected[c * voxels + i];
          worst = Math.max(worst, Math.abs(channel[i] - e) / (1 + 2 * Math.abs(e)));
        }
      }
      assertThat(worst).as("%s, %s", name, resampling).isLessThan(4.8e-6);
    }
  }

  @Test
  void findsTheSameWinnerWithAndWithoutInterpolatingEveryClass() {
    Random random = new Random(5);
    float[][] logits = new float[7][9 * 8 * 7];
    for (float[] channel : logits) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) random.nextGaussian(); // every class wins somewhere
      }
    }
    Volume volume = Volume.wrap(Grid.of(9, 8, 7), logits);
    Labels labels = Labels.of("a", "b", "c", "d", "e", "f");
    Grid image = Grid.of(Extent.of(21, 17, 30), Spacing.millimetres(9 / 21.0, 8 / 17.0, 7 / 30.0));
    Placement placement = new Placement(image, List.of(0, 1, 2), Box.whole(image.extent()));
    LabelMap fast = new Export(LINEAR, labels, 2).labels(volume, placement);
    LabelMap slow = new Export(OPAQUE, labels, 1).labels(volume, placement);
    assertThat(fast).isEqualTo(slow);
    assertThat(fast.distinct()).hasSizeGreaterThan(4);
  }

  @Test
  void refusesLogitsThatDoNotFitTheLabels() {
    Placement placement =
        new Placement(Grid.of(2, 2, 2), List.of(0, 1, 2), Box.whole(Extent.of(2, 2, 2)));
    Volume one = Volume.wrap(Grid.of(2, 2, 2), new float[8]);
    Export export = new Export(LINEAR, Labels.of("a"), 1);
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> export.labels(one, placement))
        .withMessageContaining("2 channels")
        .withMessageContaining("found 1");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(() -> export.probabilities(one, placement));
  }

  @Test
  void refusesAResamplingThatMissesTheTarget() {
    Placement placement =
        new Placement(Grid.of(4, 4, 4), List.of(0, 1, 2), Box.whole(Extent.of(4, 4, 4)));
    Volume two = Volume.wrap(Grid.of(2, 2, 2), new float[8], new float[8]);
    Export export = new Export((source, target) -> source, Labels.of("a"), 1);
    assertThatExceptionOfType(StrategyException.class)
        .isThrownBy(() -> export.labels(two, placement))
        .withMessageContaining("4x4x4")
        .withMessageContaining("2x2x2");
    Export none = new Export(Resamplings.none(), Labels.of("a"), 1);
    assertThatExceptionOfType(StrategyException.class)
        .isThrownBy(() -> none.labels(two, placement))
        .withMessageContaining("slabs of 2x2x2");
  }

  @Test
  void exportsThroughCubicResamplingToo() {
    Random random = new Random(6);
    float[][] logits = new float[3][6 * 7 * 8];
    for (float[] channel : logits) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) random.nextGaussian();
      }
    }
    Volume volume = Volume.wrap(Grid.of(6, 7, 8), logits);
    Grid image = Grid.of(Extent.of(12, 14, 16), Spacing.millimetres(0.5, 0.5, 0.5));
    Placement placement = new Placement(image, List.of(0, 1, 2), Box.whole(image.extent()));
    Resampling cubic = Resamplings.images();
    LabelMap actual = new Export(cubic, Labels.of("a", "b"), 2).labels(volume, placement);
    Volume whole = cubic.apply(volume, image);
    for (int i = 0; i < image.voxels(); i++) {
      float value = whole.unsafeArray(actual.unsafeArray()[i])[i];
      for (int c = 0; c < 3; c++) {
        assertThat(value).isGreaterThanOrEqualTo(whole.unsafeArray(c)[i]);
      }
    }
  }

  /** A recorded export. */
  static final class Exported {
    final Labels labels;
    final Volume logits;
    final Placement placement;

    Exported(String name) {
      JsonNode c =
          InferGolden.cases("export_v2.json").stream()
              .filter(n -> n.get("name").textValue().equals(name))
              .findFirst()
              .orElseThrow();
      JsonNode order = c.get("regions_class_order");
      labels =
          labels(
              c.get("labels"),
              order.isNull()
                  ? List.of()
                  : InferGolden.list(order).stream().map(JsonNode::intValue).toList());
      int[] forward = InferGolden.ints(c.get("transpose_forward"));
      int[] transposed = InferGolden.ints(c.get("shape_before_cropping"));
      int[] extent = new int[3];
      for (int i = 0; i < 3; i++) {
        extent[forward[i]] = transposed[i];
      }
      Spacing spacing = Spacing.millimetres(InferGolden.doubles(c.get("spacing")));
      int[] lower = new int[3];
      int[] upper = new int[3];
      for (int i = 0; i < 3; i++) {
        lower[i] = c.get("bbox").get(i).get(0).intValue();
        upper[i] = c.get("bbox").get(i).get(1).intValue();
      }
      placement =
          new Placement(
              Grid.of(Extent.of(extent), spacing),
              List.of(forward[0], forward[1], forward[2]),
              Box.between(lower, upper));
      double[] config = InferGolden.doubles(c.get("config_spacing"));
      Spacing network =
          config.length == 3
              ? Spacing.millimetres(config)
              : Spacing.millimetres(spacing.get(forward[0]), config[0], config[1]);
      Volume raw = InferGolden.volume(ARRAYS.get(name + "/logits"));
      logits = raw.withGrid(raw.grid().withSpacing(network));
    }

    private static Labels labels(JsonNode node, List<Integer> order) {
      Map<String, List<Integer>> entries = new LinkedHashMap<>();
      if (node.isTextual()) { // "background 0 and 254 labels 1..254"
        int last = Integer.parseInt(node.textValue().replaceAll(".*\\.", ""));
        return Labels.of(
            IntStream.rangeClosed(1, last).mapToObj(i -> "label" + i).toArray(String[]::new));
      }
      node.properties()
          .forEach(
              e ->
                  entries.put(
                      e.getKey(),
                      e.getValue().isArray()
                          ? InferGolden.list(e.getValue()).stream().map(JsonNode::intValue).toList()
                          : List.of(e.getValue().intValue())));
      return Labels.of(entries, order);
    }
  }
}
