package io.github.nnunet4j.augment;

import io.github.nnunet4j.image.Extent;

/**
 * The chains of nnU-Net's trainers. A {@link StandardAugmentation} is one of them, fitted to a
 * patch, with the changes that its builder offers.
 */
public enum StandardChain {
  /** {@code nnUNetTrainer} of v2. */
  V2,
  /**
   * {@code nnUNetTrainerDA5} of v2: quarter turns, transposition, median filter, blank rectangles,
   * local brightness and gamma, sharpening. As in the reference both gamma steps are inverted.
   */
  V2_DA5,
  /** {@code nnUNetTrainerV2} of v1: spline interpolation. */
  V1,
  /** {@code nnUNetTrainerV2_DA2}: a scale per axis, axes rotated by chance, additive brightness. */
  V1_DA2,
  /** {@code nnUNetTrainerV2_DA3}: elastic deformation, wider ranges, additive brightness. */
  V1_DA3,
  /** {@code nnUNetTrainerV2BraTSRegions_DA4_BN}: as DA3 with rotations up to 90 degrees. */
  V1_DA4,
  /** {@code nnUNetTrainerV2_DA5}: what v2's DA5 became, with splines. */
  V1_DA5,
  /** {@code nnUNetTrainerV2_insaneDA}: elastic deformation and wider ranges. */
  V1_INSANE,
  /** {@code nnUNetTrainerV2_MMS}: as insane, more rotation, less elastic. */
  V1_MMS,
  /** {@code nnUNetTrainer} of v1 (2018): elastic deformation, rotation, scale, gamma, mirroring. */
  V1_2018;

  private static final double ELONGATED = 1.5;

  Edition edition() {
    return this == V2 || this == V2_DA5 ? Edition.V2 : Edition.V1;
  }

  /** The largest rotation by default, in radians. */
  double rotation(Extent patch, boolean dummy2d) {
    if (this == V1_DA4 && patch.rank() == 3 && !dummy2d) {
      return Math.PI / 2;
    }
    if (patch.rank() == 3) {
      return Math.toRadians(dummy2d ? 180 : this == V1_2018 ? 15 : 30);
    }
    int longest = Math.max(patch.get(0), patch.get(1));
    int shortest = Math.min(patch.get(0), patch.get(1));
    boolean narrow =
        switch (this) {
          case V1_DA3, V1_DA4, V1_DA5, V1_INSANE, V1_MMS -> false;
          default -> (double) longest / shortest > ELONGATED;
        };
    return Math.toRadians(narrow ? 15 : 180);
  }

  Spatial.Form form() {
    return switch (this) {
      case V2, V2_DA5 -> Spatial.Form.V2;
      case V1_DA3, V1_DA4 -> Spatial.Form.V1_SECOND;
      default -> Spatial.Form.V1;
    };
  }

  Spatial.Sampling sampling() {
    return edition() == Edition.V2 ? Spatial.Sampling.LINEAR : Spatial.Sampling.SPLINE;
  }

  Spatial.Rotation rotation(double largest, boolean flat) {
    return switch (this) {
      case V2, V1, V1_INSANE, V1_2018 -> new Spatial.Rotation(0.2, 1, largest);
      case V1_DA2 -> new Spatial.Rotation(0.2, flat ? 1 : 0.5, largest);
      case V1_DA3, V1_DA4 -> new Spatial.Rotation(0.3, 1, largest);
      case V2_DA5, V1_DA5 -> new Spatial.Rotation(0.4, 0.5, largest);
      case V1_MMS -> new Spatial.Rotation(0.7, 1, largest);
    };
  }

  Spatial.Scaling scaling() {
    double usual = InitialPatch.SMALLEST_SCALE;
    return switch (this) {
      case V2 -> new Spatial.Scaling(0.2, Draws.uniform(0.7, 1.4), 0, usual);
      case V2_DA5 -> new Spatial.Scaling(0.2, Draws.uniform(0.7, 1.43), 1, 0.7);
      case V1 -> new Spatial.Scaling(0.2, Draws.halfAndHalf(0.7, 1.4), 0, usual);
      case V1_DA2 -> new Spatial.Scaling(0.2, Draws.halfAndHalf(0.7, 1.4), 1, usual);
      case V1_DA3, V1_DA4 -> new Spatial.Scaling(0.3, Draws.halfAndHalf(0.65, 1.6), 0.3, 0.7);
      case V1_DA5 -> new Spatial.Scaling(0.2, Draws.halfAndHalf(0.7, 1.43), 1, 0.7);
      case V1_INSANE -> new Spatial.Scaling(0.2, Draws.halfAndHalf(0.65, 1.6), 0, usual);
      case V1_MMS -> new Spatial.Scaling(0.3, Draws.halfAndHalf(0.65, 1.6), 0.3, usual);
      case V1_2018 -> new Spatial.Scaling(0.2, Draws.halfAndHalf(0.85, 1.25), 0, usual);
    };
  }

  /** How things are deformed, of patches of two axes in use or of three. */
  Elastic elastic(boolean inPlane) {
    return switch (this) {
      case V1_DA3 -> second(0.3);
      case V1_DA4 -> second(0.2);
      case V1_INSANE -> first(0.2, 15, 1300);
      case V1_MMS -> first(0.1, 15, 300);
      case V1_2018 -> first(0.2, 13, inPlane ? 200 : 900);
      default -> Elastic.NONE;
    };
  }

  private static Elastic first(double probability, double widest, double strongest) {
    return new Elastic(
        probability, Draws.uniform(9, widest), Draws.uniform(0, strongest), 1, Elastic.Kind.V1);
  }

  private static Elastic second(double probability) {
    return new Elastic(
        probability,
        Draws.uniform(0, 0.25),
        Draws.uniform(1.0 / 8, 1.0 / 2),
        1,
        Elastic.Kind.V1_SECOND);
  }
}
