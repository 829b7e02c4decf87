package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Where a local change acts: a Gaussian that lies somewhere in the patch or near it, scaled so that
 * its weights go from 0 to 1 (nnU-Net {@code LocalTransform}). The weight of a voxel is the
 * integral of the Gaussian over it.
 *
 * @param patch extent of the samples (z, y, x)
 * @param centre distribution of the centre on each axis, as a fraction of the axis
 * @param width distribution of the standard deviation on each axis
 */
public record LocalField(Extent patch, Draw centre, Width width) {
  /**
   * As nnU-Net's DA5 has it: centres from -0.5 to 1.5, standard deviations log-uniform from a sixth
   * of the axis to the axis.
   *
   * @param patch extent of the samples (z, y, x)
   * @return the distribution
   */
  public static LocalField of(Extent patch) {
    return new LocalField(patch, Draws.uniform(-0.5, 1.5), new LogUniform(6));
  }

  /** How the standard deviation on an axis is drawn. */
  @FunctionalInterface
  public interface Width {
    /**
     * Draws a standard deviation.
     *
     * @param voxels length of the axis
     * @param random the only source of randomness
     * @return in voxels, positive
     */
    double draw(int voxels, RandomGenerator random);
  }

  /**
   * The logarithm is uniform between those of a part of the axis (rounded down, at least 1) and of
   * the whole axis.
   *
   * @param part what the axis is divided by
   */
  public record LogUniform(int part) implements Width {
    /** Checks the part. */
    public LogUniform {
      Checks.positive(part, "part of the axis");
    }

    @Override
    public double draw(int voxels, RandomGenerator random) {
      double low = Math.log(Math.max(1, voxels / part));
      return Math.exp(low + (Math.log(voxels) - low) * random.nextDouble());
    }
  }

  /**
   * What is drawn.
   *
   * @param centre on (z, y, x), as a fraction of the axis
   * @param sigma on (z, y, x), in voxels
   */
  public record Place(List<Double> centre, List<Double> sigma) {
    /** Checks the counts. */
    public Place {
      centre = List.copyOf(centre);
      sigma = List.copyOf(sigma);
      Checks.argument(
          centre.size() == 3 && sigma.size() == 3 && sigma.stream().allMatch(s -> s > 0),
          "3 centres and 3 positive sigmas are needed, not %s and %s",
          centre,
          sigma);
    }
  }

  Place draw(RandomGenerator random) {
    List<Double> centres = new ArrayList<>();
    List<Double> sigmas = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      centres.add(centre.draw(random));
      sigmas.add(width.draw(patch.get(axis), random));
    }
    return new Place(centres, sigmas);
  }
}
