/**
 * Training: patch sampling, augmentation in the background, optimisation, validation, log and
 * checkpoints. A trainer resumes bit for bit on the CPU.
 */
@NullMarked
package io.github.nnunet4j.train;

import org.jspecify.annotations.NullMarked;
