package io.github.nnunet4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The header of a file to be written, as ITK writes it: both transforms with code 1 (scanner),
 * millimetres and seconds. NIfTI-1 unless an axis is longer than its 16 bits allow. The sform's
 * float32 columns are chosen so that reading them gives the same direction bit for bit wherever
 * float32 allows it.
 */
final class NiftiHeaderBytes {
  private static final int SEARCH = 64;

  private final Path file;
  private final Grid grid;
  private final int channels;
  private final SampleType type;
  private final boolean pair;
  private final boolean one;
  private final double[] sform = new double[12];

  NiftiHeaderBytes(Path file, Grid grid, int channels, SampleType type, boolean pair) {
    this.file = file;
    this.grid = grid;
    this.channels = channels;
    this.type = type;
    this.pair = pair;
    Extent extent = grid.extent();
    int longest = Math.max(extent.get(0), Math.max(extent.get(1), extent.get(2)));
    this.one = Math.max(longest, channels) <= Short.MAX_VALUE;
  }

  /** Header and the four bytes that say there is no extension (single files). */
  byte[] encode() {
    int size = one ? NiftiHeader.SIZE_1 : NiftiHeader.SIZE_2;
    ByteBuffer b = ByteBuffer.allocate(size + (pair ? 0 : 4)).order(ByteOrder.LITTLE_ENDIAN);
    fillSform();
    long[] dim = dim();
    double[] quaternion = new double[4];
    double qfac = quaternion(quaternion);
    Spacing s = grid.spacing();
    double[] pixdim = {qfac, s.get(2), s.get(1), dim[0] == 2 ? 1 : s.get(0), 1, 1, 1, 1};
    b.putInt(0, size);
    for (int i = 0; i < 8; i++) {
      if (one) {
        b.putShort(40 + 2 * i, (short) dim[i]);
      } else {
        b.putLong(16 + 8 * i, dim[i]);
      }
      real(b, 76 + 4 * i, 104 + 8 * i, pixdim[i]);
    }
    b.putShort(one ? 70 : 12, (short) code());
    b.putShort(one ? 72 : 14, (short) (8 * type.bytes()));
    if (one) {
      b.putFloat(108, pair ? 0 : b.capacity());
    } else {
      b.putLong(168, pair ? 0 : b.capacity());
    }
    real(b, 112, 176, 1);
    transforms(b, quaternion);
    byte[] magic = ((pair ? "ni" : "n+") + (one ? "1" : "2")).getBytes(StandardCharsets.ISO_8859_1);
    b.put(one ? 344 : 4, magic);
    if (!one) {
      b.put(8, new byte[] {13, 10, 26, 10});
    }
    return b.array();
  }

  private void transforms(ByteBuffer b, double[] quaternion) {
    int millimetresAndSeconds = 2 | 8;
    if (one) {
      b.put(123, (byte) millimetresAndSeconds);
      b.putShort(252, (short) 1);
      b.putShort(254, (short) 1);
    } else {
      b.putInt(500, millimetresAndSeconds);
      b.putInt(344, 1);
      b.putInt(348, 1);
    }
    for (int i = 0; i < 3; i++) {
      real(b, 256 + 4 * i, 352 + 8 * i, quaternion[i + 1]);
      real(b, 268 + 4 * i, 376 + 8 * i, sform[4 * i + 3]);
    }
    for (int i = 0; i < 12; i++) {
      real(b, 280 + 4 * i, 400 + 8 * i, sform[i]);
    }
  }

  private void real(ByteBuffer b, int at1, int at2, double value) {
    if (one) {
      b.putFloat(at1, (float) value);
    } else {
      b.putDouble(at2, value);
    }
  }

  private int code() {
    return switch (type) {
      case UINT8 -> 2;
      case INT16 -> 4;
      case FLOAT32 -> 16;
      case UINT16 -> 512;
      default -> throw new IllegalStateException(type.name());
    };
  }

  private long[] dim() {
    Extent e = grid.extent();
    long[] dim = {3, e.get(2), e.get(1), e.get(0), channels, 1, 1, 1};
    dim[0] = channels > 1 ? 4 : Grids.isPlane(grid) ? 2 : 3;
    return dim;
  }

  private void fillSform() {
    double[] direction = grid.direction();
    double[] origin = grid.origin();
    for (int axis = 0; axis < 3; axis++) {
      double[] unit = {-direction[axis], -direction[3 + axis], direction[6 + axis]};
      double[] column = column(unit, grid.spacing().get(2 - axis));
      for (int world = 0; world < 3; world++) {
        sform[4 * world + axis] = column[world] + 0.0;
      }
    }
    for (int world = 0; world < 3; world++) {
      sform[4 * world + 3] = (world < 2 ? -origin[world] : origin[world]) + 0.0;
    }
    if (!NiftiGeometry.orthogonal(sform)) {
      throw Malformed.file(
          file,
          "orthogonal image axes, as NIfTI and ITK have them",
          "the direction " + Arrays.toString(direction),
          "Write MetaImage or NRRD, or resample the image.");
    }
  }

  /** A column of about this length that, normalised after rounding to float32, is the unit. */
  private double[] column(double[] unit, double length) {
    int largest = 0;
    for (int i = 1; i < 3; i++) {
      largest = Math.abs(unit[i]) > Math.abs(unit[largest]) ? i : largest;
    }
    float start = (float) (unit[largest] * length);
    float up = start;
    float down = start;
    for (int i = 0; i < SEARCH; i++) {
      for (float candidate : new float[] {up, down}) {
        double[] column = rounded(unit, candidate / unit[largest]);
        if (isUnit(column, unit)) {
          return column;
        }
      }
      up = Math.nextUp(up);
      down = Math.nextDown(down);
    }
    return rounded(unit, length);
  }

  private double[] rounded(double[] unit, double length) {
    return Arrays.stream(unit).map(u -> one ? (float) (u * length) : u * length).toArray();
  }

  private static boolean isUnit(double[] column, double[] unit) {
    double[] m = {column[0], 0, 0, 0, column[1], 0, 0, 0, column[2], 0, 0, 0};
    double length = NiftiGeometry.length(m, 0);
    for (int i = 0; i < 3; i++) {
      if (column[i] / length != unit[i]) {
        return false;
      }
    }
    return true;
  }

  /** The rotation as unit quaternion a, b, c, d with a not negative; returns the handedness. */
  private double quaternion(double[] q) {
    double[] r = new double[9];
    double[] d = grid.direction();
    for (int i = 0; i < 9; i++) {
      r[i] = i < 6 ? -d[i] : d[i];
    }
    double det =
        r[0] * (r[4] * r[8] - r[5] * r[7])
            - r[1] * (r[3] * r[8] - r[5] * r[6])
            + r[2] * (r[3] * r[7] - r[4] * r[6]);
    double hand = det < 0 ? -1 : 1;
    for (int i = 2; i < 9; i += 3) {
      r[i] *= hand;
    }
    double[] squares = {
      1 + r[0] + r[4] + r[8], 1 + r[0] - r[4] - r[8], 1 - r[0] + r[4] - r[8], 1 - r[0] - r[4] + r[8]
    };
    int largest = 0;
    for (int i = 1; i < 4; i++) {
      largest = squares[i] > squares[largest] ? i : largest;
    }
    double s = 2 * Math.sqrt(squares[largest]);
    double bc = r[1] + r[3];
    double bd = r[2] + r[6];
    double cd = r[5] + r[7];
    double ab = r[7] - r[5];
    double ac = r[2] - r[6];
    double ad = r[3] - r[1];
    double[][] rows = {
      {s * s / 4, ab, ac, ad},
      {ab, s * s / 4, bc, bd},
      {ac, bc, s * s / 4, cd},
      {ad, bd, cd, s * s / 4}
    };
    double sign = rows[largest][0] < 0 ? -1 : 1;
    for (int i = 0; i < 4; i++) {
      q[i] = sign * rows[largest][i] / s;
    }
    return hand;
  }
}
