package io.github.nnunet4j.preprocess;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The head of a prepared case's file: magic number, length of the JSON text, the text; then follow
 * the image (32-bit floats), the labels (16 bit) and the class locations (32 bit), little-endian.
 */
record PreparedHeader(ObjectNode json, long imageAt) {
  /**
   * The version of the file's layout and of the rules by which the library prepares cases. Raise it
   * with either: no older file is read or reused then.
   */
  static final int VERSION = 1;

  /** The letters NJ4PREP and the version, in the order of the file's bytes. */
  static final long MAGIC = 0x50455250344a4eL | (long) ('0' + VERSION) << 56;

  private static final int MAX_TEXT = 64 << 20;

  static byte[] text(String id, String digest, Prepared prepared, ClassLocations locations) {
    ObjectNode json = Json.object();
    json.put("id", id).put("digest", digest);
    json.put("channels", prepared.image().channels());
    json.put("labels", prepared.labels().isPresent());
    Restoration r = prepared.restoration();
    putGrid(json.putObject("network"), r.networkGrid());
    putGrid(json.putObject("original"), r.original());
    r.axisOrder().forEach(json.putArray("axis_order")::add);
    put(json.putArray("crop_from"), new int[] {r.crop().z(), r.crop().y(), r.crop().x()});
    put(json.putArray("crop_size"), r.crop().size().toArray());
    ArrayNode classes = json.putArray("classes");
    for (int k = 0; k < locations.keys().size(); k++) {
      ObjectNode one = classes.addObject().put("count", locations.count(k));
      locations.keys().get(k).forEach(one.putArray("labels")::add);
    }
    return Json.line(json).getBytes(StandardCharsets.UTF_8);
  }

  private static void putGrid(ObjectNode node, Grid grid) {
    put(node.putArray("extent"), grid.extent().toArray());
    Arrays.stream(grid.spacing().toArray()).forEach(node.putArray("spacing")::add);
    Arrays.stream(grid.origin()).forEach(node.putArray("origin")::add);
    Arrays.stream(grid.direction()).forEach(node.putArray("direction")::add);
  }

  private static void put(ArrayNode node, int[] values) {
    Arrays.stream(values).forEach(node::add);
  }

  /** Reads and checks a head; the length of the file has to be what the head promises. */
  static PreparedHeader read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer start = PreparedFile.fill(channel, 0, 16);
      long length = channel.size();
      long text = start.getLong(8);
      if (start.getLong(0) != MAGIC || text < 2 || text > MAX_TEXT || text > length - 16) {
        throw new IOException(file + ": not a prepared case");
      }
      ByteBuffer bytes = PreparedFile.fill(channel, 16, (int) text);
      if (!(Json.parse(StandardCharsets.UTF_8.decode(bytes).toString()) instanceof ObjectNode o)) {
        throw new IOException(file + ": not a prepared case");
      }
      PreparedHeader header = new PreparedHeader(o, 16 + text);
      try {
        if (header.end() != length
            || header.channels() < 1
            || header.keys().size() != header.counts().size()
            || header.id().isEmpty()
            || header.digest().isEmpty()
            || header.counts().stream().anyMatch(count -> count < 0)
            || !header.extent().equals(header.restoration().networkGrid().extent())) {
          throw new IOException(file + ": " + length + " bytes instead of " + header.end());
        }
      } catch (RuntimeException e) {
        throw new IOException(file + ": not a prepared case: " + e.getMessage(), e);
      }
      return header;
    }
  }

  private JsonView view() {
    return JsonView.root(
        json, "prepared case", p -> new io.github.nnunet4j.error.PreprocessException(p));
  }

  String id() {
    return view().get("id").text();
  }

  String digest() {
    return view().get("digest").text();
  }

  int channels() {
    return view().get("channels").integer();
  }

  boolean labels() {
    return view().get("labels").bool();
  }

  Extent extent() {
    return Extent.of(ints(view().get("network").get("extent")));
  }

  List<List<Integer>> keys() {
    return view().get("classes").list(c -> c.get("labels").list(JsonView::integer));
  }

  List<Integer> counts() {
    return view().get("classes").list(c -> c.get("count").integer());
  }

  Restoration restoration() {
    int[] from = ints(view().get("crop_from"));
    return new Restoration(
        grid(view().get("original")),
        new ArrayList<>(view().get("axis_order").list(JsonView::integer)),
        new Box(from[0], from[1], from[2], Extent.of(ints(view().get("crop_size")))),
        grid(view().get("network")));
  }

  long labelsAt() {
    return Math.addExact(
        imageAt, Math.multiplyExact(extent().voxels(), Math.multiplyExact(4L, channels())));
  }

  long locationsAt() {
    return labelsAt() + (labels() ? Math.multiplyExact(2, extent().voxels()) : 0);
  }

  private long end() {
    return locationsAt() + 4 * counts().stream().mapToLong(Integer::longValue).sum();
  }

  private static Grid grid(JsonView node) {
    return Grid.of(
            Extent.of(ints(node.get("extent"))), Spacing.millimetres(doubles(node.get("spacing"))))
        .placed(doubles(node.get("origin")), doubles(node.get("direction")));
  }

  private static int[] ints(JsonView node) {
    return node.list(JsonView::integer).stream().mapToInt(Integer::intValue).toArray();
  }

  private static double[] doubles(JsonView node) {
    return node.list(JsonView::number).stream().mapToDouble(Double::doubleValue).toArray();
  }
}
