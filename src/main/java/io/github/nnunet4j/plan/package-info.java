/**
 * Decisions as data. A planner turns a fingerprint into a plan of configurations (2d, 3d_lowres,
 * 3d_fullres, ...), which is read and written in the format of nnU-Net v2 {@code plans.json}.
 */
@NullMarked
package io.github.nnunet4j.plan;

import org.jspecify.annotations.NullMarked;
