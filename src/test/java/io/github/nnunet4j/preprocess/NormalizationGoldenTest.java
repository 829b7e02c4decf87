package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NormalizationGoldenTest {
  @Test
  void normalizesAsTheReference() throws IOException {
    Golden golden = Golden.of("normalization/v2_normalization");
    for (JsonNode c : golden.cases()) {
      String name = c.get("name").textValue();
      if (c.hasNonNull("note")) {
        continue; // rounding noise of single precision, says the reference's README
      }
      Volume image = image(golden, c.get("image").textValue());
      IntensityNormalization normalization = scheme(c.get("scheme").textValue());
      IntensityNormalization.Context context = context(golden, c, image.grid());
      if (c.hasNonNull("error")) {
        assertThatThrownBy(() -> normalization.apply(image, context))
            .as(name)
            .isInstanceOf(PreprocessException.class)
            .hasMessageContaining("0 and 255");
        continue;
      }
      Volume result = normalization.apply(image, context);
      assertClose(
          result.unsafeArray(0),
          golden.arrays().get(c.get("output").textValue()).floats(),
          c.get("tolerance"),
          name);
    }
  }

  private static void assertClose(float[] got, float[] want, JsonNode tolerance, String name) {
    double absolute = tolerance.get("abs").doubleValue();
    double relative = tolerance.get("rel").doubleValue();
    assertThat(got).as(name).hasSameSizeAs(want);
    for (int i = 0; i < got.length; i++) {
      boolean close =
          Float.compare(got[i], want[i]) == 0
              || Math.abs(got[i] - want[i]) <= absolute + relative * Math.abs(want[i]);
      if (!close) {
        assertThat(got[i]).as(name + " voxel " + i).isEqualTo(want[i]);
      }
    }
  }

  private static Volume image(Golden golden, String key) {
    int[] shape = golden.arrays().get(key).extents();
    Grid grid = Grid.of(Extent.of(shape), Spacing.millimetres(1, 1, 1));
    return Volume.wrap(grid, golden.arrays().get(key).floats());
  }

  private static IntensityNormalization.Context context(Golden golden, JsonNode c, Grid grid) {
    Optional<Mask> mask = Optional.empty();
    if (c.path("use_mask_for_norm").booleanValue()) {
      short[] seg = golden.labels(c.get("seg").textValue());
      boolean[] inside = new boolean[seg.length];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = seg[i] >= 0;
      }
      mask = Optional.of(Mask.wrap(grid, inside));
    }
    IntensityStatistics statistics = IntensityStatistics.builder().build();
    if (c.hasNonNull("intensity_properties")) {
      JsonNode p =
          golden.facts().get("intensity_properties").get(c.get("intensity_properties").intValue());
      statistics =
          IntensityStatistics.builder()
              .mean(p.get("mean").doubleValue())
              .standardDeviation(p.get("std").doubleValue())
              .percentile00_5(p.get("percentile_00_5").doubleValue())
              .percentile99_5(p.get("percentile_99_5").doubleValue())
              .build();
    }
    return new IntensityNormalization.Context(mask, statistics);
  }

  static IntensityNormalization scheme(String name) {
    return switch (name) {
      case "ZScoreNormalization" -> IntensityNormalizations.zScore();
      case "CTNormalization" -> IntensityNormalizations.ct();
      case "NoNormalization" -> IntensityNormalizations.none();
      case "RescaleTo01Normalization" -> IntensityNormalizations.rescaleTo01();
      default -> IntensityNormalizations.rgbTo01();
    };
  }
}
