package io.github.nnunet4j.samples.trainers;

import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.StandardChain;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.Dice;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.train.Optimizer;
import io.github.nnunet4j.train.OptimizerSchedule;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.Optimizers.AdamSettings;
import io.github.nnunet4j.train.Oversampling;
import io.github.nnunet4j.train.Oversamplings;
import io.github.nnunet4j.train.PatchSamplers;
import io.github.nnunet4j.train.PatchWindow;
import io.github.nnunet4j.train.StoppingRules;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.function.UnaryOperator;

/**
 * What the trainers of nnU-Net v1 have in common, and v2 has not: network, loss, augmentation, the
 * rule of epoch 100, and how patches of 2D configurations are found.
 */
public final class V1 {
  private V1() {}

  /** {@code Generic_UNet} with the kernels and strides of the plan. */
  public static Configuration network(Configuration c) {
    return network(c, net -> net);
  }

  /** {@code Generic_UNet} with changes. */
  public static Configuration network(Configuration c, UnaryOperator<UNet.Builder> edit) {
    return network(c, 32, edit);
  }

  /** {@code Generic_UNet} with another number of features in its first stage. */
  public static Configuration network(
      Configuration c, int features, UnaryOperator<UNet.Builder> edit) {
    UNet net = (UNet) c.topology();
    return with(c, edit.apply(Topologies.genericUNet(features, net.kernels(), net.strides())));
  }

  /** {@code FabiansUNet}, the residual encoder of v1, with changes. */
  public static Configuration residual(Configuration c, UnaryOperator<UNet.Builder> edit) {
    UNet net = (UNet) c.topology();
    return with(c, edit.apply(Topologies.fabiansUNet(32, net.kernels(), net.strides())));
  }

  private static Configuration with(Configuration c, UNet.Builder network) {
    return c.toBuilder().topology(network.build()).build();
  }

  /** What its trainers have in common, but for rates and optimizer. */
  public static TrainerConfig.Builder common(TrainerConfig.Builder t) {
    return V1.sampling(
        t.loss(V1.dice(t.configuration()).plus(Losses.crossEntropy()))
            .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1))),
        Oversamplings.lastPart(0.33));
  }

  /** {@code nnUNetTrainerV2}. */
  public static TrainerConfig.Builder training(TrainerConfig.Builder t) {
    return V1.common(t)
        .schedule(V1.schedule(OptimizerSchedules.polynomial(0.01, 0.9)))
        .restartIfNothingLearnedBy(100);
  }

  /** {@code nnUNetTrainer} of v1, the trainer of 2018. */
  public static TrainerConfig.Builder training2018(TrainerConfig.Builder t) {
    return V1.common(t)
        .optimizer(V1.adam())
        .schedule(OptimizerSchedules.reduceOnPlateau(3e-4).build())
        .stopWhen(StoppingRules.patienceOfV1())
        .clipNorm(Double.POSITIVE_INFINITY)
        .deepSupervision(false)
        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_2018)));
  }

  /** {@code nnUNetTrainerV2_DDP}: each device has the batch of the plan. */
  public static TrainerConfig.Builder devices(TrainerConfig.Builder t, int devices) {
    Configuration c = t.configuration();
    return V1.sampling(
        V1.training(t)
            .loss(Losses.dice(c.batchDice(), false, 1e-5).plus(Losses.crossEntropy()))
            .batchSize(devices * c.batchSize())
            .passes(devices),
        Oversamplings.acrossDevicesOfV1(0.33, devices));
  }

  /** With the weights of {@code FabiansUNet}, counted for one output more than there are. */
  public static TrainerConfig.Builder residualTraining(TrainerConfig.Builder t) {
    int outputs = t.configuration().topology().scales().size();
    return V1.training(t).deepSupervision(DeepSupervision.weights(outputs + 1).subList(0, outputs));
  }

  /** Dice with v1's denominator, over the batch if the plan says so. */
  public static Dice dice(Configuration c) {
    return Losses.dice(c.batchDice(), false, 1e-5).asInV1();
  }

  /** Adam as all v1 trainers have it that take it. */
  public static Optimizer adam() {
    return Optimizers.adam(AdamSettings.defaults(3e-5).withAmsgrad());
  }

  /** Rates with the rule of epoch 100: a momentum of 0.95 if nothing has been learned by then. */
  public static OptimizerSchedule schedule(OptimizerSchedule rates) {
    return OptimizerSchedules.afterFailedStart(rates, 100, 0.95);
  }

  /** Patches of 2D configurations by way of the slice, of 3D ones as in v2. */
  public static TrainerConfig.Builder sampling(TrainerConfig.Builder t, Oversampling forced) {
    Configuration c = t.configuration();
    if (!c.isTwoDimensional()) {
      return t.oversampling(forced);
    }
    Extent slice = Extent.of(1, c.patch().get(0), c.patch().get(1));
    return t.samplerFor(window -> PatchSamplers.sliceFirst(window, forced))
        .validationSampler(PatchSamplers.sliceFirst(new PatchWindow(slice, slice, false), forced));
  }
}
