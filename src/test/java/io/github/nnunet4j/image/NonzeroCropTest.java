package io.github.nnunet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class NonzeroCropTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/fingerprint");

  @TestFactory
  Stream<DynamicTest> cropsAsTheReference() throws IOException {
    JsonNode root = Json.read(GOLDEN.resolve("crop.json"));
    Safetensors.Content tensors = Safetensors.read(GOLDEN.resolve("crop.safetensors"));
    return Stream.iterate(0, i -> i < root.get("cases").size(), i -> i + 1)
        .map(i -> root.get("cases").get(i))
        .map(c -> DynamicTest.dynamicTest(c.get("id").asText(), () -> compare(c, tensors)));
  }

  private static void compare(JsonNode expected, Safetensors.Content tensors) {
    String id = expected.get("id").asText();
    int[] shape = tensors.get(id + "/data").extents();
    float[] values = tensors.get(id + "/data").floats();
    Grid grid = Grid.of(shape[1], shape[2], shape[3]);
    int voxels = (int) grid.voxels();
    float[][] channels = new float[shape[0]][];
    Arrays.setAll(channels, c -> Arrays.copyOfRange(values, c * voxels, (c + 1) * voxels));

    NonzeroCrop crop = NonzeroCrop.of(Volume.wrap(grid, channels));

    for (int axis = 0; axis < 3; axis++) {
      assertThat(crop.box().from(axis)).isEqualTo(expected.get("bbox").get(axis).get(0).asInt());
      assertThat(crop.box().to(axis)).isEqualTo(expected.get("bbox").get(axis).get(1).asInt());
    }
    int[] mask = tensors.get(id + "/mask").ints();
    for (int i = 0; i < mask.length; i++) {
      assertThat(crop.mask().unsafeArray()[i]).isEqualTo(mask[i] != 0);
    }
    LabelMap labels =
        expected.get("has_seg").asBoolean()
            ? crop.crop(labels(grid, tensors.get(id + "/seg").ints()))
            : crop.withoutReference();
    int[] expectedLabels = tensors.get(id + "/seg_out").ints();
    assertThat(labels).isEqualTo(labels(grid.crop(crop.box()), expectedLabels));
    assertThat(crop.crop(Volume.wrap(grid, channels)).grid().extent()).isEqualTo(crop.box().size());
  }

  private static LabelMap labels(Grid grid, int[] values) {
    short[] labels = new short[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) values[i];
    }
    return LabelMap.wrap(grid, labels);
  }

  /** Dilation of the outside until nothing changes: slow and obviously right. */
  @Property(tries = 300)
  void fillsExactlyWhatTheBorderCannotReach(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 6) int nz,
      @ForAll @IntRange(min = 1, max = 7) int ny,
      @ForAll @IntRange(min = 1, max = 8) int nx,
      @ForAll @IntRange(min = 0, max = 10) int density) {
    Random random = new Random(seed);
    float[] data = new float[nz * ny * nx];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(10) < density ? 1 + random.nextInt(3) : 0;
    }
    boolean[] outside = new boolean[data.length];
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int i = 0; i < data.length; i++) {
        int x = i % nx;
        int y = i / nx % ny;
        int z = i / nx / ny;
        boolean reach =
            (x == 0 || outside[i - 1])
                || (x == nx - 1 || outside[i + 1])
                || (y == 0 || outside[i - nx])
                || (y == ny - 1 || outside[i + nx])
                || (z == 0 || outside[i - nx * ny])
                || (z == nz - 1 || outside[i + nx * ny]);
        if (data[i] == 0 && !outside[i] && reach) {
          outside[i] = true;
          changed = true;
        }
      }
    }
    NonzeroCrop crop = NonzeroCrop.of(Volume.wrap(Grid.of(nz, ny, nx), data));
    for (int i = 0; i < data.length; i++) {
      assertThat(crop.mask().unsafeArray()[i]).isEqualTo(!outside[i]);
    }
  }

  @Test
  void treatsNanAsContentAndNegativeZeroAsNothing() {
    float[] data = {Float.NaN, -0f, 0f};
    NonzeroCrop crop = NonzeroCrop.of(Volume.wrap(Grid.of(1, 1, 3), data));
    assertThat(crop.box()).isEqualTo(new Box(0, 0, 0, Extent.of(1, 1, 1)));
    assertThat(crop.relativeSize()).isEqualTo(1 / 3.0);
  }

  @Test
  void refusesLabelsOfAnotherExtent() {
    NonzeroCrop crop = NonzeroCrop.of(Volume.wrap(Grid.of(1, 1, 3), new float[3]));
    assertThatThrownBy(() -> crop.crop(LabelMap.wrap(Grid.of(1, 3, 1), new short[3])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1x1x3");
  }
}
