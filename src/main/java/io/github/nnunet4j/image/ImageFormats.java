package io.github.nnunet4j.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The image formats that the library brings, and the choice among formats for a file. */
public final class ImageFormats {
  private ImageFormats() {}

  /**
   * NIfTI-1 and NIfTI-2, single files and pairs, plain or gzip. The fourth axis of a file is its
   * channels. Geometry is resolved as ITK does; NaN voxels are kept.
   *
   * @return the format
   */
  public static ImageFormat nifti() {
    return nifti(ReadLimits.standard());
  }

  /**
   * NIfTI with limits of the caller's.
   *
   * @param limits what reading may allocate
   * @return the format
   */
  public static ImageFormat nifti(ReadLimits limits) {
    return new NiftiFormat(limits);
  }

  /**
   * One picture as nnU-Net's NaturalImage2DIO takes it: PNG, BMP, or TIFF of one page. Gray is one
   * channel, RGB three, RGBA four (alpha kept); gray with alpha is refused. Spacing (999, 1, 1).
   *
   * @return the format
   */
  public static ImageFormat naturalImage2d() {
    return new NaturalImageFormat(ReadLimits.standard());
  }

  /**
   * A stack of gray TIFF pages with the spacing in CASE.json beside it, as nnU-Net's Tiff3DIO takes
   * it; without that file the spacing is (1, 1, 1).
   *
   * @return the format
   */
  public static ImageFormat tiff3d() {
    return new StackFormat(ReadLimits.standard());
  }

  /**
   * MetaImage, {@code .mha} and {@code .mhd}: raw or compressed; written raw.
   *
   * @return the format
   */
  public static ImageFormat metaImage() {
    return new MetaImageFormat(ReadLimits.standard());
  }

  /**
   * NRRD, {@code .nrrd} and {@code .nhdr}: raw, gzip or text; written raw.
   *
   * @return the format
   */
  public static ImageFormat nrrd() {
    return new NrrdFormat(ReadLimits.standard());
  }

  /**
   * All formats, in the order in which nnU-Net v2 tries its readers.
   *
   * @return an immutable list
   */
  public static List<ImageFormat> all() {
    return all(ReadLimits.standard());
  }

  /**
   * All formats with limits of the caller's.
   *
   * @param limits what reading may allocate
   * @return an immutable list, in the order in which nnU-Net v2 tries its readers
   */
  public static List<ImageFormat> all(ReadLimits limits) {
    return List.of(
        new NaturalImageFormat(limits),
        new NiftiFormat(limits),
        new NrrdFormat(limits),
        new MetaImageFormat(limits),
        new StackFormat(limits));
  }

  /**
   * The format for a file: the first that accepts its name. Where several do and the file exists,
   * the first that reads it, as nnU-Net v2 decides by the first training image (a {@code .tif} may
   * be a natural image or a stack).
   *
   * @param file an image, need not exist
   * @param formats candidates, most preferred first
   * @return one of the candidates
   * @throws IOException if a candidate cannot read from the disk
   * @throws io.github.nnunet4j.error.ImageException if no candidate takes the file
   */
  public static ImageFormat forFile(Path file, List<ImageFormat> formats) throws IOException {
    List<ImageFormat> accepting = formats.stream().filter(f -> f.accepts(file)).toList();
    if (accepting.isEmpty()) {
      throw Malformed.file(
          file,
          "a file name that one of the formats accepts",
          "none of " + formats.stream().map(Object::toString).collect(Collectors.joining(", ")),
          "Convert the file, or pass an ImageFormat of your own.");
    }
    if (accepting.size() == 1 || !Files.exists(file)) {
      return accepting.get(0);
    }
    io.github.nnunet4j.error.ImageException first = null;
    for (ImageFormat format : accepting) {
      try {
        Volume unused = format.read(file);
        return format;
      } catch (io.github.nnunet4j.error.ImageException e) {
        first = first == null ? e : first;
      }
    }
    throw Objects.requireNonNull(first);
  }
}
