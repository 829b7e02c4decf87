package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Against SimpleITK, on a phantom and on real images; golden/bias-field says how it was run. */
class BiasFieldGoldenTest {
  private static final int THREADS = 2;

  /** Sums for the mean, deviation and correlation of pairs of values. */
  private static final class Pairs {
    private double count;
    private double a;
    private double b;
    private double aa;
    private double bb;
    private double ab;

    void add(double x, double y) {
      count++;
      a += x;
      b += y;
      aa += x * x;
      bb += y * y;
      ab += x * y;
    }

    double correlation() {
      return (ab - a * b / count) / Math.sqrt((aa - a * a / count) * (bb - b * b / count));
    }

    double variation() {
      return Math.sqrt(aa / count - a / count * a / count) / (a / count);
    }
  }

  @Test
  void correctsAsSimpleItk() throws IOException {
    Golden golden = Golden.of("bias-field/bias_field");
    for (JsonNode c : golden.cases()) {
      String name = c.get("name").textValue();
      Volume image = image(golden, c);
      N4BiasField n4 = settings(c);
      Mask mask = n4.foreground().mask(image);
      assertThat(mask.count()).as(name + " mask").isEqualTo(c.get("masked_voxels").intValue());
      BiasField field = n4.estimate(image, mask, THREADS);
      float[] logarithm = field.logarithm(image.grid(), THREADS).unsafeArray(0);
      float[] corrected = field.correct(image, THREADS).unsafeArray(0);

      assertThat(largestDifference(golden, c, image, mask, logarithm))
          .as(name + " log field, iterations " + field.iterations())
          .isLessThan(c.get("tolerance").doubleValue());
      assertThat(correlation(golden, c, image, mask, corrected))
          .as(name + " correlation with the reference's corrected image")
          .isGreaterThan(1 - c.get("tolerance").doubleValue() / 100);
      double variation = variation(golden, c, image, corrected);
      assertThat(variation)
          .as(name + " variation within white matter")
          .isLessThan(1.001 * c.get("variation_after").doubleValue());
    }
  }

  private static Volume image(Golden golden, JsonNode c) throws IOException {
    String key = c.get("image").textValue();
    if (key.endsWith(".nii.gz")) {
      return ImageFormats.nifti().read(Path.of(key));
    }
    int[] shape = golden.arrays().get(key).extents();
    float[] voxels = golden.arrays().get(key).floats();
    if (c.has("slice")) {
      int plane = shape[1] * shape[2];
      int from = c.get("slice").intValue() * plane;
      voxels = Arrays.copyOfRange(voxels, from, from + plane);
      shape[0] = 1;
    }
    return Volume.wrap(Grid.of(Extent.of(shape), Spacing.millimetres(1.5, 1, 1)), voxels);
  }

  private static N4BiasField settings(JsonNode c) {
    JsonNode s = c.get("settings");
    int[] points = Golden.ints(s.get("control_points"));
    return N4BiasField.builder()
        .maximumIterations(Golden.ints(s.get("maximum_iterations")))
        .convergenceThreshold(s.get("convergence_threshold").doubleValue())
        .biasFieldFullWidthAtHalfMaximum(s.get("fwhm").doubleValue())
        .wienerFilterNoise(s.get("noise").doubleValue())
        .histogramBins(s.get("bins").intValue())
        .controlPoints(points[0], points[1], points[2])
        .splineOrder(s.get("order").intValue())
        .shrinkFactor(s.get("shrink").intValue())
        .foreground(
            c.get("mask_rule").textValue().equals("otsu")
                ? ForegroundRules.otsu()
                : ForegroundRules.nonzero())
        .build();
  }

  /** A voxel and the reference's log field there. */
  @FunctionalInterface
  private interface Use {
    void accept(int voxel, float logField);
  }

  private static void forEach(Golden golden, JsonNode c, Volume image, Mask mask, Use use) {
    float[] reference = golden.arrays().get(c.get("log_field").textValue()).floats();
    int stride = c.get("stride").intValue();
    Extent extent = image.grid().extent();
    int at = 0;
    for (int z = 0; z < extent.get(0); z += stride) {
      for (int y = 0; y < extent.get(1); y += stride) {
        for (int x = 0; x < extent.get(2); x += stride, at++) {
          int voxel = (z * extent.get(1) + y) * extent.get(2) + x;
          if (mask.unsafeArray()[voxel]) {
            use.accept(voxel, reference[at]);
          }
        }
      }
    }
    assertThat(reference).hasSize(at);
  }

  private static double largestDifference(
      Golden golden, JsonNode c, Volume image, Mask mask, float[] got) {
    double[] largest = new double[1];
    forEach(
        golden,
        c,
        image,
        mask,
        (voxel, want) -> largest[0] = Math.max(largest[0], Math.abs(got[voxel] - want)));
    return largest[0];
  }

  private static double correlation(
      Golden golden, JsonNode c, Volume image, Mask mask, float[] corrected) {
    Pairs pairs = new Pairs();
    float[] voxels = image.unsafeArray(0);
    forEach(
        golden,
        c,
        image,
        mask,
        (voxel, field) -> pairs.add(corrected[voxel], voxels[voxel] / Math.exp(field)));
    return pairs.correlation();
  }

  private static double variation(Golden golden, JsonNode c, Volume image, float[] corrected) {
    Pairs pairs = new Pairs();
    int[] tissue = c.has("tissue_label") ? golden.arrays().get("phantom/tissue").ints() : null;
    int offset = c.has("slice") ? c.get("slice").intValue() * corrected.length : 0;
    float[] voxels = image.unsafeArray(0);
    for (int i = 0; i < corrected.length; i++) {
      boolean white =
          tissue != null
              ? tissue[offset + i] == c.get("tissue_label").intValue()
              : voxels[i] > c.get("white_matter_like").get(0).floatValue()
                  && voxels[i] < c.get("white_matter_like").get(1).floatValue();
      if (white) {
        pairs.add(corrected[i], 0);
      }
    }
    return pairs.variation();
  }

  @Test
  void findsThePhantomsField() throws IOException {
    Golden golden = Golden.of("bias-field/bias_field");
    JsonNode c = golden.facts().get("cases").get(0);
    Volume image = image(golden, c);
    Mask mask = ForegroundRules.nonzero().mask(image);
    BiasField found = N4BiasField.standard().estimate(image, mask, THREADS);
    float[] got = found.logarithm(image.grid(), THREADS).unsafeArray(0);
    float[] truth = golden.arrays().get("phantom/field").floats();
    Extent extent = image.grid().extent();
    Pairs pairs = new Pairs();
    int at = 0;
    for (int z = 0; z < extent.get(0); z += 4) {
      for (int y = 0; y < extent.get(1); y += 4) {
        for (int x = 0; x < extent.get(2); x += 4, at++) {
          int voxel = (z * extent.get(1) + y) * extent.get(2) + x;
          if (mask.unsafeArray()[voxel]) {
            pairs.add(got[voxel], Math.log(truth[at]));
          }
        }
      }
    }
    assertThat(pairs.correlation()).isGreaterThan(0.97);
    assertThat(variation(golden, c, image, found.correct(image, 1).unsafeArray(0)))
        .isLessThan(0.5 * c.get("variation_before").doubleValue());
  }
}
