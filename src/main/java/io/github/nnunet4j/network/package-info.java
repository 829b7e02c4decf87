/**
 * Networks as values. A {@link io.github.nnunet4j.network.NetworkTopology} says what a planner and
 * a trainer must know (divisor of the patch, scales of the outputs, size of the feature maps) and
 * builds the DJL block. {@link io.github.nnunet4j.network.UNet} is nnU-Net's, of v2 and of v1: an
 * encoder and a decoder of stages, whose {@link io.github.nnunet4j.network.UNetStyle} says of what
 * layers they are, with a {@link io.github.nnunet4j.network.Normalization}, a {@link
 * io.github.nnunet4j.network.Nonlinearity} and an {@link io.github.nnunet4j.network.Initialization}
 * of your choice; {@link io.github.nnunet4j.network.Topologies} has the templates. {@link
 * io.github.nnunet4j.network.Primus} is the vision transformer of v2. Training and prediction both
 * run a network through {@link io.github.nnunet4j.network.RunningNetwork}, which names parameters
 * as torch does and gives them out as {@link io.github.nnunet4j.network.Weights}. This is the only
 * package that builds DJL blocks and the operations that DJL lacks: the normalizations but batch,
 * the transposed convolution, linear upsampling.
 */
@NullMarked
package io.github.nnunet4j.network;

import org.jspecify.annotations.NullMarked;
