package io.github.nnunet4j.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kernel of resampling in double precision, orders 0 to 5. */
class SplineGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/resampling");

  private static Stream<Named<JsonNode>> offered(String file) throws IOException {
    return StreamSupport.stream(
            Json.read(FOLDER.resolve(file + ".json")).get("cases").spliterator(), false)
        .map(c -> Named.of(c.get("name").textValue(), c));
  }

  static Stream<Named<JsonNode>> sizes() throws IOException {
    return offered("skimage_resize");
  }

  static Stream<Named<JsonNode>> lines() throws IOException {
    return offered("spline_coefficients");
  }

  private static double[] array(String file, JsonNode key) throws IOException {
    return Safetensors.read(FOLDER.resolve(file + ".safetensors")).get(key.textValue()).doubles();
  }

  @Test
  void allCasesAreOffered() throws IOException {
    assertThat(sizes()).hasSize(141);
    assertThat(lines()).hasSize(20);
  }

  /** Of the padding of 12 samples, ours has 2 up to order 3, which go on without end. */
  @ParameterizedTest
  @MethodSource("lines")
  void turnsLinesIntoTheCoefficientsOfTheReference(JsonNode c) throws IOException {
    double[] samples = array("spline_coefficients", c.get("input"));
    double[] expected = array("spline_coefficients", c.get("output"));
    SplineAxis axis = SplineAxis.of(samples.length, 2 * samples.length, c.get("order").intValue());
    double[] line = new double[axis.padded()];
    double[][] columns = new double[axis.padded()][3];
    for (int i = 0; i < samples.length; i++) {
      line[axis.pad + i] = samples[i];
      columns[axis.pad + i][1] = samples[i];
    }
    Prefilter.along(line, axis);
    Prefilter.across(columns, axis, 0, 3);
    int skipped = (expected.length - line.length) / 2;
    for (int i = 0; i < line.length; i++) {
      double want = expected[skipped + i];
      assertThat(axis.gain * line[i]).as("along %d", i).isCloseTo(want, within(1e-10));
      assertThat(axis.gain * columns[i][1]).as("across %d", i).isCloseTo(want, within(1e-10));
      assertThat(columns[i][0]).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void resizesOneToThreeAxesAsTheReference(JsonNode c) throws IOException {
    double[] source = array("skimage_resize", c.get("input"));
    double[] expected = array("skimage_resize", c.get("output"));
    int[] in = extent(c.get("input_shape"));
    int[] out = extent(c.get("output_shape"));
    double[] result = resized(source, in, out, c.get("order").intValue());
    if (c.get("clip").booleanValue()) {
      double low = Arrays.stream(source).min().orElseThrow();
      double high = Arrays.stream(source).max().orElseThrow();
      result = Arrays.stream(result).map(v -> Math.min(Math.max(v, low), high)).toArray();
    }
    assertThat(result).hasSize(expected.length);
    for (int i = 0; i < result.length; i++) {
      assertThat(result[i]).as("voxel %d", i).isCloseTo(expected[i], within(1e-9));
    }
  }

  /** The same with the clip of a whole channel, in the single precision of images. */
  @ParameterizedTest
  @MethodSource("sizes")
  void resizesAndClipsChannelsAsTheReference(JsonNode c) throws IOException {
    double[] source = array("skimage_resize", c.get("input"));
    double[] expected = array("skimage_resize", c.get("output"));
    double low = Arrays.stream(source).min().orElseThrow();
    double high = Arrays.stream(source).max().orElseThrow();
    float[] channel = new float[source.length];
    for (int i = 0; i < channel.length; i++) {
      channel[i] = (float) source[i];
    }
    SplineAxis[] axes = axes(c);
    ChannelSpline spline = new ChannelSpline(axes[0], axes[1], axes[2], false);
    float[] result = spline.resample(channel, 2);
    assertThat(result).hasSize(expected.length);
    double rounding = 2e-7 * Math.max(Math.abs(low), Math.abs(high));
    for (int i = 0; i < result.length; i++) {
      double want = Math.min(Math.max(expected[i], low), high);
      assertThat((double) result[i]).as("voxel %d", i).isCloseTo(want, within(rounding));
    }
  }

  private static SplineAxis[] axes(JsonNode c) {
    int[] in = extent(c.get("input_shape"));
    int[] out = extent(c.get("output_shape"));
    SplineAxis[] axes = new SplineAxis[3];
    for (int axis = 0; axis < 3; axis++) {
      axes[axis] = SplineAxis.of(in[axis], out[axis], c.get("order").intValue());
    }
    return axes;
  }

  /** In plane slice by slice, then along z with the slices as rows. */
  private static double[] resized(double[] source, int[] in, int[] out, int order) {
    int plane = out[1] * out[2];
    PlaneSpline inPlane =
        new PlaneSpline(SplineAxis.of(in[1], out[1], order), SplineAxis.of(in[2], out[2], order));
    double[] stack = new double[in[0] * plane];
    double[] slice = new double[plane];
    for (int z = 0; z < in[0]; z++) {
      int from = z * in[1] * in[2];
      inPlane.apply(Arrays.copyOfRange(source, from, from + in[1] * in[2]), slice);
      System.arraycopy(slice, 0, stack, z * plane, plane);
    }
    double[] result = new double[out[0] * plane];
    new PlaneSpline(SplineAxis.of(in[0], out[0], order), SplineAxis.of(plane, plane, order))
        .apply(stack, result);
    return result;
  }

  /** Missing axes have one voxel. */
  private static int[] extent(JsonNode shape) {
    int[] extent = {1, 1, 1};
    for (int axis = 0; axis < shape.size(); axis++) {
      extent[3 - shape.size() + axis] = shape.get(axis).intValue();
    }
    return extent;
  }
}
