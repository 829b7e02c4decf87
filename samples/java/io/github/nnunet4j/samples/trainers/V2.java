package io.github.nnunet4j.samples.trainers;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.CascadeInput;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.train.Optimizer;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.Optimizers.AdamSettings;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.List;
import java.util.function.UnaryOperator;

/** What several trainers of nnU-Net v2 have in common, and its default has not. */
public final class V2 {
  private V2() {}

  /** The plan's own U-Net with changes. */
  public static Configuration network(Configuration c, UnaryOperator<UNet.Builder> edit) {
    return V2.network(c, edit.apply(((UNet) c.topology()).toBuilder()).build());
  }

  /** Another network than the plan's. */
  public static Configuration network(Configuration c, NetworkTopology network) {
    return c.toBuilder().topology(network).build();
  }

  /** So many patches per step. */
  public static Configuration batches(Configuration c, int batchSize) {
    return c.toBuilder().batchSize(batchSize).build();
  }

  /** Another patch of equal edges, of which a step has so many. */
  public static Configuration cubes(Configuration c, int edge, int batchSize) {
    return c.toBuilder().patch(Extent.of(edge, edge, edge)).batchSize(batchSize).build();
  }

  /** {@code AbstractPrimus}: AdamW after a warm-up, gradients clipped to 1, one output. */
  public static TrainerConfig.Builder primus(TrainerConfig.Builder t, double rate, int warmUp) {
    return V2.warmUp(t, rate, warmUp).optimizer(V2.adamW(5e-2)).clipNorm(1);
  }

  /** A linear rise over the first epochs, then the polynomial; one output. */
  public static TrainerConfig.Builder warmUp(TrainerConfig.Builder t, double rate, int epochs) {
    return t.schedule(
            OptimizerSchedules.warmUp(epochs).then(OptimizerSchedules.polynomial(rate, 0.9)))
        .deepSupervision(false);
  }

  /** AdamW with the betas of transformers. */
  public static Optimizer adamW(double weightDecay) {
    return Optimizers.adamW(new AdamSettings(0.9, 0.98, 1e-8, weightDecay, false));
  }

  /** The first two of three axes, the first of two. */
  public static int[] firstAxes(TrainerConfig.Builder t) {
    return t.configuration().isTwoDimensional() ? new int[] {0} : new int[] {0, 1};
  }

  /** In a cascade's later stage, distorts every label instead of each with probability one half. */
  public static UnaryOperator<Augmentation> everyLabel(
      TrainerConfig.Builder t, Experiment experiment) {
    List<Integer> labels = experiment.dataset().labels().foreground();
    return t.configuration().previousStage().isPresent()
        ? Augmentations.edit(b -> b.cascade(CascadeInput.v2EveryLabel(labels)))
        : UnaryOperator.identity();
  }
}
