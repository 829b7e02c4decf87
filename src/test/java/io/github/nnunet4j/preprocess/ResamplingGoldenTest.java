package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
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

  @Test
  void resamplesImagesAndLabelsAsTorch() throws IOException {
    Golden golden = Golden.of("resampling/torch_resampling");
    int checked = 0;
    for (JsonNode c : golden.cases()) {
      TorchMode mode = TorchMode.ofWord(c.get("mode").textValue());
      boolean majority = c.get("memefficient_seg_resampling").booleanValue();
      // the simple form knows no spacing and treats all axes alike; a plane is one slice
      boolean simple = c.get("function").textValue().equals("resample_torch_simple");
      Spacing one = Spacing.millimetres(1, 1, 1);
      Spacing from = simple ? one : spacing(c.get("current_spacing"));
      Grid target =
          Grid.of(extent(c.get("new_shape")), simple ? one : spacing(c.get("new_spacing")));
      if (simple) {
        TorchSimpleResampling torch = new TorchSimpleResampling(mode, majority);
        checkTorch(golden, c, torch, torch, from, target);
      } else {
        TorchMode thick = TorchMode.ofWord(c.get("aniso_axis_mode").textValue());
        TorchResampling torch = new TorchResampling(separate(c), mode, thick, majority);
        checkTorch(golden, c, torch, torch, from, target);
      }
      checked++;
    }
    assertThat(checked).isEqualTo(75);
  }

  private static void checkTorch(
      Golden golden,
      JsonNode c,
      Resampling torch,
      LabelResampling labels,
      Spacing from,
      Grid target) {
    String name = c.get("name").textValue();
    Safetensors.Tensor input = golden.arrays().get(c.get("input").textValue());
    Safetensors.Tensor output = golden.arrays().get(c.get("output").textValue());
    int[] shape = input.extents();
    Grid grid = Grid.of(extent(Arrays.copyOfRange(shape, 1, shape.length)), from);
    for (int channel = 0; channel < shape[0]; channel++) {
      if (c.get("is_seg").booleanValue()) {
        short[] expected = part(output, channel, target);
        LabelMap source = LabelMap.wrap(grid, part(input, channel, grid));
        LabelMap result = labels.apply(source, target);
        if (c.get("memefficient_seg_resampling").booleanValue()) {
          assertSameButNear(golden, c, channel, result, expected);
        } else { // near ties included: the rule decides them as the reference does
          assertThat(result.unsafeArray()).as(name).isEqualTo(expected);
        }
        assertThat(labels.apply(source, target, 3)).as(name).isEqualTo(result);
      } else {
        int n = (int) grid.voxels();
        int m = (int) target.voxels();
        float[] values = Arrays.copyOfRange(input.floats(), channel * n, (channel + 1) * n);
        float[] expected = Arrays.copyOfRange(output.floats(), channel * m, (channel + 1) * m);
        Volume source = Volume.wrap(grid, values);
        Volume result = torch.apply(source, target);
        assertThat(result.unsafeArray(0)).as(name).containsExactly(expected, within(5e-6f));
        assertThat(torch.apply(source, target, 3)).as(name).isEqualTo(result);
        float[] slabs = new float[m];
        torch.slabs(grid, target).slab(values, 0, target.extent().get(0), slabs);
        assertThat(slabs).as(name).isEqualTo(result.unsafeArray(0));
      }
    }
  }

  private static void assertSameButNear(
      Golden golden, JsonNode c, int channel, LabelMap result, short[] expected) {
    short[] near = c.hasNonNull("near_ties") ? golden.labels(c.get("near_ties").textValue()) : null;
    short[] got = result.unsafeArray();
    for (int i = 0; i < got.length; i++) {
      if (near == null || near[channel * got.length + i] == 0) {
        assertThat(got[i]).as(c.get("name").textValue() + " " + i).isEqualTo(expected[i]);
      }
    }
  }

  private static short[] part(Safetensors.Tensor tensor, int channel, Grid grid) {
    int n = (int) grid.voxels();
    int[] all = tensor.ints();
    short[] out = new short[n];
    for (int i = 0; i < n; i++) {
      out[i] = (short) all[channel * n + i];
    }
    return out;
  }

  @Test
  void resamplesAsVersion1() throws IOException {
    Golden golden = Golden.of("resampling/v1_resampling");
    int checked = 0;
    for (JsonNode c : golden.cases()) {
      String name = c.get("name").textValue();
      int order = c.get("order").intValue();
      int orderZ = Math.min(c.get("order_z").intValue(), 5); // 99999 where no axis is separate
      Spacing from = spacing(c.get("current_spacing"));
      if (c.get("is_seg").booleanValue()) {
        LabelMap result =
            LabelResamplings.threshold(order, orderZ, separate(c))
                .apply(golden.labelMap(c.get("input").textValue(), from), target(c));
        golden.assertSame(result, c.get("output").textValue(), c.get("near_ties"), name);
      } else {
        Volume result =
            Resamplings.spline(order, orderZ, separate(c))
                .apply(golden.volume(c.get("input").textValue(), from), target(c));
        golden.assertClose(result, c.get("output").textValue(), 1e-3, 1e-6, name);
      }
      checked++;
    }
    assertThat(checked).isEqualTo(128);
  }

  @Test
  void decidesAboutExtentsAndSeparateSlicesAsVersion1() throws IOException {
    JsonNode facts = Json.read(Path.of("src/test/resources/golden/resampling/v1_decision.json"));
    for (JsonNode c : facts.get("cases")) {
      String name = c.get("name").textValue();
      Spacing from = spacing(c.get("current_spacing"));
      Spacing to = spacing(c.get("new_spacing"));
      Grid target = TargetGrid.of(Grid.of(extent(c.get("shape")), from), to);
      for (int axis = 0; axis < 3; axis++) {
        int want = c.get("new_shape").get(axis).intValue();
        assertThat(target.extent().get(axis)).as(name).isEqualTo(Math.max(1, want));
      }
      int want = c.get("do_separate_z").booleanValue() ? c.get("axis").intValue() : -1;
      assertThat(SeparateZ.AUTO.axis(from, to).orElse(-1)).as(name).isEqualTo(want);
    }
  }

  @Test
  void roundsToHalfPrecision() {
    assertThat(LinearLabels.half(0)).isZero();
    assertThat(LinearLabels.half(500.1f)).isEqualTo(500);
    assertThat(LinearLabels.half(500.125f)).isEqualTo(500); // halves to even
    assertThat(LinearLabels.half(500.375f)).isEqualTo(500.5);
    assertThat(LinearLabels.half(999.9f)).isEqualTo(1000);
    assertThat(LinearLabels.half(1e-8f)).isZero();
  }

  @Test
  void roundsNewExtentsAsTheReference() throws IOException {
    JsonNode facts = Json.read(Path.of("src/test/resources/golden/resampling/new_shape.json"));
    int halves = 0;
    for (JsonNode c : facts.get("cases")) {
      Grid from = Grid.of(extent(c.get("shape")), padded(c.get("current_spacing")));
      Spacing wanted = padded(c.get("new_spacing"));
      Grid target = TargetGrid.of(from, wanted);
      int[] expected = Golden.ints(c.get("new_shape"));
      int missing = 3 - expected.length;
      for (int axis = 0; axis < 3; axis++) {
        // where the reference would return no voxel at all, one is kept
        assertThat(target.extent().get(axis))
            .as(c.toString())
            .isEqualTo(axis < missing ? 1 : Math.max(1, expected[axis - missing]));
      }
      halves += c.get("exact_half").toString().contains("true") ? 1 : 0;
    }
    assertThat(halves).isEqualTo(46);
  }

  /** A plane is one slice. */
  private static Spacing padded(JsonNode list) {
    double[] axes = Golden.doubles(list);
    return axes.length == 3 ? spacing(list) : Spacing.millimetres(1, axes[0], axes[1]);
  }

  private static Extent extent(JsonNode shape) {
    return extent(Golden.ints(shape));
  }

  private static Extent extent(int[] axes) {
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
