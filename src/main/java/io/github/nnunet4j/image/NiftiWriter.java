package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes single files and pairs; gzip where the name says so. */
final class NiftiWriter {
  private static final int LEVEL = 5;

  private final Path file;

  private NiftiWriter(Path file) {
    this.file = file;
  }

  static void write(LabelMap labels, Path file) throws IOException {
    SampleType type = VoxelOutput.typeFor(labels);
    new NiftiWriter(file)
        .write(labels.grid(), 1, type, out -> VoxelOutput.write(out, type, labels.unsafeArray()));
  }

  static void write(Volume volume, Path file) throws IOException {
    new NiftiWriter(file)
        .write(
            volume.grid(),
            volume.channels(),
            SampleType.FLOAT32,
            out -> VoxelOutput.write(out, volume));
  }

  private void write(Grid grid, int channels, SampleType type, AtomicFiles.Body voxels)
      throws IOException {
    for (String packed : new String[] {"", ".gz"}) {
      for (String end : new String[] {".hdr", ".img"}) {
        if (Names.endsWith(file, end + packed)) {
          Path image = Names.replaceEnd(file, end + packed, ".img" + packed);
          Path header = Names.replaceEnd(file, end + packed, ".hdr" + packed);
          byte[] bytes = new NiftiHeaderBytes(file, grid, channels, type, true).encode();
          Files.deleteIfExists(header); // as of every Pair, of which these may be compressed
          put(image, voxels);
          put(header, out -> out.write(bytes));
          return;
        }
      }
    }
    byte[] bytes = new NiftiHeaderBytes(file, grid, channels, type, false).encode();
    put(
        file,
        out -> {
          out.write(bytes);
          voxels.writeTo(out);
        });
  }

  private static void put(Path file, AtomicFiles.Body body) throws IOException {
    AtomicFiles.write(
        file,
        out -> {
          if (!Names.endsWith(file, ".gz")) {
            body.writeTo(out);
            return;
          }
          try (Packed packed = new Packed(out)) {
            body.writeTo(packed);
          }
        });
  }

  /** Gzip at a middling level that leaves the stream below open. */
  private static final class Packed extends GZIPOutputStream {
    private final Deflater deflater = def;

    Packed(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(LEVEL);
    }

    @Override
    public void close() throws IOException {
      try {
        finish();
      } finally {
        deflater.end();
      }
    }
  }
}
