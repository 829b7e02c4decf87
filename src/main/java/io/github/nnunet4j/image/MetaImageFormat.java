package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * MetaImage as MetaIO writes it: {@code .mha} in one file, {@code .mhd} with its voxels beside it.
 *
 * @param limits what reading may allocate
 */
record MetaImageFormat(ReadLimits limits) implements ImageFormat {
  @Override
  public boolean accepts(Path file) {
    return Names.endsWith(file, ".mha", ".mhd");
  }

  @Override
  public Volume read(Path file) throws IOException {
    return read(file, RawImage::volume);
  }

  @Override
  public LabelMap readLabels(Path file) throws IOException {
    return read(file, RawImage::labels);
  }

  /** Makes a value of the voxels. */
  private interface Body<T> {
    T make(RawImage image, InputStream in, long stored) throws IOException;
  }

  private <T> T read(Path file, Body<T> body) throws IOException {
    try (InputStream in = RawImage.open(file)) {
      TextHeader header = TextHeader.read(file, in, "=", "elementdatafile");
      RawImage image = image(file, header);
      String data = header.need("elementdatafile");
      if (data.equalsIgnoreCase("LOCAL")) {
        return body.make(image, in, stored(file, header, Files.size(file) - header.length()));
      }
      Path voxels = header.neighbour(data);
      try (InputStream raw = RawImage.open(voxels)) {
        long length = Files.size(voxels);
        long skip = header.has("headersize") ? header.sizes("headersize", 1)[0] : 0;
        skip = skip == -1 ? length - image.bytes() : skip;
        if (skip < 0 || skip > length) {
          throw Malformed.file(file, "a HeaderSize within the voxel file", skip + " bytes");
        }
        VoxelStream.skip(voxels, raw, skip);
        return body.make(image, raw, stored(file, header, length - skip));
      }
    }
  }

  private static long stored(Path file, TextHeader header, long left) {
    if (header.isTrue("compresseddata") && header.has("compresseddatasize")) {
      long claimed = header.sizes("compresseddatasize", 1)[0];
      if (claimed < 0 || claimed > left) {
        throw Malformed.file(file, "a CompressedDataSize of at most " + left, claimed + " bytes");
      }
    }
    return left;
  }

  private RawImage image(Path file, TextHeader header) {
    int axes = header.axes("ndims");
    if (!header.get("elementnumberofchannels", "1").equals("1")) {
      throw Malformed.file(
          file,
          "one number per voxel",
          header.get("elementnumberofchannels", "") + " of them",
          "Write one file per channel.");
    }
    if (header.has("binarydata") && !header.isTrue("binarydata")) {
      throw Malformed.file(file, "binary voxels", "text", "Write the file as binary.");
    }
    boolean big = header.isTrue("binarydatabyteordermsb") || header.isTrue("elementbyteordermsb");
    RawImage.Stored stored =
        new RawImage.Stored(
            type(file, header.need("elementtype")),
            big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
            header.isTrue("compresseddata"));
    double[] spacing = numbers(header, axes, "1 ".repeat(axes), "elementspacing", "elementsize");
    double[] origin = numbers(header, axes, "0 ".repeat(axes), "offset", "position", "origin");
    StringBuilder identity = new StringBuilder();
    for (int i = 0; i < axes * axes; i++) {
      identity.append(i % (axes + 1) == 0 ? "1 " : "0 ");
    }
    double[] matrix =
        numbers(
            header, axes * axes, identity.toString(), "transformmatrix", "rotation", "orientation");
    double[][] columns = new double[axes][axes];
    for (int i = 0; i < axes * axes; i++) {
      columns[i / axes][i % axes] = matrix[i];
    }
    long[] sizes = header.sizes("dimsize", axes);
    return RawImage.of(file, limits, stored, RawImage.Placed.of(sizes, spacing, origin, columns));
  }

  private static double[] numbers(TextHeader header, int count, String otherwise, String... keys) {
    for (String key : keys) {
      if (header.has(key)) {
        return header.numbers(key, header.need(key), count);
      }
    }
    return header.numbers(keys[0], otherwise, count);
  }

  private static SampleType type(Path file, String name) {
    return switch (name) {
      case "MET_CHAR" -> SampleType.INT8;
      case "MET_UCHAR" -> SampleType.UINT8;
      case "MET_SHORT" -> SampleType.INT16;
      case "MET_USHORT" -> SampleType.UINT16;
      case "MET_INT", "MET_LONG" -> SampleType.INT32;
      case "MET_UINT", "MET_ULONG" -> SampleType.UINT32;
      case "MET_LONG_LONG" -> SampleType.INT64;
      case "MET_ULONG_LONG" -> SampleType.UINT64;
      case "MET_FLOAT" -> SampleType.FLOAT32;
      case "MET_DOUBLE" -> SampleType.FLOAT64;
      default -> throw Malformed.file(file, "a number type of MetaIO", name);
    };
  }

  private static String name(SampleType type) {
    return switch (type) {
      case UINT8 -> "MET_UCHAR";
      case INT16 -> "MET_SHORT";
      case UINT16 -> "MET_USHORT";
      case FLOAT32 -> "MET_FLOAT";
      default -> throw new IllegalStateException(type.name());
    };
  }

  @Override
  public void write(LabelMap labels, Path file) throws IOException {
    SampleType type = VoxelOutput.typeFor(labels);
    write(file, labels.grid(), 1, type, out -> VoxelOutput.write(out, type, labels.unsafeArray()));
  }

  @Override
  public void write(Volume volume, Path file) throws IOException {
    write(
        file,
        volume.grid(),
        volume.channels(),
        SampleType.FLOAT32,
        out -> VoxelOutput.write(out, volume));
  }

  private static void write(
      Path file, Grid grid, int channels, SampleType type, AtomicFiles.Body voxels)
      throws IOException {
    boolean detached = Names.endsWith(file, ".mhd");
    Path raw = detached ? Names.replaceEnd(file, ".mhd", ".raw") : file;
    int axes = channels > 1 ? 4 : Grids.isPlane(grid) ? 2 : 3;
    TextGeometry g = new TextGeometry(grid, channels, axes);
    String text =
        "ObjectType = Image\nNDims = "
            + axes
            + "\nBinaryData = True\nBinaryDataByteOrderMSB = False\nCompressedData = False"
            + "\nTransformMatrix = "
            + g.matrix()
            + "\nOffset = "
            + g.origin()
            + "\nElementSpacing = "
            + g.spacing()
            + "\nDimSize = "
            + g.sizes()
            + "\nElementType = "
            + name(type)
            + "\nElementDataFile = "
            + (detached ? raw.getFileName() : "LOCAL")
            + "\n";
    byte[] header = text.getBytes(StandardCharsets.ISO_8859_1);
    if (detached) {
      new Pair(file, raw).write(header, voxels);
      return;
    }
    AtomicFiles.write(
        file,
        out -> {
          out.write(header);
          voxels.writeTo(out);
        });
  }
}
