package io.github.nnunet4j.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A stack of gray TIFF pages, {@code .tif} or {@code .tiff}, with its spacing in CASE.json.
 *
 * @param limits what reading may allocate
 */
record StackFormat(ReadLimits limits) implements ImageFormat {
  @Override
  public boolean accepts(Path file) {
    return Names.endsWith(file, ".tif", ".tiff");
  }

  @Override
  public Volume read(Path file) throws IOException {
    List<Rasters.Page> pages = pages(file);
    int size = pages.get(0).bands().get(0).length;
    float[] all = new float[Math.multiplyExact(size, pages.size())];
    for (int z = 0; z < pages.size(); z++) {
      System.arraycopy(pages.get(z).bands().get(0), 0, all, z * size, size);
    }
    String name = stem(file);
    return Volume.wrap(grid(file, pages, name.replaceFirst("_[0-9]{4}$", "")), all);
  }

  @Override
  public LabelMap readLabels(Path file) throws IOException {
    List<Rasters.Page> pages = pages(file);
    return LabelMap.wrap(grid(file, pages, stem(file)), Rasters.labels(file, pages));
  }

  private List<Rasters.Page> pages(Path file) throws IOException {
    List<Rasters.Page> pages = Rasters.read(file, limits, Integer.MAX_VALUE);
    Rasters.Page first = pages.get(0);
    for (Rasters.Page page : pages) {
      if (page.bands().size() != 1
          || page.width() != first.width()
          || page.height() != first.height()) {
        throw Malformed.file(
            file, "gray pages of one size", page.bands().size() + " channels or another size");
      }
    }
    return pages;
  }

  private static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.substring(0, name.lastIndexOf('.'));
  }

  private static Grid grid(Path file, List<Rasters.Page> pages, String stem) throws IOException {
    Extent extent = Extent.of(pages.size(), pages.get(0).height(), pages.get(0).width());
    Path sidecar = file.resolveSibling(stem + ".json");
    double[] spacing = {1, 1, 1};
    if (Files.exists(sidecar)) {
      List<Double> values =
          JsonView.read(sidecar, ImageException::new).get("spacing").list(JsonView::number);
      if (values.size() != 3) {
        throw Malformed.file(sidecar, "\"spacing\": [z, y, x]", values.toString());
      }
      Arrays.setAll(spacing, values::get);
    }
    return Grids.checked(sidecar, extent, spacing, new double[3], Grids.identity());
  }

  @Override
  public void write(LabelMap labels, Path file) throws IOException {
    byte[] pages = Rasters.encode(labels, file);
    ObjectNode sidecar = Json.object();
    for (double s : labels.grid().spacing().toArray()) {
      sidecar.withArray("spacing").add(s);
    }
    byte[] spacing = sidecar.toString().getBytes(StandardCharsets.UTF_8);
    new Pair(file, file.resolveSibling(stem(file) + ".json"))
        .write(pages, out -> out.write(spacing));
  }
}
