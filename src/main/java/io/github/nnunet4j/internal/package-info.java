/**
 * Helpers that the other packages share and users never import: argument checks, parallel loops,
 * atomic files, JSON views that know their path, safetensors. Nothing here is API.
 */
@NullMarked
package io.github.nnunet4j.internal;

import org.jspecify.annotations.NullMarked;
