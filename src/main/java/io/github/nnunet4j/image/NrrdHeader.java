package io.github.nnunet4j.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of a NRRD header. NRRD keeps spacing and direction as one product, so what is written
 * here adds both as key/value pairs; they are used on reading as long as they agree with the
 * product, and the geometry comes back bit for bit.
 */
final class NrrdHeader {
  private static final Pattern VECTOR = Pattern.compile("none|\\(([^()]*)\\)");
  private static final String EXACT_SPACING = "nnunet4j spacing";
  private static final String EXACT_MATRIX = "nnunet4j direction";
  private static final long MOST_TEXT = 1L << 28;

  private final Path file;
  private final TextHeader header;
  private final int axes;

  NrrdHeader(Path file, TextHeader header) {
    this.file = file;
    this.header = header;
    this.axes = header.axes("dimension");
  }

  boolean isText() {
    return List.of("ascii", "text", "txt").contains(encoding());
  }

  private String encoding() {
    return header.need("encoding").toLowerCase(Locale.ROOT);
  }

  RawImage.Stored stored() {
    String encoding = encoding();
    boolean gzip = encoding.equals("gzip") || encoding.equals("gz");
    if (!gzip && !isText() && !encoding.equals("raw")) {
      throw Malformed.file(file, "the encoding raw, gzip or ascii", encoding);
    }
    if (isText()) {
      return new RawImage.Stored(SampleType.FLOAT64, ByteOrder.LITTLE_ENDIAN, false);
    }
    SampleType type = type(header.need("type").toLowerCase(Locale.ROOT));
    boolean big = type.bytes() > 1 && header.need("endian").toLowerCase(Locale.ROOT).equals("big");
    return new RawImage.Stored(type, big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, gzip);
  }

  private SampleType type(String name) {
    return switch (name) {
      case "signed char", "int8", "int8_t" -> SampleType.INT8;
      case "uchar", "unsigned char", "uint8", "uint8_t" -> SampleType.UINT8;
      case "short", "short int", "signed short", "signed short int", "int16", "int16_t" ->
          SampleType.INT16;
      case "ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t" ->
          SampleType.UINT16;
      case "int", "signed int", "int32", "int32_t" -> SampleType.INT32;
      case "uint", "unsigned int", "uint32", "uint32_t" -> SampleType.UINT32;
      case "longlong", "long long", "long long int", "signed long long", "int64", "int64_t" ->
          SampleType.INT64;
      case "ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t" ->
          SampleType.UINT64;
      case "float", "float32" -> SampleType.FLOAT32;
      case "double", "float64" -> SampleType.FLOAT64;
      default -> throw Malformed.file(file, "a number type of NRRD", name);
    };
  }

  RawImage.Placed placed() {
    int space = Math.min(axes, 3);
    double[] spacing = new double[axes];
    double[][] columns = new double[axes][3];
    List<double[]> vectors = vectors(space);
    for (int axis = 0; axis < space; axis++) {
      columns[axis][axis] = 1;
      spacing[axis] = 1;
      if (!vectors.isEmpty()) {
        split(vectors.get(axis), spacing, columns, axis);
      }
    }
    if (vectors.isEmpty() && header.has("spacings")) {
      spacing = header.numbers("spacings", header.need("spacings"), axes);
    }
    double[] origin = new double[3];
    if (header.has("space origin")) {
      double[] stored = header.numbers("space origin", header.need("space origin"), space);
      System.arraycopy(stored, 0, origin, 0, space);
    }
    exact(spacing, columns);
    toLps(origin, columns);
    return RawImage.Placed.of(header.sizes("sizes", axes), spacing, origin, columns);
  }

  private List<double[]> vectors(int space) {
    List<double[]> vectors = new ArrayList<>();
    Matcher matcher = VECTOR.matcher(header.get("space directions", ""));
    while (matcher.find() && vectors.size() < space) {
      if (matcher.group(1) == null) {
        throw Malformed.file(
            file,
            "channels, if any, as the last axis",
            "space directions " + header.get("space directions", ""),
            "Write one file per channel.");
      }
      vectors.add(header.numbers("space directions", matcher.group(1), space));
    }
    if (!vectors.isEmpty() && vectors.size() < space) {
      throw Malformed.file(file, space + " space directions", header.get("space directions", ""));
    }
    return vectors;
  }

  private static void split(double[] vector, double[] spacing, double[][] columns, int axis) {
    double squares = 0;
    for (double v : vector) {
      squares += v * v;
    }
    spacing[axis] = Math.sqrt(squares);
    for (int world = 0; world < vector.length; world++) {
      columns[axis][world] = vector[world] / spacing[axis];
    }
  }

  /** Takes the separately kept factors where they still agree with the product. */
  private void exact(double[] spacing, double[][] columns) {
    if (!header.has(EXACT_SPACING + ":") || !header.has(EXACT_MATRIX + ":")) {
      return;
    }
    int space = Math.min(axes, 3);
    double[] s = header.numbers(EXACT_SPACING, header.need(EXACT_SPACING + ":"), axes);
    double[] m = header.numbers(EXACT_MATRIX, header.need(EXACT_MATRIX + ":"), axes * axes);
    for (int axis = 0; axis < space; axis++) {
      for (int world = 0; world < space; world++) {
        double product = spacing[axis] * columns[axis][world];
        if (!(Math.abs(s[axis] * m[axes * axis + world] - product) <= 1e-9 * spacing[axis])) {
          return;
        }
      }
    }
    for (int axis = 0; axis < space; axis++) {
      spacing[axis] = s[axis];
      System.arraycopy(m, axes * axis, columns[axis], 0, space);
    }
  }

  /** Turns RAS and LAS worlds to LPS; other spaces are taken as they are. */
  private void toLps(double[] origin, double[][] columns) {
    String space = header.get("space", "").toLowerCase(Locale.ROOT);
    boolean right = space.startsWith("right-") || space.equals("ras") || space.equals("rast");
    boolean anterior = space.contains("anterior") || right || space.startsWith("las");
    for (int world = 0; world < 2; world++) {
      if (world == 0 ? right : anterior) {
        origin[world] = -origin[world];
        for (double[] column : columns) {
          column[world] = -column[world];
        }
      }
    }
  }

  /** Bytes between header and voxels. */
  long skip(long left, long needed) {
    if (header.has("line skip") && header.sizes("line skip", 1)[0] != 0) {
      throw Malformed.file(file, "no line skip", header.need("line skip"));
    }
    long skip = header.has("byte skip") ? header.sizes("byte skip", 1)[0] : 0;
    skip = skip == -1 ? left - needed : skip;
    if (skip < 0 || skip > left) {
      throw Malformed.file(file, "a byte skip within the file", skip + " bytes");
    }
    return skip;
  }

  /** Numbers in text as little-endian doubles. */
  byte[] parse(InputStream in, long count, long left) throws IOException {
    if (left > MOST_TEXT || 2 * count - 1 > left) {
      throw ReadLimits.truncated(file, 2 * count, left + " bytes of text");
    }
    String text = new String(in.readNBytes((int) left), StandardCharsets.ISO_8859_1);
    ByteBuffer numbers =
        ByteBuffer.allocate((int) count * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    StringTokenizer words = new StringTokenizer(text, " \t\r\n,");
    try {
      while (numbers.hasRemaining() && words.hasMoreTokens()) {
        numbers.putDouble(Double.parseDouble(words.nextToken()));
      }
    } catch (NumberFormatException e) {
      throw Malformed.file(file, "numbers", String.valueOf(e.getMessage()), "Correct it.", e);
    }
    if (numbers.hasRemaining()) {
      throw ReadLimits.truncated(file, count * Double.BYTES, "the end of the numbers");
    }
    return numbers.array();
  }

  /** The header of a file to be written, without the empty line at its end. */
  static String text(Grid grid, int channels, String type) {
    int axes = channels > 1 ? 4 : Grids.isPlane(grid) ? 2 : 3;
    TextGeometry g = new TextGeometry(grid, channels, axes);
    StringBuilder vectors = new StringBuilder();
    for (int axis = 0; axis < axes; axis++) {
      vectors.append(axis == 0 ? "(" : " (");
      for (int world = 0; world < axes; world++) {
        vectors.append(world == 0 ? "" : ",").append(g.step(axis) * g.cosine(world, axis));
      }
      vectors.append(')');
    }
    String place = axes == 3 ? "\nspace: left-posterior-superior" : "\nspace dimension: " + axes;
    return "NRRD0004\ntype: "
        + type
        + "\ndimension: "
        + axes
        + place
        + "\nsizes: "
        + g.sizes()
        + "\nspace directions: "
        + vectors
        + "\nkinds: "
        + "domain ".repeat(axes).strip()
        + "\nendian: little\nencoding: raw"
        + "\nspace origin: ("
        + g.origin().replace(' ', ',')
        + ")\n"
        + EXACT_SPACING
        + ":="
        + g.spacing()
        + "\n"
        + EXACT_MATRIX
        + ":="
        + g.matrix()
        + "\n";
  }
}
