package io.github.nnunet4j.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors container: eight bytes header length, a JSON header (name to type, shape,
 * offsets), raw little-endian data. No code, no class names. Every size is checked against the file
 * before anything is allocated.
 */
public final class Safetensors {
  private static final String METADATA = "__metadata__";
  private static final int MAX_HEADER = 100 << 20;
  private static final ObjectMapper JSON =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(20).build())
              .build());

  private Safetensors() {}

  /**
   * One tensor.
   *
   * @param type safetensors type word: F32, F64, F16, I64, I32, I16, I8, U8, BOOL, ...
   * @param shape extents, first axis slowest
   * @param data the little-endian bytes, position 0 to limit
   */
  public record Tensor(String type, List<Long> shape, ByteBuffer data) {
    /** The number of elements. */
    public int size() {
      return data.remaining() / width(type);
    }

    /** The elements as floats; F32, F64, F16 and the integer types. */
    public float[] floats() {
      float[] out = new float[size()];
      if (type.equals("F32")) {
        data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out);
        return out;
      }
      double[] wide = doubles();
      for (int i = 0; i < out.length; i++) {
        out[i] = (float) wide[i];
      }
      return out;
    }

    /** The elements as doubles. */
    public double[] doubles() {
      double[] out = new double[size()];
      ByteBuffer d = data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < out.length; i++) {
        out[i] =
            switch (type) {
              case "F64" -> d.getDouble();
              case "F32" -> d.getFloat();
              case "F16" -> halfToFloat(d.getShort());
              case "I64", "U64" -> d.getLong();
              case "I32" -> d.getInt();
              case "U32" -> d.getInt() & 0xffffffffL;
              case "I16" -> d.getShort();
              case "U16" -> d.getShort() & 0xffff;
              case "I8" -> d.get();
              default -> d.get() & 0xff;
            };
      }
      return out;
    }

    /** The elements as ints. */
    public int[] ints() {
      return Arrays.stream(doubles()).mapToInt(v -> (int) v).toArray();
    }

    /** The shape as an array. */
    public int[] extents() {
      return shape.stream().mapToInt(Math::toIntExact).toArray();
    }

    /** An F32 tensor. */
    public static Tensor of(float[] values, long... shape) {
      ByteBuffer data = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
      data.asFloatBuffer().put(values);
      return new Tensor("F32", Arrays.stream(shape).boxed().toList(), data);
    }
  }

  /** Tensors by name, in file order, and the text metadata of the header. */
  public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {
    /** The tensor of that name. */
    public Tensor get(String name) {
      Tensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new IllegalArgumentException("no tensor " + name + ", there are " + tensors.keySet());
      }
      return tensor;
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is not well-formed; the message says what is wrong
   */
  public static Content read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ObjectNode object = header(channel, file);
      long base = channel.position();
      requireNoOverlaps(object, channel.size() - base, file);
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      Map<String, String> metadata = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (entry.getKey().equals(METADATA)) {
          metadata.putAll(texts(entry.getValue()));
        } else {
          tensors.put(entry.getKey(), tensor(channel, base, channel.size(), entry, file));
        }
      }
      return new Content(tensors, metadata);
    }
  }

  /**
   * Reads the text metadata only.
   *
   * @throws IOException if the file cannot be read or its header is not well-formed
   */
  public static Map<String, String> metadata(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return texts(header(channel, file).path(METADATA));
    }
  }

  /** Leaves the channel at the beginning of the data. */
  private static ObjectNode header(FileChannel channel, Path file) throws IOException {
    long length = channel.size();
    long headerLength = fill(channel, 8, file).getLong();
    if (headerLength < 2 || headerLength > MAX_HEADER || headerLength > length - 8) {
      throw new IOException(
          file
              + ": not safetensors, header length "
              + headerLength
              + " in a file of "
              + length
              + " bytes");
    }
    ByteBuffer text = fill(channel, (int) headerLength, file);
    JsonNode header = JSON.readTree(StandardCharsets.UTF_8.decode(text).toString());
    if (header instanceof ObjectNode object) {
      return object;
    }
    throw new IOException(file + ": not safetensors, the header is no JSON object");
  }

  /** Where the bytes of a tensor are, counted from the header's end. */
  private record Range(long from, long to) {
    static Range of(JsonNode tensor) {
      JsonNode offsets = tensor.path("data_offsets");
      return new Range(offsets.path(0).asLong(-1), offsets.path(1).asLong(-1));
    }
  }

  /**
   * The format's rule: tensors lie one behind the other and fill the file. So a short file cannot
   * ask for much memory by naming the same bytes many times.
   */
  private static void requireNoOverlaps(ObjectNode header, long bytes, Path file)
      throws IOException {
    List<Range> ranges = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        ranges.add(Range.of(entry.getValue()));
      }
    }
    ranges.sort(Comparator.comparingLong(Range::from).thenComparingLong(Range::to));
    long end = 0;
    for (Range range : ranges) {
      if (range.from() != end) {
        throw new IOException(
            file + ": a tensor begins at byte " + range.from() + ", the one before ends at " + end);
      }
      end = range.to();
    }
    if (end != bytes) {
      throw new IOException(file + ": the tensors end at byte " + end + " of " + bytes);
    }
  }

  private static Map<String, String> texts(JsonNode metadata) {
    Map<String, String> texts = new LinkedHashMap<>();
    metadata.properties().forEach(m -> texts.put(m.getKey(), m.getValue().asText()));
    return texts;
  }

  private static Tensor tensor(
      FileChannel channel, long base, long length, Map.Entry<String, JsonNode> entry, Path file)
      throws IOException {
    String at = file + ": tensor " + entry.getKey();
    JsonNode node = entry.getValue();
    String type = node.path("dtype").asText();
    Range range = Range.of(node);
    long from = range.from();
    long to = range.to();
    if (from < 0 || to < from || to > length - base || to - from > Integer.MAX_VALUE) {
      throw new IOException(
          at + ": offsets " + node.path("data_offsets") + " do not lie in the file");
    }
    if (width(type) == 0) {
      throw new IOException(at + ": unknown type " + type);
    }
    List<Long> shape = new ArrayList<>();
    long elements = 1;
    for (JsonNode axis : node.path("shape")) {
      if (!axis.canConvertToLong() || axis.asLong() < 0) {
        throw new IOException(at + ": bad shape " + node.path("shape"));
      }
      shape.add(axis.asLong());
      try {
        elements = Math.multiplyExact(elements, axis.asLong());
      } catch (ArithmeticException e) {
        throw new IOException(at + ": shape " + node.path("shape") + " is too large", e);
      }
    }
    if (elements > Integer.MAX_VALUE || elements * width(type) != to - from) {
      throw new IOException(
          at + ": shape " + shape + " of " + type + " does not fill " + (to - from) + " bytes");
    }
    channel.position(base + from);
    return new Tensor(type, List.copyOf(shape), fill(channel, (int) (to - from), file));
  }

  private static ByteBuffer fill(FileChannel channel, int bytes, Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException(file + ": the file ends early");
      }
    }
    return buffer.flip();
  }

  /** Writes tensors in the order of the map, atomically. */
  public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    AtomicFiles.write(file, out -> write(out, tensors, metadata));
  }

  /** Writes tensors in the order of the map. */
  public static void write(
      OutputStream out, Map<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = header.putObject(METADATA);
      metadata.forEach(texts::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", tensor.type());
      ArrayNode shape = node.putArray("shape");
      tensor.shape().forEach(shape::add);
      long end = offset + tensor.data().remaining();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = JSON.writeValueAsBytes(header);
    int padded = (text.length + 7) / 8 * 8;
    ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(padded).put(text);
    while (head.hasRemaining()) {
      head.put((byte) ' ');
    }
    out.write(head.array());
    byte[] chunk = new byte[1 << 16];
    for (Tensor tensor : tensors.values()) {
      ByteBuffer data = tensor.data().duplicate();
      while (data.hasRemaining()) {
        int n = Math.min(chunk.length, data.remaining());
        data.get(chunk, 0, n);
        out.write(chunk, 0, n);
      }
    }
  }

  private static int width(String type) {
    return switch (type) {
      case "F64", "I64", "U64" -> 8;
      case "F32", "I32", "U32" -> 4;
      case "F16", "BF16", "I16", "U16" -> 2;
      case "I8", "U8", "BOOL" -> 1;
      default -> 0;
    };
  }

  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >> 10) & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0) {
      float value = mantissa * 0x1p-24f;
      return sign == 0 ? value : -value;
    }
    int bits = exponent == 31 ? 0x7f800000 : (exponent + 112) << 23;
    return Float.intBitsToFloat(sign | bits | (mantissa << 13));
  }
}
