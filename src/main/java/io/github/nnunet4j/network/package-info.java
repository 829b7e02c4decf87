/**
 * Networks as values. A {@link io.github.nnunet4j.network.NetworkTopology} says what a planner and
 * a trainer must know (divisor of the patch, scales of the outputs, size of the feature maps) and
 * builds the DJL block; {@link io.github.nnunet4j.network.UNet} is nnU-Net's, plain or with a
 * residual encoder, made of a {@link io.github.nnunet4j.network.Normalization} and a {@link
 * io.github.nnunet4j.network.Nonlinearity} of your choice. Training and prediction both run a
 * network through {@link io.github.nnunet4j.network.RunningNetwork}, which names parameters as
 * torch does and gives them out as {@link io.github.nnunet4j.network.Weights}. This is the only
 * package that builds DJL blocks and the operations that DJL lacks: instance and group
 * normalization, the transposed convolution.
 */
@NullMarked
package io.github.nnunet4j.network;

import org.jspecify.annotations.NullMarked;
