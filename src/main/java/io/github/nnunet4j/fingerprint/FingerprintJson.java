package io.github.nnunet4j.fingerprint;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** nnU-Net v2's {@code dataset_fingerprint.json}. */
public final class FingerprintJson {
  private static final String RELATIVE_SIZE = "median_relative_size_after_cropping";

  private FingerprintJson() {}

  /**
   * Writes a fingerprint, atomically.
   *
   * @param fingerprint what to write
   * @param file replaced if there
   * @throws IOException if it cannot be written
   */
  public static void write(Fingerprint fingerprint, Path file) throws IOException {
    Json.write(file, tree(fingerprint));
  }

  /**
   * The fingerprint as JSON.
   *
   * @param fingerprint what to write
   * @return indented text
   */
  public static String text(Fingerprint fingerprint) {
    return Json.text(tree(fingerprint));
  }

  private static ObjectNode tree(Fingerprint fingerprint) {
    ObjectNode root = Json.object();
    IntensitiesJson.write(fingerprint.intensities(), root);
    root.put(RELATIVE_SIZE, fingerprint.medianRelativeSizeAfterCropping());
    ArrayNode shapes = root.putArray("shapes_after_crop");
    for (Extent extent : fingerprint.extents()) {
      ArrayNode shape = shapes.addArray();
      for (int axis : extent.toArray()) {
        shape.add(axis);
      }
    }
    ArrayNode spacings = root.putArray("spacings");
    for (Spacing spacing : fingerprint.spacings()) {
      ArrayNode node = spacings.addArray();
      for (double axis : spacing.toArray()) {
        node.add(axis);
      }
    }
    return root;
  }

  /**
   * Reads a fingerprint.
   *
   * @param file usually named {@code dataset_fingerprint.json}
   * @return the fingerprint
   * @throws IOException if it cannot be read
   * @throws DatasetException if it is JSON of another form; the message says where
   */
  public static Fingerprint read(Path file) throws IOException {
    return read(JsonView.read(file, DatasetException::new));
  }

  /**
   * Reads a fingerprint from text.
   *
   * @param text JSON
   * @return the fingerprint
   * @throws IOException if it is not JSON
   * @throws DatasetException if it is JSON of another form; the message says where
   */
  public static Fingerprint parse(String text) throws IOException {
    return read(JsonView.root(Json.parse(text), "dataset_fingerprint.json", DatasetException::new));
  }

  private static Fingerprint read(JsonView root) {
    List<Extent> extents = root.get("shapes_after_crop").list(FingerprintJson::extent);
    JsonView spacingViews = root.get("spacings");
    List<Spacing> spacings = spacingViews.list(FingerprintJson::spacing);
    if (extents.size() != spacings.size()) {
      throw spacingViews.failure(
          "one spacing for each of " + extents.size() + " shapes", "Extract the fingerprint anew.");
    }
    return new Fingerprint(
        extents, spacings, IntensitiesJson.read(root), root.get(RELATIVE_SIZE).number());
  }

  private static Extent extent(JsonView view) {
    List<Integer> axes = view.list(JsonView::integer);
    if (axes.size() != 3 || axes.stream().anyMatch(axis -> axis < 1)) {
      throw view.failure("3 positive voxel counts (z, y, x)", "Extract the fingerprint anew.");
    }
    return Extent.of(3, axes::get);
  }

  private static Spacing spacing(JsonView view) {
    List<Double> axes = view.list(JsonView::number);
    if (axes.size() != 3 || axes.stream().anyMatch(axis -> !(axis > 0) || axis.isInfinite())) {
      throw view.failure("3 positive spacings (z, y, x) in mm", "Extract the fingerprint anew.");
    }
    return Spacing.millimetres(3, axes::get);
  }
}
