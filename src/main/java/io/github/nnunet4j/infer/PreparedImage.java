package io.github.nnunet4j.infer;

import io.github.nnunet4j.image.Volume;

/**
 * An image as the network sees it.
 *
 * @param data all channels on the network grid
 * @param placement the way back
 */
record PreparedImage(Volume data, Placement placement) {}
