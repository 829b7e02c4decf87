package io.github.nnunet4j.faults;

import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A sound data set folder of two channels that tests damage. */
final class RawFolder {
  static final DatasetDescription DESCRIPTION =
      DatasetDescription.builder()
          .channels("T1", "T2")
          .labels(Labels.of("outer", "inner"))
          .fileEnding(".mha")
          .build();
  static final Grid GRID = Grid.of(Extent.of(12, 14, 13), Spacing.millimetres(1.5, 1, 1));

  private final Path folder;

  RawFolder(Path folder, int cases) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("imagesTr"));
    DatasetJson.write(
        DESCRIPTION.toBuilder().declaredCases(cases).build(), folder.resolve("dataset.json"));
    for (int i = 0; i < cases; i++) {
      write(i);
    }
  }

  Path folder() {
    return folder;
  }

  Dataset open() {
    return Dataset.open(folder);
  }

  Path image(int number, int channel) {
    return folder.resolve("imagesTr/case_" + number + "_000" + channel + ".mha");
  }

  Path label(int number) {
    return folder.resolve("labelsTr/case_" + number + ".mha");
  }

  static LabelMap labels(int number) {
    return Phantoms.labels(GRID, number);
  }

  static Volume image(int number) {
    return Phantoms.image(labels(number), number, 2);
  }

  /** Writes a case as it should be, over whatever is there. */
  void write(int number) throws IOException {
    Volume image = image(number);
    for (int c = 0; c < 2; c++) {
      write(image.channel(c), image(number, c));
    }
    write(labels(number), label(number));
  }

  static void write(LabelMap labels, Path file) throws IOException {
    Files.deleteIfExists(file);
    ImageFormats.metaImage().write(labels, file);
  }

  /** Writes one channel as MetaImage. */
  static void write(Volume image, Path file) throws IOException {
    float[] voxels = image.unsafeArray(0);
    ByteBuffer bytes = ByteBuffer.allocate(4 * voxels.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(voxels);
    Grid grid = image.grid();
    byte[] header =
        header(grid.extent().toArray(), grid.spacing()).getBytes(StandardCharsets.US_ASCII);
    Files.deleteIfExists(file);
    Files.write(
        file, ByteBuffer.allocate(header.length + bytes.capacity()).put(header).put(bytes).array());
  }

  static String header(int[] size, Spacing spacing) {
    return "ObjectType = Image\nNDims = 3\nBinaryData = True\nBinaryDataByteOrderMSB = False\n"
        + "CompressedData = False\nTransformMatrix = 1 0 0 0 1 0 0 0 1\nOffset = 0 0 0\n"
        + "ElementSpacing = "
        + (spacing.get(2) + " " + spacing.get(1) + " " + spacing.get(0))
        + "\nDimSize = "
        + (size[2] + " " + size[1] + " " + size[0])
        + "\nElementType = MET_FLOAT\nElementDataFile = LOCAL\n";
  }
}
