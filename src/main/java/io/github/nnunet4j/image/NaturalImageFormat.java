package io.github.nnunet4j.image;

import io.github.nnunet4j.internal.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One gray, RGB or RGBA picture: {@code .png}, {@code .bmp}, {@code .tif}.
 *
 * @param limits what reading may allocate
 */
record NaturalImageFormat(ReadLimits limits) implements ImageFormat {
  @Override
  public boolean accepts(Path file) {
    return Names.endsWith(file, ".png", ".bmp", ".tif");
  }

  @Override
  public Volume read(Path file) throws IOException {
    Rasters.Page page = Rasters.read(file, limits, 1).get(0);
    if (page.bands().size() == 2 || page.bands().size() > 4) {
      throw Malformed.file(
          file,
          "gray, RGB or RGBA",
          page.bands().size() + " channels",
          "Remove the alpha channel, or write one file per channel.");
    }
    return Volume.wrap(grid(page), page.bands().toArray(float[][]::new));
  }

  private static Grid grid(Rasters.Page page) {
    return Grid.of(
        Extent.of(1, page.height(), page.width()), Spacing.millimetres(Grids.PLANE_FACTOR, 1, 1));
  }

  @Override
  public LabelMap readLabels(Path file) throws IOException {
    var pages = Rasters.read(file, limits, 1);
    return LabelMap.wrap(grid(pages.get(0)), Rasters.labels(file, pages));
  }

  @Override
  public void write(LabelMap labels, Path file) throws IOException {
    if (labels.grid().extent().get(0) != 1) {
      throw Malformed.file(
          file,
          "one slice",
          labels.grid().extent().get(0) + " slices",
          "Write a 3D TIFF or another volume format.");
    }
    AtomicFiles.write(file, Rasters.encode(labels, file));
  }
}
