package io.github.nnunet4j.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads one NIfTI file or pair. The header is judged as a whole before anything is allocated. */
final class NiftiReader {
  private static final int TAIL = 1 << 16;

  private final Path headerFile;
  private final Path voxelFile;
  private final ReadLimits limits;

  NiftiReader(Path file, ReadLimits limits) {
    this.limits = limits;
    this.headerFile = pairMember(file, ".img", ".hdr");
    this.voxelFile = pairMember(file, ".hdr", ".img");
  }

  /** What the header promises. */
  private record Promise(
      SampleType type, Grid grid, int channels, int voxels, long bytes, NiftiHeader header) {}

  Volume volume() throws IOException {
    return read(
        (in, promise, stream) ->
            Volume.wrap(promise.grid, stream.readChannels(in, promise.channels, promise.voxels)),
        Float.BYTES);
  }

  LabelMap labels() throws IOException {
    return read(
        (in, promise, stream) -> {
          if (promise.channels != 1) {
            throw Malformed.file(
                headerFile, "one channel of labels", promise.channels + " channels");
          }
          return LabelMap.wrap(promise.grid, stream.readLabels(in, promise.voxels));
        },
        Short.BYTES);
  }

  /** Makes a value of the voxels. */
  private interface Body<T> {
    T make(InputStream in, Promise promise, VoxelStream stream) throws IOException;
  }

  private <T> T read(Body<T> body, int bytesPerValue) throws IOException {
    boolean pair = !headerFile.equals(voxelFile);
    Promise promise;
    try (Source source = Source.open(headerFile)) {
      promise = promise(NiftiHeader.read(headerFile, source.stream(), pair));
      limits.requireRoom(headerFile, promise.voxels, promise.channels, bytesPerValue);
      if (!pair) {
        return voxels(source, promise, promise.header.size, body);
      }
    }
    if (!Files.exists(voxelFile)) {
      throw Malformed.file(
          headerFile, "its voxels in " + voxelFile, "no such file", "Copy both files of the pair.");
    }
    try (Source source = Source.open(voxelFile)) {
      return voxels(source, promise, 0, body);
    }
  }

  private <T> T voxels(Source source, Promise promise, int position, Body<T> body)
      throws IOException {
    long end = Math.addExact(promise.header.offset, promise.bytes);
    ReadLimits.requireBytes(voxelFile, end, source.length(), source.compressed());
    InputStream in = source.stream();
    VoxelStream.skip(voxelFile, in, promise.header.offset - position);
    NiftiHeader header = promise.header;
    VoxelStream stream =
        new VoxelStream(voxelFile, promise.type, header.order, header.slope, header.intercept);
    T made = body.make(in, promise, stream);
    if (source.compressed()) {
      VoxelStream.checkEnd(voxelFile, in, TAIL);
    }
    return made;
  }

  private Promise promise(NiftiHeader header) {
    SampleType type = header.type(headerFile);
    if (header.dim.length < 2) {
      throw Malformed.file(headerFile, "at least 2 axes", "dim[0] = 1");
    }
    long values = limits.product(headerFile, header.dim);
    for (int axis = 4; axis < header.dim.length; axis++) {
      if (header.dim[axis] != 1) {
        throw Malformed.file(
            headerFile,
            "three axes of space and one of channels",
            header + ", as vector images have it",
            "Split the file into one file per channel.");
      }
    }
    long channels = header.size(3);
    limits.requireRoom(headerFile, values / channels, channels, 1);
    Extent extent = Extent.of((int) header.size(2), (int) header.size(1), (int) header.size(0));
    return new Promise(
        type,
        NiftiGeometry.of(headerFile, header, extent),
        (int) channels,
        (int) (values / channels),
        Math.multiplyExact(values, (long) type.bytes()),
        header);
  }

  private static Path pairMember(Path file, String from, String to) {
    for (String packed : new String[] {"", ".gz"}) {
      if (Names.endsWith(file, from + packed)) {
        return Names.replaceEnd(file, from + packed, to + packed);
      }
    }
    return file;
  }
}
