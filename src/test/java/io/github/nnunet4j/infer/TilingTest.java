package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TilingTest {
  @Test
  void startsTilesWhereTheReferenceDoes() {
    List<JsonNode> cases = InferGolden.cases("steps.json");
    assertThat(cases).hasSizeGreaterThan(100);
    for (JsonNode c : cases) {
      int[] image = InferGolden.ints(c.get("image"));
      int[] patch = InferGolden.ints(c.get("patch"));
      for (int axis = 0; axis < patch.length; axis++) {
        if (image[axis] < patch[axis]) {
          continue; // the reference gives nonsense there; refused, see below
        }
        assertThat(Tiling.starts(image[axis], patch[axis], c.get("step").doubleValue()))
            .as("%s axis %d", c, axis)
            .containsExactlyElementsOf(
                Arrays.stream(InferGolden.ints(c.get("steps").get(axis))).boxed().toList());
      }
    }
  }

  @Test
  void visitsTilesInTheOrderOfTheReference() {
    List<JsonNode> slicers = InferGolden.list(InferGolden.json("steps.json").get("slicers"));
    assertThat(slicers).isNotEmpty();
    for (JsonNode c : slicers) {
      Tiling tiling =
          new Tiling(
              Extent.of(InferGolden.ints(c.get("image"))),
              Extent.of(InferGolden.ints(c.get("patch"))),
              c.get("step").doubleValue());
      List<List<Integer>> starts =
          tiling.tiles().stream().map(box -> List.of(box.z(), box.y(), box.x())).toList();
      List<List<Integer>> expected =
          InferGolden.list(c.get("starts")).stream()
              .map(s -> Arrays.stream(InferGolden.ints(s)).boxed().toList())
              .toList();
      assertThat(starts).as("%s", c).isEqualTo(expected);
    }
  }

  @Test
  void centresAnImageSmallerThanThePatchAsTheReferencePadsIt() {
    int seen = 0;
    for (JsonNode c : InferGolden.cases("pad.json")) {
      int[] shape = InferGolden.ints(c.get("shape"));
      int[] patch = InferGolden.ints(c.get("new_shape"));
      if (!c.get("divisible_by").isNull() || shape.length != 4 || patch.length > 3) {
        continue;
      }
      Tiling tiling = new Tiling(Extent.of(shape[1], shape[2], shape[3]), Extent.of(patch), 0.5);
      Box first = tiling.tiles().get(0);
      for (int axis = 0; axis < 3; axis++) {
        int below = c.get("slicer").get(axis + 1).get(0).intValue();
        assertThat(first.from(axis)).as("%s axis %d", c, axis).isEqualTo(-below);
      }
      seen++;
    }
    assertThat(seen).isGreaterThan(4);
  }

  @Property(tries = 2000)
  void tilesCoverTheLineEvenly(
      @ForAll @IntRange(min = 1, max = 600) int image,
      @ForAll @IntRange(min = 1, max = 200) int patch,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    int size = Math.max(image, patch);
    double step = percent / 100.0;
    List<Integer> starts = Tiling.starts(size, patch, step);
    assertThat(starts).hasSize((int) Math.ceil((size - patch) / (patch * step)) + 1);
    assertThat(starts.get(0)).isZero();
    assertThat(starts.get(starts.size() - 1)).isEqualTo(size - patch);
    for (int i = 1; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 1))
          .isBetween(0, (int) Math.ceil(patch * step))
          .isLessThanOrEqualTo(patch);
    }
  }

  @Test
  void refusesWhatCannotBeTiled() {
    assertThatIllegalArgumentException().isThrownBy(() -> Tiling.starts(7, 8, 0.5));
    assertThatIllegalArgumentException().isThrownBy(() -> Tiling.starts(8, 8, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> Tiling.starts(8, 8, 1.1));
    Extent patch = Extent.of(4, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tiling(Extent.of(0, 4, 4), patch, 0.5))
        .withMessageContaining("no voxels");
    assertThatIllegalArgumentException().isThrownBy(() -> new Tiling(Extent.of(4, 4), patch, 0.5));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Tiling(Extent.of(4, 4, 4), patch, Double.NaN));
  }
}
