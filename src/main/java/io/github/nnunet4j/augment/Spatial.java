package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Rotates and scales about the centre and cuts the central patch, all in one resampling (nnU-Net v2
 * {@code SpatialTransform} without elastic deformation).
 *
 * <p>The voxel at {@code x} of the patch takes the value at {@code R S (x - c) + c'} of the input,
 * where {@code c} and {@code c'} are the centres of patch and input, S the scale and R the rotation
 * {@code R2 R1 R0} about the axes z (angle 0), y, x. A scale above one makes objects smaller.
 * Images are interpolated linearly and are 0 outside. Labels are interpolated linearly one label at
 * a time and the highest score wins; scores are compared as half precision numbers times 1000, and
 * a tie goes to the label of the nearest voxel if it is among the tied; the outside counts as label
 * -1. If neither rotation nor scale is selected the patch is cut without resampling.
 *
 * @param patch extent of the result; its first axis is ignored when working in the plane
 * @param inPlane true to treat each slice by itself with one angle about z: two-dimensional data
 *     (one slice) and the "dummy 2D" treatment of very anisotropic data
 * @param rotation how often and how far to rotate
 * @param scaling how often and how much to scale
 * @param sampling how image and labels are interpolated
 */
public record Spatial(
    Extent patch, boolean inPlane, Rotation rotation, Scaling scaling, Sampling sampling)
    implements ParametricAugmentation<Spatial.Parameters> {

  /** Checks the patch. */
  public Spatial {
    Checks.argument(patch.rank() == 3, "the patch has 3 axes (z, y, x), not %s", patch);
    Checks.argument(patch.voxels() > 0, "the patch %s is empty", patch);
  }

  /** How image and labels are interpolated. */
  public enum Sampling {
    /** Both linearly. */
    LINEAR,
    /** The image linearly, labels by the nearest voxel. */
    NEAREST_LABELS,
    /** Both by the nearest voxel. */
    NEAREST
  }

  /**
   * How often and how far to rotate.
   *
   * @param probability of any rotation, per sample
   * @param probabilityPerAxis that a drawn angle is kept, per axis, given that
   * @param largest angles are uniform between plus and minus this, in radians
   */
  public record Rotation(double probability, double probabilityPerAxis, double largest) {
    /** Checks the ranges. */
    public Rotation {
      Checks.probability(probability, "probability of a rotation");
      Checks.probability(probabilityPerAxis, "probability per axis");
      Checks.argument(
          largest >= 0 && Double.isFinite(largest),
          "the largest angle must be zero or positive, was %s",
          largest);
    }
  }

  /**
   * How often and how much to scale.
   *
   * @param probability of any scaling, per sample
   * @param factor distribution of the factor
   * @param perAxis true for a factor of its own on each axis
   */
  public record Scaling(double probability, Draw factor, boolean perAxis) {
    /** Checks the probability. */
    public Scaling {
      Checks.probability(probability, "probability of a scaling");
    }
  }

  /**
   * What is drawn for one sample.
   *
   * @param radians angle per axis (z, y, x); only the first counts when working in the plane; empty
   *     if no rotation was selected
   * @param scale factor per axis (z, y, x); empty if no scaling was selected
   */
  public record Parameters(List<Double> radians, List<Double> scale) {
    /** Nothing selected: the central patch is cut. */
    public static final Parameters NONE = new Parameters(List.of(), List.of());

    /** Checks the counts. */
    public Parameters {
      radians = List.copyOf(radians);
      scale = List.copyOf(scale);
      Checks.argument(
          radians.isEmpty() || radians.size() == 3, "3 angles are needed, not %s", radians);
      Checks.argument(scale.isEmpty() || scale.size() == 3, "3 factors are needed, not %s", scale);
      Checks.argument(
          Stream.concat(radians.stream(), scale.stream()).allMatch(v -> Double.isFinite(v)),
          "angles %s and factors %s must be finite",
          radians,
          scale);
    }

    boolean isNone() {
      return radians.isEmpty() && scale.isEmpty();
    }
  }

  @Override
  public Parameters draw(int channels, RandomGenerator random) {
    boolean rotates = random.nextDouble() < rotation.probability();
    boolean scales = random.nextDouble() < scaling.probability();
    List<Double> radians = new ArrayList<>();
    List<Double> scale = new ArrayList<>();
    if (rotates) {
      Draw angle = Draws.uniform(-rotation.largest(), rotation.largest());
      for (int axis = 0; axis < 3; axis++) {
        double drawn = angle.draw(random);
        boolean kept =
            rotation.probabilityPerAxis() >= 1
                || random.nextDouble() < rotation.probabilityPerAxis();
        radians.add(kept ? drawn : 0);
      }
    }
    if (scales) {
      for (int axis = 0; axis < 3; axis++) {
        scale.add(axis > 0 && !scaling.perAxis() ? scale.get(0) : scaling.factor().draw(random));
      }
    }
    return new Parameters(radians, scale);
  }

  @Override
  public void changeIn(SampleBuffer buffer, Parameters parameters) {
    Extent from = buffer.extent();
    Extent to = inPlane ? Extent.of(from.get(0), patch.get(1), patch.get(2)) : patch;
    if (parameters.isNone() && from.equals(to)) {
      return;
    }
    float[][] image = new float[buffer.channels()][Math.toIntExact(to.voxels())];
    short[] labels = new short[Math.toIntExact(to.voxels())];
    float[][] source = new float[image.length][];
    Arrays.setAll(source, buffer::read);
    if (parameters.isNone()) {
      CentreCrop crop = new CentreCrop(from, to);
      for (int c = 0; c < image.length; c++) {
        crop.copy(source[c], image[c]);
      }
      crop.copy(buffer.readLabels(), labels);
    } else {
      AffineRows rows = new AffineRows(from, to, matrix(parameters), inPlane);
      new Resampler(rows, sampling).run(source, buffer.readLabels(), image, labels);
    }
    buffer.replace(Grid.of(to, buffer.grid().spacing()), image, labels);
  }

  private double[] matrix(Parameters parameters) {
    double[] s = {1, 1, 1};
    double[] a = {0, 0, 0};
    for (int axis = 0; axis < 3; axis++) {
      s[axis] = parameters.scale().isEmpty() ? 1 : parameters.scale().get(axis);
      a[axis] = parameters.radians().isEmpty() ? 0 : parameters.radians().get(axis);
    }
    if (inPlane) {
      double c = Math.cos(a[0]);
      double n = Math.sin(a[0]);
      return new double[] {1, 0, 0, 0, c * s[1], -n * s[2], 0, n * s[1], c * s[2]};
    }
    double[] m = rotation(1, 2, a[0]);
    m = multiply(rotation(2, 0, a[1]), m);
    m = multiply(rotation(0, 1, a[2]), m);
    for (int i = 0; i < 9; i++) {
      m[i] *= s[i % 3];
    }
    return m;
  }

  /** Turns axis {@code from} towards axis {@code to}. */
  private static double[] rotation(int from, int to, double radians) {
    double[] m = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    m[from * 3 + from] = Math.cos(radians);
    m[to * 3 + to] = Math.cos(radians);
    m[from * 3 + to] = -Math.sin(radians);
    m[to * 3 + from] = Math.sin(radians);
    return m;
  }

  private static double[] multiply(double[] a, double[] b) {
    double[] product = new double[9];
    for (int i = 0; i < 9; i++) {
      int row = i / 3 * 3;
      int column = i % 3;
      product[i] = a[row] * b[column] + a[row + 1] * b[3 + column] + a[row + 2] * b[6 + column];
    }
    return product;
  }

  @Override
  public Extent inputExtent(Extent output) {
    return InitialPatch.of(output, rotation.largest(), InitialPatch.SMALLEST_SCALE, inPlane);
  }
}
