package io.github.nnunet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.ImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRoundTripTest {
  @TempDir Path folder;

  static Volume random(Grid grid, int channels) {
    Random random = new Random(1);
    float[][] all = new float[channels][(int) grid.voxels()];
    for (float[] channel : all) {
      for (int i = 0; i < channel.length; i++) {
        channel[i] = (float) random.nextGaussian();
      }
    }
    return Volume.wrap(grid, all);
  }

  static LabelMap labels(Grid grid, int... values) {
    short[] all = new short[(int) grid.voxels()];
    for (int i = 0; i < all.length; i++) {
      all[i] = (short) values[i % values.length];
    }
    return LabelMap.wrap(grid, all);
  }

  @TestFactory
  Stream<DynamicTest> geometryOfNiftiSurvivesBitForBit() {
    return GoldenImages.cases("files.json").stream()
        .filter(c -> c.get("expect").asText().equals("ok"))
        .filter(c -> c.get("file").asText().matches(".*\\.(nii|nii\\.gz|hdr)"))
        .filter(c -> !c.get("file").asText().contains("units_mi"))
        .map(c -> DynamicTest.dynamicTest(c.get("file").asText(), () -> survives(c)));
  }

  private void survives(JsonNode golden) throws IOException {
    Volume volume = ImageFormats.nifti().read(GoldenImages.path(golden));
    for (String ending : new String[] {".nii", ".nii.gz", ".hdr"}) {
      Path file = folder.resolve("copy" + ending);
      ImageFormats.nifti().write(volume, file);
      assertThat(ImageFormats.nifti().read(file)).isEqualTo(volume);
      LabelMap labels = labels(volume.grid(), 0, 1, 300);
      ImageFormats.nifti().write(labels, file);
      assertThat(ImageFormats.nifti().readLabels(file)).isEqualTo(labels);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {254, 255, 32767})
  void labelsTakeTheSmallestTypeThatTheReferenceTakes(int most) throws IOException {
    LabelMap labels = labels(Grid.of(2, 3, 4), 0, 1, most);
    Path file = folder.resolve("labels.nii");
    ImageFormats.nifti().write(labels, file);
    assertThat(Files.size(file)).isEqualTo(352 + 24L * (most < 255 ? 1 : 2));
    assertThat(ImageFormats.nifti().readLabels(file)).isEqualTo(labels);
  }

  @Test
  void negativeLabelsAreKept() throws IOException {
    LabelMap labels = labels(Grid.of(2, 3, 4), -1, 0, 7);
    ImageFormats.nifti().write(labels, folder.resolve("l.nii.gz"));
    assertThat(ImageFormats.nifti().readLabels(folder.resolve("l.nii.gz"))).isEqualTo(labels);
  }

  @Test
  void aVeryLongAxisIsWrittenAsNifti2() throws IOException {
    LabelMap labels = labels(Grid.of(1, 2, 40000), 0, 1);
    ImageFormats.nifti().write(labels, folder.resolve("long.nii"));
    assertThat(ImageFormats.nifti().readLabels(folder.resolve("long.nii"))).isEqualTo(labels);
  }

  @Test
  void valuesThatAreNoLabelsAreRefused() throws IOException {
    for (float bad : new float[] {0.5f, Float.NaN, 40000, Float.POSITIVE_INFINITY}) {
      Volume volume = Volume.wrap(Grid.of(1, 1, 2), new float[] {1, bad});
      Path file = folder.resolve("bad.nii");
      ImageFormats.nifti().write(volume, file);
      assertThatThrownBy(() -> ImageFormats.nifti().readLabels(file))
          .isInstanceOf(ImageException.class)
          .hasMessageContaining("bad.nii")
          .hasMessageContaining("whole numbers");
    }
  }

  @Test
  void labelsOfSeveralChannelsAreRefused() throws IOException {
    Path file = folder.resolve("two.nii");
    ImageFormats.nifti().write(random(Grid.of(2, 2, 2), 2), file);
    assertThat(ImageFormats.nifti().read(file).channels()).isEqualTo(2);
    assertThatThrownBy(() -> ImageFormats.nifti().readLabels(file))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("one channel");
  }

  @Test
  void axesThatAreNotOrthogonalAreNotWrittenAsNifti() {
    Grid sheared =
        Grid.of(2, 2, 2).placed(new double[3], new double[] {1, 0.1, 0, 0, 1, 0, 0, 0, 1});
    assertThatThrownBy(
            () -> ImageFormats.nifti().write(labels(sheared, 1), folder.resolve("s.nii")))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("orthogonal");
    assertThat(folder.resolve("s.nii")).doesNotExist();
  }

  @Test
  void picturesAndStacksComeBack() throws IOException {
    Grid plane = Grid.of(Extent.of(1, 5, 6), Spacing.millimetres(999, 1, 1));
    for (String name : new String[] {"a.png", "a.bmp", "a.tif"}) {
      LabelMap labels = labels(plane, 0, 1, 254);
      ImageFormats.naturalImage2d().write(labels, folder.resolve(name));
      assertThat(ImageFormats.naturalImage2d().readLabels(folder.resolve(name))).isEqualTo(labels);
    }
    LabelMap large = labels(plane, 0, 300);
    ImageFormats.naturalImage2d().write(large, folder.resolve("b.png"));
    assertThat(ImageFormats.naturalImage2d().readLabels(folder.resolve("b.png"))).isEqualTo(large);
    Grid stack = Grid.of(Extent.of(3, 5, 6), Spacing.millimetres(3, 0.5, 0.25));
    for (int most : new int[] {3, 255}) {
      LabelMap labels = labels(stack, 0, 1, most);
      ImageFormats.tiff3d().write(labels, folder.resolve("s.tif"));
      assertThat(ImageFormats.tiff3d().readLabels(folder.resolve("s.tif"))).isEqualTo(labels);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.mha", "a.mhd", "a.nrrd", "a.nhdr"})
  void metaImageAndNrrdComeBackBitForBit(String name) throws IOException {
    Path file = folder.resolve(name);
    ImageFormat format = ImageFormats.forFile(file, ImageFormats.all());
    for (String from : new String[] {"oblique.nii.gz", "two_d_gz.nii.gz", "left_handed.nii.gz"}) {
      Grid grid = ImageFormats.nifti().read(GoldenImages.ROOT.resolve("files/" + from)).grid();
      for (int channels = 1; channels < 3; channels++) {
        if (channels == 2 && from.startsWith("two")) {
          continue;
        }
        Volume volume = random(grid, channels);
        format.write(volume, file);
        assertThat(format.read(file)).isEqualTo(volume);
      }
      for (int least = -1; least < 1; least++) {
        LabelMap labels = labels(grid, 0, least, 5);
        format.write(labels, file);
        assertThat(format.readLabels(file)).isEqualTo(labels);
      }
    }
  }

  @Test
  void nrrdNamesItsFloatTypeAsOtherReadersKnowIt() throws IOException {
    Path file = folder.resolve("f.nhdr");
    ImageFormats.nrrd().write(random(Grid.of(2, 3, 4), 1), file);
    assertThat(file).content().contains("type: float\n");
  }

  @Test
  void whatAPictureCannotHoldIsRefused() {
    Path png = folder.resolve("x.png");
    ImageFormat format = ImageFormats.naturalImage2d();
    assertThatThrownBy(() -> format.write(labels(Grid.of(2, 2, 2), 1), png))
        .isInstanceOf(ImageException.class);
    assertThatThrownBy(() -> format.write(labels(Grid.of(1, 2, 2), -1), png))
        .isInstanceOf(ImageException.class);
    assertThatThrownBy(() -> format.write(random(Grid.of(1, 2, 2), 1), png))
        .isInstanceOf(ImageException.class);
    assertThat(png).doesNotExist();
  }

  @Test
  void anUnknownEndingNamesTheFile() {
    assertThatThrownBy(() -> ImageFormats.forFile(Path.of("a.dcm"), ImageFormats.all()))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("a.dcm");
  }
}
