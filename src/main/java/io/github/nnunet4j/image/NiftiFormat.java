package io.github.nnunet4j.image;

import java.io.IOException;
import java.nio.file.Path;

/**
 * NIfTI-1 and NIfTI-2: {@code .nii}, {@code .nii.gz} and pairs {@code .hdr} / {@code .img}, both
 * also compressed.
 *
 * @param limits what reading may allocate
 */
record NiftiFormat(ReadLimits limits) implements ImageFormat {
  @Override
  public boolean accepts(Path file) {
    return Names.endsWith(file, ".nii", ".nii.gz", ".hdr", ".img", ".hdr.gz", ".img.gz");
  }

  @Override
  public Volume read(Path file) throws IOException {
    return new NiftiReader(file, limits).volume();
  }

  @Override
  public LabelMap readLabels(Path file) throws IOException {
    return new NiftiReader(file, limits).labels();
  }

  @Override
  public void write(LabelMap labels, Path file) throws IOException {
    NiftiWriter.write(labels, file);
  }

  @Override
  public void write(Volume volume, Path file) throws IOException {
    NiftiWriter.write(volume, file);
  }
}
