package io.github.nnunet4j.bench;

import ai.djl.Device;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.dataset.DatasetJson;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.infer.Mirroring;
import io.github.nnunet4j.infer.PredictionJob;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/**
 * Prediction, the peer task {@code predict}. Arguments: "cases" (image files to label files,
 * seconds per case) or "volume" (logits of a generated CT of 96x128x128 by the network unet64);
 * mirror or plain; threads; runs; the plans file of the Hippocampus data with dataset.json beside
 * it; the folder of images. Weights are random. One JSON line with the median, the peak and the
 * resident memory before the first run. The engine's threads are set by {@code
 * ai.djl.pytorch.num_threads}.
 */
final class PredictBench {
  private PredictBench() {}

  public static void main(String[] args) throws IOException {
    boolean cases = args[0].equals("cases");
    boolean mirror = args[1].equals("mirror");
    int threads = Integer.parseInt(args[2]);
    int runs = Integer.parseInt(args[3]);
    Path plans = Path.of(args[4]);
    Configuration planned = PlanCodec.standard().read(plans).configuration("3d_fullres");
    DatasetDescription dataset = DatasetJson.read(plans.resolveSibling("dataset.json"));
    PredictorConfig config =
        PredictorConfig.defaults()
            .withDevice(Device.cpu())
            .withMirroring(mirror ? Mirroring.all() : Mirroring.none())
            .withThreads(threads);
    try (Predictor predictor = predictor(cases ? planned : unet64(planned), dataset, config)) {
      if (cases) {
        List<Case> all = Cases.inFolder(Path.of(args[5]), dataset).subList(0, 5);
        Path out = Files.createTempDirectory("predict");
        PredictionJob job = PredictionJob.of(dataset);
        Measured.report(
            args[0] + "-" + args[1],
            threads,
            runs,
            all.size(),
            () -> predictor.predict(all, out, job));
      } else {
        Volume image =
            SyntheticCt.volume(
                Grid.of(Extent.of(96, 128, 128), planned.recipe().targetSpacing()), 400);
        Measured.report(args[0] + "-" + args[1], threads, runs, 1, () -> predictor.logits(image));
      }
    }
  }

  private static Predictor predictor(
      Configuration configuration, DatasetDescription dataset, PredictorConfig config) {
    Labels labels = dataset.labels();
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(1, labels.heads(), configuration.patch(), false);
    Weights weights;
    try (RunningNetwork network =
        RunningNetwork.start(configuration.topology(), heads, Device.cpu(), 1)) {
      weights = network.weights();
    }
    return Predictor.of(configuration, labels, List.of(weights), config);
  }

  private static Configuration unet64(Configuration planned) {
    List<List<Integer>> kernels = Collections.nCopies(6, List.of(3, 3, 3));
    List<Integer> two = List.of(2, 2, 2);
    Recipe recipe =
        planned.recipe().toBuilder().normalization(0, IntensityNormalizations.none()).build();
    return planned.toBuilder()
        .patch(Extent.of(64, 64, 64))
        .recipe(recipe)
        .topology(
            Topologies.plainUNet(
                    List.of(32, 64, 128, 256, 320, 320),
                    kernels,
                    List.of(List.of(1, 1, 1), two, two, two, two, two))
                .build())
        .build();
  }
}
