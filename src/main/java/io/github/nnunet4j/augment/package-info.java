/**
 * Augmentation of training samples in plain Java: a function from {@link
 * io.github.nnunet4j.augment.Sample} to sample, with randomness as an argument. The default chain
 * is that of nnU-Net v2.
 */
@NullMarked
package io.github.nnunet4j.augment;

import org.jspecify.annotations.NullMarked;
