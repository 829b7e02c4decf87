package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ResamplingGoldenTest {
  @Test
  void decidesAboutSeparateSlicesAsTheReference() throws IOException {
    JsonNode facts = Json.read(Path.of("src/test/resources/golden/resampling/decision.json"));
    for (JsonNode c : facts.get("cases")) {
      int axis =
          separate(c)
              .axis(
                  spacing(c.get("current_spacing")),
                  spacing(c.get("new_spacing")),
                  c.get("threshold").doubleValue())
              .orElse(-1);
      assertThat(axis)
          .as(c.get("name").textValue())
          .isEqualTo(c.get("do_separate_z").booleanValue() ? c.get("axis").intValue() : -1);
    }
  }

  @Test
  void resamplesImagesAndLogitsAsTheReference() throws IOException {
    Golden golden = Golden.of("resampling/default_resampling");
    for (JsonNode c : golden.cases()) {
      if (c.get("is_seg").booleanValue()) {
        continue;
      }
      Volume source = golden.volume(c.get("input").textValue(), spacing(c.get("current_spacing")));
      Grid target = target(c);
      SplineResampling resampling =
          new SplineResampling(c.get("order").intValue(), c.get("order_z").intValue(), separate(c));
      String name = c.get("name").textValue();
      boolean half = c.path("storage").asText().equals("float16");
      double coarse = half ? 5e-4 : 2e-6;
      Volume result = resampling.apply(source, target);
      golden.assertClose(result, c.get("output").textValue(), 2e-5, coarse, name);
      assertThat(resampling.apply(source, target, 3)).as(name).isEqualTo(result);
      assertSlabsAreParts(resampling, source, result, name);
    }
  }

  private static void assertSlabsAreParts(
      SplineResampling resampling, Volume source, Volume result, String name) {
    SlabResampling slabs = resampling.slabs(source.grid(), result.grid());
    assertThat(slabs.target()).isEqualTo(result.grid().extent());
    assertThat(slabs.slices()).isBetween(1, slabs.target().get(0));
    int plane = slabs.target().get(1) * slabs.target().get(2);
    for (int step : new int[] {1, 3}) {
      float[] out = new float[step * plane];
      for (int z = 0; z < slabs.target().get(0); z += step) {
        int to = Math.min(z + step, slabs.target().get(0));
        slabs.slab(source.unsafeArray(0), z, to, out);
        for (int i = 0; i < (to - z) * plane; i++) {
          assertThat(out[i]).as(name).isEqualTo(result.unsafeArray(0)[z * plane + i]);
        }
      }
    }
  }

  @Test
  void resamplesLabelsAsTheReferenceUnderBothRules() throws IOException {
    Golden golden = Golden.of("resampling/default_resampling");
    for (JsonNode c : golden.cases()) {
      if (!c.get("is_seg").booleanValue()) {
        continue;
      }
      LabelMap source =
          golden.labelMap(c.get("input").textValue(), spacing(c.get("current_spacing")));
      String threshold = c.path("output_threshold").asText(c.get("output").textValue());
      check(golden, c, source, LabelRule.ARGMAX, c.get("output").textValue());
      check(golden, c, source, LabelRule.THRESHOLD, threshold);
    }
  }

  private static void check(
      Golden golden, JsonNode c, LabelMap source, LabelRule rule, String output) {
    SplineLabelResampling resampling =
        new SplineLabelResampling(
            c.get("order").intValue(), c.get("order_z").intValue(), separate(c), rule);
    String name = c.get("name").textValue() + " " + rule;
    LabelMap result = resampling.apply(source, target(c));
    golden.assertSame(result, output, c.get("near_ties"), name);
    assertThat(resampling.apply(source, target(c), 3)).as(name).isEqualTo(result);
  }

  @Test
  void resizesLabelsAsTheReferenceUnderBothRules() throws IOException {
    Golden golden = Golden.of("resampling/resize_segmentation");
    for (JsonNode c : golden.cases()) {
      Extent in = extent(c.get("input_shape"));
      Extent out = extent(c.get("output_shape"));
      LabelMap source =
          LabelMap.wrap(
              Grid.of(in, Spacing.millimetres(1, 1, 1)), golden.labels(c.get("input").textValue()));
      for (LabelRule rule : LabelRule.values()) {
        String key = rule == LabelRule.ARGMAX ? "output_argmax" : "output_threshold";
        LabelMap result =
            new SplineLabelResampling(c.get("order").intValue(), 0, SeparateZ.NEVER, rule)
                .apply(source, Grid.of(out, Spacing.millimetres(1, 1, 1)));
        golden.assertSame(
            result,
            c.get(key).textValue(),
            c.get("near_ties"),
            c.get("name").textValue() + " " + rule);
      }
    }
  }

  private static Extent extent(JsonNode shape) {
    int[] axes = Golden.ints(shape);
    int missing = 3 - axes.length;
    return Extent.of(3, i -> i < missing ? 1 : axes[i - missing]);
  }

  private static Spacing spacing(JsonNode list) {
    return Spacing.millimetres(Golden.doubles(list));
  }

  private static Grid target(JsonNode c) {
    return Grid.of(Extent.of(Golden.ints(c.get("new_shape"))), spacing(c.get("new_spacing")));
  }

  private static SeparateZ separate(JsonNode c) {
    JsonNode force = c.get("force_separate_z");
    return SeparateZ.ofForce(force.isNull() ? null : force.booleanValue());
  }
}
