package io.github.nnunet4j.dataset;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** nnU-Net v2's {@code splits_final.json}: a list of folds, each with the ids of both sides. */
public final class SplitsJson {
  private SplitsJson() {}

  /**
   * Reads a splits file.
   *
   * @param file usually named {@code splits_final.json}
   * @return one split per fold
   * @throws IOException if it cannot be read
   * @throws DatasetException if it is JSON of another form; the message says where
   */
  public static List<Split> read(Path file) throws IOException {
    return JsonView.read(file, DatasetException::new)
        .list(
            fold ->
                new Split(
                    fold.get("train").list(JsonView::text), fold.get("val").list(JsonView::text)));
  }

  /**
   * Writes a splits file, atomically.
   *
   * @param splits one per fold
   * @param file replaced if there
   * @throws IOException if it cannot be written
   */
  public static void write(List<Split> splits, Path file) throws IOException {
    ArrayNode root = Json.array();
    for (Split split : splits) {
      ObjectNode fold = root.addObject();
      ArrayNode train = fold.putArray("train");
      split.training().forEach(train::add);
      ArrayNode val = fold.putArray("val");
      split.validation().forEach(val::add);
    }
    Json.write(file, root);
  }
}
