/**
 * The preprocessors of nnU-Net v1 and v2 by their class names, each as the expression that does the
 * same.
 */
@NullMarked
package io.github.nnunet4j.samples.planners;

import org.jspecify.annotations.NullMarked;
