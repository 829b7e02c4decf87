/**
 * The trainer classes of nnU-Net v1 and v2, each as the expression that one hands over instead of
 * its name: a change of the {@link io.github.nnunet4j.plan.Configuration} (network) and a change of
 * the {@link io.github.nnunet4j.train.TrainerConfig.Builder} (everything else). One class per group
 * of trainers; {@link io.github.nnunet4j.samples.trainers.Trainers} finds them by name. The guide
 * page "From nnU-Net trainer to nnunet4j" is written from these files by a test, and tests compare
 * what each row gives with the numbers of the reference.
 */
package io.github.nnunet4j.samples.trainers;
