package io.github.nnunet4j.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairTest {
  @TempDir Path folder;

  /** The second name is that of the file which is written first and read last. */
  @ParameterizedTest
  @CsvSource({
    "x.mhd, x.raw",
    "x.nhdr, x.raw",
    "x.hdr, x.img",
    "x.hdr.gz, x.img.gz",
    "x.tif, x.json"
  })
  void noHeaderLiesBesideVoxelsOfAnotherImage(String name, String other) throws IOException {
    Path file = folder.resolve(name);
    ImageFormat format =
        name.endsWith("tif")
            ? ImageFormats.tiff3d()
            : ImageFormats.forFile(file, ImageFormats.all());
    Grid grid = Grid.of(2, 3, 4);
    LabelMap old = LabelMap.wrap(grid, new short[24]);
    short[] ones = new short[24];
    java.util.Arrays.fill(ones, (short) 1);
    LabelMap labels = LabelMap.wrap(grid, ones);
    format.write(old, file);
    assertThat(format.readLabels(file)).isEqualTo(old);

    Path blocked = folder.resolve(other);
    Files.delete(blocked);
    Files.createFile(Files.createDirectory(blocked).resolve("inside")); // cannot be replaced
    assertThatThrownBy(() -> format.write(labels, file)).isInstanceOf(IOException.class);
    assertThat(file).doesNotExist();

    Files.delete(blocked.resolve("inside"));
    Files.delete(blocked);
    format.write(labels, file);
    assertThat(format.readLabels(file)).isEqualTo(labels);
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()).toList())
          .hasSameElementsAs(List.of(name, other));
    }
  }
}
