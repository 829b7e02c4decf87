/**
 * Networks as values: a {@link io.github.nnunet4j.network.NetworkTopology} describes one and builds
 * it. This is the only package that builds DJL blocks; training and prediction both run them
 * through {@code RunningNetwork}.
 */
@NullMarked
package io.github.nnunet4j.network;

import org.jspecify.annotations.NullMarked;
