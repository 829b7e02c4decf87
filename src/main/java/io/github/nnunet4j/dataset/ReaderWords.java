package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import java.util.List;
import java.util.Optional;

/**
 * nnU-Net's words for its readers ({@code overwrite_image_reader_writer}) and the formats that
 * stand for them here. The readers that reorient images have no counterpart.
 */
final class ReaderWords {
  private ReaderWords() {}

  /** The caller's formats if there are any, else those of the word, else all. */
  static List<ImageFormat> formats(Optional<String> word, List<ImageFormat> own) {
    if (!own.isEmpty()) {
      return own;
    }
    return word.map(ReaderWords::formats).orElseGet(ImageFormats::all);
  }

  private static List<ImageFormat> formats(String word) {
    return switch (word) {
      case "SimpleITKIO", "NibabelIO" -> ImageFormats.all();
      case "NaturalImage2DIO" -> List.of(ImageFormats.naturalImage2d());
      case "Tiff3DIO" -> List.of(ImageFormats.tiff3d());
      default ->
          throw new DatasetException(
              new Problem(
                  "dataset overwrite_image_reader_writer",
                  "SimpleITKIO, NibabelIO, NaturalImage2DIO or Tiff3DIO",
                  "\"" + word + "\"",
                  "Remove the key to go by the file ending, or pass an ImageFormat of your own."));
    };
  }
}
