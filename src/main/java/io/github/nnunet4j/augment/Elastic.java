package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How often and how far voxels are moved about by a smooth random field.
 *
 * @param probability of a deformation, per sample
 * @param width distribution of the standard deviation of the Gaussian that smooths the field
 * @param strength distribution of how far voxels move
 * @param shared probability of one width for all axes
 * @param kind what the numbers mean
 */
public record Elastic(double probability, Draw width, Draw strength, double shared, Kind kind) {
  /** No deformation. */
  public static final Elastic NONE =
      new Elastic(0, Draws.constant(1), Draws.constant(0), 1, Kind.V2);

  /** Checks the probabilities. */
  public Elastic {
    Checks.probability(probability, "probability of a deformation");
    Checks.probability(shared, "probability of one width for all axes");
  }

  /** What width and strength mean, and how the field comes about. */
  public enum Kind {
    /**
     * v1: uniform noise within -1 and 1 is smoothed by a truncated Gaussian of {@code width}
     * voxels, with zeros outside of the patch, and multiplied by {@code strength}; one width and
     * strength for all axes.
     */
    V1,
    /**
     * v1's second form (DA3): uniform noise is smoothed periodically by {@code width} times the
     * patch length of each axis; each component's largest displacement becomes {@code strength}
     * times that width. One width for all axes.
     */
    V1_SECOND,
    /**
     * v2: normal noise is smoothed periodically; component by component the width, in all
     * directions, is {@code width} times the patch length of the component's axis and the largest
     * displacement is {@code strength} voxels.
     */
    V2
  }

  /**
   * What is drawn for one sample.
   *
   * @param sigmas of the Gaussian (z, y, x), in voxels
   * @param strengths (z, y, x): what the smoothed noise is multiplied by in the first form of v1,
   *     else the largest displacement in voxels
   * @param seed of the noise
   */
  public record Deformation(List<Double> sigmas, List<Double> strengths, long seed) {
    /** Checks the counts. */
    public Deformation {
      sigmas = List.copyOf(sigmas);
      strengths = List.copyOf(strengths);
      Checks.argument(
          sigmas.size() == 3 && strengths.size() == 3,
          "3 sigmas and strengths are needed, not %s and %s",
          sigmas,
          strengths);
    }
  }

  /** Draws a deformation for a patch (z, y, x). */
  Deformation draw(int[] patch, RandomGenerator random) {
    boolean same = kind != Kind.V2 || random.nextDouble() < shared;
    double commonWidth = width.draw(random);
    double commonStrength = strength.draw(random);
    List<Double> sigmas = new ArrayList<>();
    List<Double> strengths = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      double drawn = same || axis == 0 ? commonWidth : width.draw(random);
      double sigma = kind == Kind.V1 ? drawn : drawn * patch[axis];
      double by = kind == Kind.V1 || axis == 0 ? commonStrength : strength.draw(random);
      sigmas.add(sigma);
      strengths.add(kind == Kind.V1_SECOND ? by * sigma : by);
    }
    return new Deformation(sigmas, strengths, random.nextLong());
  }
}
