package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Deforms, rotates and scales about the centre and cuts the central patch, all in one resampling
 * (nnU-Net {@code SpatialTransform}).
 *
 * <p>The voxel at {@code x} of the patch takes the value at {@code M (x - c + o) + c'} of the
 * input, where {@code c} and {@code c'} are the centres of patch and input and {@code o} is the
 * elastic displacement. A scale above one makes objects smaller. {@link Form} says how M comes from
 * scale and rotation. If nothing is selected the patch is cut without resampling.
 *
 * <p>Images are interpolated linearly and are 0 outside. Labels are interpolated linearly one label
 * at a time and the highest score wins; scores are compared as half precision numbers times 1000,
 * and a tie goes to the label of the nearest voxel if it is among the tied; the outside counts as
 * label -1. {@link Sampling} has other rules.
 *
 * @param patch extent of the result; its first axis is ignored when working in the plane
 * @param inPlane true to treat each slice by itself with one angle about z: two-dimensional data
 *     (one slice) and the "dummy 2D" treatment of very anisotropic data
 * @param motion how often and how far things move
 * @param sampling how image and labels are interpolated
 * @param form whose arithmetic
 */
public record Spatial(Extent patch, boolean inPlane, Motion motion, Sampling sampling, Form form)
    implements ParametricAugmentation<Spatial.Parameters> {
  private static final double[][] NO_OFFSETS = {};

  /** Checks the patch. */
  public Spatial {
    Checks.argument(patch.rank() == 3, "the patch has 3 axes (z, y, x), not %s", patch);
    Checks.argument(patch.voxels() > 0, "the patch %s is empty", patch);
  }

  /**
   * How the matrix comes about, with R0, R1, R2 the rotations about the axes z, y, x by the angles
   * and S the scale, and where a patch is cut.
   */
  public enum Form {
    /**
     * nnU-Net v2: M = R2 R1 R0 S. A patch begins at n / 2 - patch / 2, both rounded down. The mean
     * of a deformed patch stays in the centre.
     */
    V2(Edition.V2),
    /**
     * nnU-Net v1: M = S R2 R1 R0 with the angles negated. A patch begins at (n - patch) / 2,
     * rounded down, and is padded with label 0.
     */
    V1(Edition.V1),
    /** The second form of v1, of the trainers DA3 and DA4: the mean of a deformed patch is kept. */
    V1_SECOND(Edition.V1);

    private final Edition edition;

    Form(Edition edition) {
      this.edition = edition;
    }
  }

  /** How the image is interpolated. */
  public enum Image {
    /** The nearest voxel. */
    NEAREST,
    /** Linearly. */
    LINEAR,
    /** By a cubic B-spline through the voxels, as nnU-Net v1. */
    SPLINE
  }

  /** How labels are interpolated. */
  public enum Labels {
    /** The nearest voxel. */
    NEAREST,
    /** Linearly one by one; the highest score wins, a tie goes to the nearest voxel (v2). */
    VOTE,
    /** As {@link #VOTE}, but a tie goes to the lowest label. */
    VOTE_LOWEST,
    /** As {@link #VOTE}, but a tie goes to the highest label. */
    VOTE_HIGHEST,
    /** Linearly one by one in rising order; written where at least one half, else 0 (v1). */
    HALF
  }

  /**
   * How image and labels are interpolated.
   *
   * @param image rule for images
   * @param labels rule for labels
   * @param outside what lies beyond the border
   */
  public record Sampling(Image image, Labels labels, Outside outside) {
    /** Both linearly, as nnU-Net v2. */
    public static final Sampling LINEAR = new Sampling(Image.LINEAR, Labels.VOTE, Outside.PADDED);

    /** The image linearly, labels by the nearest voxel. */
    public static final Sampling NEAREST_LABELS =
        new Sampling(Image.LINEAR, Labels.NEAREST, Outside.PADDED);

    /** Both by the nearest voxel. */
    public static final Sampling NEAREST =
        new Sampling(Image.NEAREST, Labels.NEAREST, Outside.PADDED);

    /** The image by splines and labels by one half, as nnU-Net v1. */
    public static final Sampling SPLINE = new Sampling(Image.SPLINE, Labels.HALF, Outside.PADDED);

    /**
     * The same rules with another border.
     *
     * @param newOutside what lies beyond
     * @return the sampling
     */
    public Sampling withOutside(Outside newOutside) {
      return new Sampling(image, labels, newOutside);
    }

    /** Checks that splines and the rule of one half have zeros outside. */
    public Sampling {
      boolean padded = outside.border() == Outside.Border.CONSTANT;
      Checks.argument(
          padded || (image != Image.SPLINE && labels != Labels.HALF),
          "splines and the rule of one half know no border %s, only a constant one",
          outside.border());
    }

    private boolean plain() {
      return outside.equals(Outside.PADDED)
          && image != Image.SPLINE
          && (labels == Labels.VOTE || labels == Labels.NEAREST);
    }
  }

  /**
   * How often and how far things move.
   *
   * @param rotation how often and how far to rotate
   * @param scaling how often and how much to scale
   * @param elastic how often and how far to deform
   */
  public record Motion(Rotation rotation, Scaling scaling, Elastic elastic) {}

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
   * @param perAxis probability of a factor of its own on each axis, given that
   * @param enlargedFor smallest factor that the patch to cut is enlarged for; smaller ones show the
   *     outside
   */
  public record Scaling(double probability, Draw factor, double perAxis, double enlargedFor) {
    /** Checks the probabilities. */
    public Scaling {
      Checks.probability(probability, "probability of a scaling");
      Checks.probability(perAxis, "probability of a factor per axis");
      Checks.positive(enlargedFor, "factor to enlarge for");
    }

    /**
     * Enlarges for {@link InitialPatch#SMALLEST_SCALE}.
     *
     * @param probability of any scaling, per sample
     * @param factor distribution of the factor
     * @param perAxis true for a factor of its own on each axis
     */
    public Scaling(double probability, Draw factor, boolean perAxis) {
      this(probability, factor, perAxis ? 1 : 0, InitialPatch.SMALLEST_SCALE);
    }
  }

  /**
   * What is drawn for one sample.
   *
   * @param radians angle per axis (z, y, x); only the first counts when working in the plane; empty
   *     if no rotation was selected
   * @param scale factor per axis (z, y, x); empty if no scaling was selected
   * @param deformation if one was selected
   */
  public record Parameters(
      List<Double> radians, List<Double> scale, Optional<Elastic.Deformation> deformation) {
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

    /**
     * Without a deformation.
     *
     * @param radians angle per axis (z, y, x), or none
     * @param scale factor per axis (z, y, x), or none
     */
    public Parameters(List<Double> radians, List<Double> scale) {
      this(radians, scale, Optional.empty());
    }

    boolean isNone() {
      return radians.isEmpty() && scale.isEmpty() && deformation.isEmpty();
    }
  }

  @Override
  public Parameters draw(int channels, RandomGenerator random) {
    boolean rotates = random.nextDouble() < motion.rotation().probability();
    boolean scales = random.nextDouble() < motion.scaling().probability();
    boolean deforms = random.nextDouble() < motion.elastic().probability();
    return new Parameters(
        rotates ? angles(random) : List.of(),
        scales ? factors(random) : List.of(),
        deforms ? Optional.of(motion.elastic().draw(patch.toArray(), random)) : Optional.empty());
  }

  private List<Double> angles(RandomGenerator random) {
    Rotation rotation = motion.rotation();
    Draw angle = Draws.uniform(-rotation.largest(), rotation.largest());
    List<Double> radians = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      double drawn = angle.draw(random);
      boolean kept =
          rotation.probabilityPerAxis() >= 1 || random.nextDouble() < rotation.probabilityPerAxis();
      radians.add(kept ? drawn : 0);
    }
    return radians;
  }

  private List<Double> factors(RandomGenerator random) {
    Scaling scaling = motion.scaling();
    boolean own =
        scaling.perAxis() >= 1
            || (scaling.perAxis() > 0 && random.nextDouble() < scaling.perAxis());
    List<Double> scale = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      scale.add(axis > 0 && !own ? scale.get(0) : scaling.factor().draw(random));
    }
    return scale;
  }

  @Override
  public void changeIn(SampleBuffer buffer, Parameters parameters) {
    changeIn(
        buffer,
        parameters,
        parameters.deformation().map(drawn -> field(buffer.extent(), drawn)).orElse(NO_OFFSETS));
  }

  private double[][] field(Extent from, Elastic.Deformation drawn) {
    int skipped = inPlane ? 1 : 0;
    int[] shape = Arrays.copyOfRange(target(from).toArray(), skipped, 3);
    double[] sigmas = new double[shape.length];
    double[] strengths = new double[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      sigmas[axis] = drawn.sigmas().get(axis + skipped);
      strengths[axis] = drawn.strengths().get(axis + skipped);
    }
    return ElasticField.of(motion.elastic().kind(), shape, sigmas, strengths, drawn.seed());
  }

  private Extent target(Extent from) {
    return inPlane ? Extent.of(from.get(0), patch.get(1), patch.get(2)) : patch;
  }

  /** With given displacements, one array per axis in use, or none. */
  void changeIn(SampleBuffer buffer, Parameters parameters, double[][] offsets) {
    Extent from = buffer.extent();
    Extent to = target(from);
    if (parameters.isNone()) {
      if (!from.equals(to)) {
        buffer.crop(new CentreCrop(from, to, form.edition, cropped()));
      }
      return;
    }
    float[][] image = new float[buffer.channels()][Math.toIntExact(to.voxels())];
    short[][] labels = new short[buffer.labelMaps()][Math.toIntExact(to.voxels())];
    float[][] source = new float[image.length][];
    Arrays.setAll(source, buffer::read);
    short[][] maps = new short[labels.length][];
    Arrays.setAll(maps, buffer::readLabels);
    double[] matrix = SpatialMatrix.of(form, inPlane, parameters.radians(), parameters.scale());
    if (form == Form.V2 && offsets.length == 0 && sampling.plain()) {
      AffineRows rows = new AffineRows(from, to, matrix, inPlane);
      new Resampler(rows, sampling).run(source, maps, image, labels);
    } else {
      Points points = new Points(from, to, matrix, inPlane, offsets, form != Form.V1);
      new PointResampler(points, sampling, form != Form.V2).run(source, maps, image, labels);
    }
    buffer.replace(Grid.of(to, buffer.grid().spacing()), image, labels);
  }

  /** v1 pads cut labels by 0 although it speaks of -1. */
  private Outside cropped() {
    Outside outside = sampling.outside();
    return form == Form.V2 ? outside : new Outside(outside.border(), outside.image(), 0);
  }

  @Override
  public Extent inputExtent(Extent output) {
    double largest = motion.rotation().largest();
    double smallest = motion.scaling().enlargedFor();
    if (inPlane && form != Form.V2) {
      Extent slice = Extent.of(1, output.get(1), output.get(2));
      Extent plane = InitialPatch.of(slice, largest, smallest, true);
      return Extent.of(output.get(0), plane.get(1), plane.get(2));
    }
    return InitialPatch.of(output, largest, smallest, inPlane);
  }
}
