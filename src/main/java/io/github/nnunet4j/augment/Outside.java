package io.github.nnunet4j.augment;

/**
 * What lies beyond the border of a sample that is turned, scaled or cut.
 *
 * @param border how the image goes on
 * @param image value of voxels outside, if they have one
 * @param label label of voxels outside, if they have one
 */
public record Outside(Border border, double image, int label) {
  /** Image 0, label -1, as nnU-Net's trainers have it. */
  public static final Outside PADDED = new Outside(Border.CONSTANT, 0, -1);

  /** The edge goes on for ever. */
  public static final Outside EDGE = new Outside(Border.EDGE, 0, -1);

  /** The image is reflected. */
  public static final Outside REFLECTED = new Outside(Border.REFLECTION, 0, -1);

  /** How an image goes on. */
  public enum Border {
    /** By one value. */
    CONSTANT,
    /** By its edge voxels. */
    EDGE,
    /**
     * By its mirror image: about the outer faces of the edge voxels when points are sampled, about
     * their centres when a patch is cut.
     */
    REFLECTION
  }

  /** Brings a coordinate onto an axis of n voxels, unless voxels outside have a value. */
  double fold(double at, int n) {
    switch (border) {
      case EDGE -> {
        return Math.max(0, Math.min(n - 1, at));
      }
      case REFLECTION -> {
        double period = 2.0 * n;
        double shifted = (at + 0.5) - Math.floor((at + 0.5) / period) * period;
        double folded = (shifted < n ? shifted : period - shifted) - 0.5;
        return Math.max(0, Math.min(n - 1, folded));
      }
      default -> {
        return at;
      }
    }
  }

  /** The voxel that stands at an index beyond the border; -1 if the value outside does. */
  int voxel(int index, int n) {
    if (index >= 0 && index < n) {
      return index;
    }
    return switch (border) {
      case EDGE -> index < 0 ? 0 : n - 1;
      case REFLECTION -> GaussianBlur.reflect(index, n);
      case CONSTANT -> -1;
    };
  }
}
