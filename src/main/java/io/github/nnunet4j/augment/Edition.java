package io.github.nnunet4j.augment;

/** Whose arithmetic a transform follows where the two versions of nnU-Net differ. */
public enum Edition {
  /** nnU-Net v1 with batchgenerators. */
  V1,
  /** nnU-Net v2 with batchgeneratorsv2. */
  V2
}
