package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What nnU-Net v1 does to intensities. */
class V1NormalizationGoldenTest {
  @Test
  void normalizesAsVersion1() throws IOException {
    Golden golden = Golden.of("normalization/v1_normalization");
    int checked = 0;
    for (JsonNode c : golden.cases()) {
      if (c.hasNonNull("note")) {
        continue; // rounding noise of single precision, says the reference's README
      }
      int[] shape = golden.arrays().get(c.get("image").textValue()).extents();
      Grid grid = Grid.of(Extent.of(shape), Spacing.millimetres(1, 1, 1));
      float[] image = golden.arrays().get(c.get("image").textValue()).floats();
      String preprocessor = c.get("preprocessor").textValue();
      if (preprocessor.equals("GenericPreprocessor")) {
        for (int i = 0; i < image.length; i++) {
          image[i] = Float.isNaN(image[i]) ? 0 : image[i];
        }
      }
      float[] got =
          scheme(preprocessor, c.get("scheme").textValue())
              .apply(Volume.wrap(grid, image), context(golden, c, grid))
              .unsafeArray(0);
      boolean given = false;
      for (float value : image) {
        given |= !Float.isFinite(value);
      }
      compare(got, given, golden.arrays().get(c.get("output").textValue()).floats(), c);
      checked++;
    }
    assertThat(checked).isEqualTo(133);
  }

  /** Where the reference divides by a standard deviation of 0 or of nothing, ours stays finite. */
  private static void compare(float[] got, boolean nanGiven, float[] want, JsonNode c) {
    String name = c.get("name").textValue();
    double absolute = c.get("tolerance").get("abs").doubleValue();
    double relative = c.get("tolerance").get("rel").doubleValue();
    boolean divides = c.get("scheme").textValue().startsWith("CT");
    assertThat(got).as(name).hasSameSizeAs(want);
    for (int i = 0; i < got.length; i++) {
      boolean repaired = divides && !nanGiven && !Float.isFinite(want[i]);
      boolean close =
          repaired
              ? Float.isFinite(got[i])
              : Float.compare(got[i], want[i]) == 0
                  || Math.abs(got[i] - want[i]) <= absolute + relative * Math.abs(want[i]);
      if (!close) {
        assertThat(got[i]).as(name + " voxel " + i).isEqualTo(want[i]);
      }
    }
  }

  private static IntensityNormalization scheme(String preprocessor, String scheme) {
    if (preprocessor.equals("GenericPreprocessor_scale_uint8_to_0_1")) {
      return IntensityNormalizations.divideBy(255);
    }
    return scheme(scheme);
  }

  static IntensityNormalization scheme(String word) {
    return switch (word) {
      case "nonCT" -> IntensityNormalizations.nonCt();
      case "CT" -> IntensityNormalizations.ctV1();
      case "CT2" -> IntensityNormalizations.ct2();
      default -> IntensityNormalizations.none();
    };
  }

  private static IntensityNormalization.Context context(Golden golden, JsonNode c, Grid grid) {
    Optional<Mask> mask = Optional.empty();
    if (c.get("use_nonzero_mask").booleanValue()) {
      short[] seg = golden.labels(c.get("seg").textValue());
      boolean[] inside = new boolean[seg.length];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = seg[i] >= 0;
      }
      mask = Optional.of(Mask.wrap(grid, inside));
    }
    JsonNode index = c.get("intensity_properties");
    IntensityStatistics statistics =
        index == null || index.isNull()
            ? IntensityStatistics.builder().build()
            : statistics(golden.facts().get("intensity_properties").get(index.intValue()));
    return new IntensityNormalization.Context(mask, statistics);
  }

  static IntensityStatistics statistics(JsonNode p) {
    return IntensityStatistics.builder()
        .mean(p.get("mean").doubleValue())
        .standardDeviation(p.get("sd").doubleValue())
        .percentile00_5(p.get("percentile_00_5").doubleValue())
        .percentile99_5(p.get("percentile_99_5").doubleValue())
        .build();
  }
}
