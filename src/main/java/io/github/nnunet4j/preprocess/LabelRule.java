package io.github.nnunet4j.preprocess;

/**
 * How the interpolated indicators of the labels decide a voxel. nnU-Net's own rule changed with a
 * library of its authors; both are in use. They differ where three labels meet and at exact halves.
 */
public enum LabelRule {
  /**
   * The largest score wins; an exact tie goes to the label of the nearest voxel if that is among
   * the tied, else to the smallest tied label. In force for nnU-Net v2 with batchgenerators from
   * 0.25.4.
   */
  ARGMAX,
  /**
   * Labels in ascending order take every voxel where their score is at least a half, later ones
   * overwrite, a voxel without such a score becomes 0. In force for nnU-Net v1 and for v2 with
   * batchgenerators up to 0.25.3.
   */
  THRESHOLD
}
