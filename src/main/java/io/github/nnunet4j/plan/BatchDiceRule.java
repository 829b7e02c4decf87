package io.github.nnunet4j.plan;

/**
 * Decides whether Dice counts the whole batch as one sample. The reference does so where a patch
 * sees only a part of a case: in 2d, and at full resolution if there is a low one, but never at low
 * resolution; nnU-Net v1 decides the same when training starts.
 */
@FunctionalInterface
public interface BatchDiceRule {
  /**
   * Whether a configuration has batch Dice.
   *
   * @param configuration 2d, 3d_lowres or 3d_fullres; 3d_cascade_fullres inherits
   * @param cascade whether there is a low resolution
   * @return true for batch Dice
   */
  boolean batchDice(String configuration, boolean cascade);
}
