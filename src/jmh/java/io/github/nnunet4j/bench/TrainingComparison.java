package io.github.nnunet4j.bench;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.evaluate.Averages;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The training of the peer script {@code dice.py}: fold 0 of the Hippocampus cases, batch 2, patch
 * 40x56x40, features 8-16-32-64. Arguments: raw folder, folder for the work, seed, epochs of 50
 * iterations, and {@code adamw} (learning rate 1e-3, mirroring of z and x) or {@code sgd}
 * (nnU-Net's own optimizer and mirroring). Prints one JSON line per epoch and one with the Dice of
 * the fold.
 */
final class TrainingComparison {
  private TrainingComparison() {}

  public static void main(String[] args) throws IOException {
    Dataset dataset = Dataset.open(Path.of(args[0]));
    Path work = Path.of(args[1]);
    long seed = Long.parseLong(args[2]);
    int epochs = Integer.parseInt(args[3]);
    Path folder = work.resolve(args[4] + "-seed" + seed);
    Experiment experiment =
        NnUNet.plan(dataset)
            .withPlan(plan -> plan.with(small(plan.configuration("3d_fullres"))))
            .withPreparedData(work.resolve("prepared-" + args[4] + seed))
            .withThreads(1);
    long start = System.nanoTime();
    experiment.train(t -> settings(t, args[4], epochs).seed(seed), folder);
    double seconds = (System.nanoTime() - start) / 1e9;
    Summary summary = SummaryJson.read(folder.resolve("fold_0/validation/summary.json"));
    System.out.printf(
        Locale.ROOT,
        "{\"seed\": %d, \"seconds\": %.1f, \"mean_dice\": %.4f, \"dice\": %s}%n",
        seed,
        seconds,
        summary.foregroundMean().dice(),
        summary.mean().values().stream().map(Averages::dice).toList());
  }

  private static Configuration small(Configuration planned) {
    UNet network = (UNet) planned.topology();
    return planned.toBuilder()
        .batchSize(2)
        .patch(Extent.of(40, 56, 40))
        .topology(network.toBuilder().features(List.of(8, 16, 32, 64)).build())
        .build();
  }

  private static TrainerConfig.Builder settings(TrainerConfig.Builder t, String kind, int epochs) {
    TrainerConfig.Builder common =
        t.epochs(epochs)
            .iterations(50)
            .validationIterations(5)
            .loaderThreads(1)
            .listener(new Lines());
    if (kind.equals("sgd")) {
      return common;
    }
    return common
        .optimizer(Optimizers.adamW(3e-5))
        .schedule(OptimizerSchedules.polynomial(1e-3, 0.9))
        .mirrorAxes(0, 2);
  }

  private static final class Lines implements TrainingListener {
    @Override
    public void epochEnded(EpochResult result) {
      System.out.printf(
          Locale.ROOT,
          "{\"epoch\": %d, \"loss\": %.4f, \"dice\": %.4f, \"seconds\": %.1f}%n",
          result.epoch(),
          result.loss().training(),
          result.dice().mean(),
          result.time().seconds());
    }
  }
}
