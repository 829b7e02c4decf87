package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.AtomicFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * NRRD: {@code .nrrd} in one file, {@code .nhdr} with its voxels beside it; raw, gzip or text.
 *
 * @param limits what reading may allocate
 */
record NrrdFormat(ReadLimits limits) implements ImageFormat {
  @Override
  public boolean accepts(Path file) {
    return Names.endsWith(file, ".nrrd", ".nhdr");
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
      String magic = new String(in.readNBytes(7), StandardCharsets.ISO_8859_1);
      if (!magic.equals("NRRD000")) {
        throw Malformed.file(file, "the magic word NRRD", "other content");
      }
      TextHeader header = TextHeader.read(file, in, ":", null);
      NrrdHeader nrrd = new NrrdHeader(file, header);
      RawImage image = RawImage.of(file, limits, nrrd.stored(), nrrd.placed());
      String data = header.get("data file", header.get("datafile", ""));
      if (data.isEmpty()) {
        long left = Files.size(file) - header.length() - magic.length();
        return voxels(file, nrrd, image, in, left, body);
      }
      Path voxels = header.neighbour(data);
      try (InputStream raw = RawImage.open(voxels)) {
        return voxels(voxels, nrrd, image, raw, Files.size(voxels), body);
      }
    }
  }

  private static <T> T voxels(
      Path file, NrrdHeader nrrd, RawImage image, InputStream in, long left, Body<T> body)
      throws IOException {
    if (nrrd.isText()) {
      byte[] numbers = nrrd.parse(in, image.bytes() / Double.BYTES, left);
      return body.make(image, new ByteArrayInputStream(numbers), numbers.length);
    }
    long skip = nrrd.skip(left, image.bytes());
    VoxelStream.skip(file, in, skip);
    return body.make(image, in, left - skip);
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
    boolean detached = Names.endsWith(file, ".nhdr");
    Path raw = detached ? Names.replaceEnd(file, ".nhdr", ".raw") : file;
    // Teem knows int16 and the like, but floats only as "float".
    String name = type == SampleType.FLOAT32 ? "float" : type.name().toLowerCase(Locale.ROOT);
    String text = NrrdHeader.text(grid, channels, name);
    if (detached) {
      byte[] header =
          (text + "data file: " + raw.getFileName() + "\n").getBytes(StandardCharsets.ISO_8859_1);
      new Pair(file, raw).write(header, voxels);
      return;
    }
    AtomicFiles.write(
        file,
        out -> {
          out.write((text + "\n").getBytes(StandardCharsets.ISO_8859_1));
          voxels.writeTo(out);
        });
  }
}
