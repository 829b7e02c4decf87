package io.github.nnunet4j.samples;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.evaluate.Overlay;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.TrainingListeners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * From a folder of images to a trained, evaluated, reloadable model. Reads an nnU-Net raw folder,
 * trains a small network for two to three minutes on two cores, writes pictures and the model.
 *
 * <p>Arguments: the raw folder, the folder of the run; the embedded images and {@code
 * runs/quickstart} without them.
 */
public final class Quickstart {
  private static final Path EMBEDDED = Path.of("samples/data/Dataset004_Hippocampus");

  private Quickstart() {}

  /** Runs the quickstart. */
  public static void main(String[] arguments) throws IOException {
    Path raw = arguments.length > 0 ? Path.of(arguments[0]) : EMBEDDED;
    run(raw, arguments.length > 1 ? Path.of(arguments[1]) : Path.of("runs/quickstart"), 5, 42);
  }

  /** Trains for the given time and returns the mean foreground Dice of the held-out cases. */
  static double run(Path raw, Path folder, int epochs, int iterations) throws IOException {
    Dataset dataset = Dataset.open(raw);
    System.out.println(dataset.verify(2));

    // fingerprint and plan; the small network and batch make it fit for a short run on a processor
    Experiment experiment = NnUNet.plan(dataset).withPlan(plan -> plan.with(small(chosen(plan))));
    System.out.println(experiment.plan());

    // strategies are objects: here another optimizer and schedule
    TrainedModel model =
        experiment.train(
            t ->
                t.epochs(epochs)
                    .iterations(iterations)
                    .validationIterations(5)
                    .optimizer(Optimizers.adamW(3e-5))
                    .schedule(OptimizerSchedules.polynomial(2e-3, 0.9).afterWarmUp(1))
                    .mirrorAxes(mirrored(raw, experiment.configuration()))
                    .listener(TrainingListeners.live(System.out)),
            folder);
    Path fold = folder.resolve("fold_0");
    Summary summary = SummaryJson.read(fold.resolve("validation/summary.json"));
    System.out.println(summary.table(dataset.labels()));
    System.out.println("training curve: " + fold.resolve("progress.png"));

    Case heldOut = dataset.find(experiment.split().validation().get(0));
    Volume image = heldOut.image();
    LabelMap prediction = predict(model, image);
    draw(dataset, heldOut, prediction, folder.resolve("overlay.png"));
    TrainedModel again = NnUNet.load(folder.resolve("model"));
    if (!predict(again, image).equals(prediction)) {
      throw new IllegalStateException("the loaded model predicts something else");
    }
    System.out.println("model, loaded again with the same result: " + folder.resolve("model"));
    return summary.foregroundMean().dice();
  }

  private static Configuration chosen(Plan plan) {
    return plan.configuration(plan.names().size() > 1 ? "3d_fullres" : "2d");
  }

  private static void draw(Dataset dataset, Case heldOut, LabelMap prediction, Path file)
      throws IOException {
    LabelMap reference = heldOut.labels().orElseThrow();
    Overlay.ofBusiestSlice(heldOut.image(), reference)
        .with("reference", reference)
        .with("prediction", prediction)
        .withLegend(dataset.labels())
        .write(file);
    System.out.println("overlay: " + file);
  }

  private static LabelMap predict(TrainedModel model, Volume image) {
    try (Predictor predictor = model.predictor()) {
      return predictor.predict(image);
    }
  }

  static Configuration small(Configuration planned) {
    UNet network = (UNet) planned.topology();
    int longest = planned.isTwoDimensional() ? 256 : 64;
    return planned.toBuilder()
        .batchSize(planned.isTwoDimensional() ? 8 : 2)
        .patch(Extent.of(planned.patch().rank(), a -> Math.min(planned.patch().get(a), longest)))
        .topology(
            network.toBuilder()
                .features(network.features().stream().map(f -> Math.max(8, f / 4)).toList())
                .build())
        .build();
  }

  /**
   * All axes, but of the hippocampus not the one that tells its anterior part from the posterior.
   */
  private static int[] mirrored(Path raw, Configuration configuration) {
    return raw.equals(EMBEDDED)
        ? new int[] {0, 2}
        : IntStream.range(0, configuration.patch().rank()).toArray();
  }
}
