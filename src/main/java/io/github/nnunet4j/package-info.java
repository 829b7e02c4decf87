/**
 * nnU-Net as a library: the facade over all other packages, and the only one that most applications
 * import. {@link io.github.nnunet4j.NnUNet#plan(io.github.nnunet4j.dataset.Dataset)} gives an
 * {@link io.github.nnunet4j.Experiment}, a value that says data, plan, configuration and fold;
 * training it gives a {@link io.github.nnunet4j.TrainedModel}; a model gives predictors, and is a
 * folder of JSON and safetensors on disk. Every step can also be done by hand with the packages
 * below.
 */
@NullMarked
package io.github.nnunet4j;

import org.jspecify.annotations.NullMarked;
