/**
 * Voxels and geometry, free of any tensor engine. A {@link io.github.nnunet4j.image.Volume} holds
 * float channels, a {@link io.github.nnunet4j.image.LabelMap} integer labels, a {@link
 * io.github.nnunet4j.image.Mask} booleans; each lies on a {@link io.github.nnunet4j.image.Grid}
 * that says extent, spacing, origin and direction. Axes are (z, y, x) everywhere, a two-dimensional
 * image has one slice. Values are immutable. {@link io.github.nnunet4j.image.ImageFormat} reads and
 * writes files.
 */
@NullMarked
package io.github.nnunet4j.image;

import org.jspecify.annotations.NullMarked;
