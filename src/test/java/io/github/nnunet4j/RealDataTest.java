package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real images from file to scores. */
@Tag("engine")
@Timeout(900)
class RealDataTest {
  private static final Path HIPPOCAMPUS = Path.of("samples/data/Dataset004_Hippocampus");
  private static final Path CT = Path.of("../shared/data/ct");

  @TempDir Path folder;

  private static Configuration small(Configuration planned, int batch) {
    UNet network = (UNet) planned.topology();
    return planned.toBuilder()
        .batchSize(batch)
        .topology(
            network.toBuilder()
                .features(network.features().stream().map(f -> Math.max(8, f / 4)).toList())
                .build())
        .build();
  }

  @Test
  void slicesOfTheHippocampusTrainAndPredict() throws IOException {
    Experiment experiment =
        NnUNet.plan(Dataset.open(HIPPOCAMPUS))
            .withPlan(plan -> plan.with(small(plan.configuration("2d"), 12)))
            .withConfiguration("2d");
    TrainedModel model =
        experiment.train(
            t ->
                t.epochs(5)
                    .iterations(50)
                    .validationIterations(2)
                    .optimizer(Optimizers.adamW(3e-5))
                    .schedule(OptimizerSchedules.polynomial(2e-3, 0.9))
                    .mirrorAxes(1)
                    .seed(1),
            folder);
    Summary summary = SummaryJson.read(folder.resolve("fold_0/validation/summary.json"));
    assertThat(summary.cases()).hasSize(5);
    assertThat(summary.foregroundMean().dice()).isGreaterThan(0.3);
    assertThat(model.configuration().isTwoDimensional()).isTrue();
  }

  @Test
  void aTomogramOfAHundredClassesGoesAllTheWay() throws IOException {
    Path image = CT.resolve("example_ct_sm.nii.gz");
    Assumptions.assumeTrue(Files.exists(image), "needs " + image);
    Volume ct = ImageFormats.nifti().read(image);
    LabelMap organs = ImageFormats.nifti().readLabels(CT.resolve("example_ct_sm_seg.nii.gz"));
    Labels labels =
        Labels.of(IntStream.rangeClosed(1, 117).mapToObj(i -> "organ" + i).toArray(String[]::new));
    Dataset dataset =
        Dataset.builder("Organs").channels("CT").labels(labels).add("ct", ct, organs).build();
    assertThat(dataset.verify(1).errors()).isEmpty();
    Experiment experiment = NnUNet.plan(dataset);
    assertThat(experiment.plan().toString()).contains("Ct ");
    Experiment reduced =
        experiment
            .withPlan(plan -> plan.with(small(experiment.configuration(), 2)))
            .withFold(Fold.all());

    TrainedModel model =
        reduced.train(
            t ->
                t.epochs(1)
                    .iterations(4)
                    .validationIterations(1)
                    .optimizer(Optimizers.adamW(3e-5))
                    .schedule(OptimizerSchedules.constant(5e-3))
                    .mirrorAxes()
                    .seed(1),
            folder);
    Summary summary = SummaryJson.read(folder.resolve("fold_all/validation/summary.json"));
    assertThat(summary.mean()).hasSize(117);
    try (Predictor predictor = model.predictor()) {
      LabelMap found = predictor.predict(ct);
      assertThat(found.grid()).isEqualTo(ct.grid());
      Volume whole = ImageFormats.nifti().read(CT.resolve("example_ct.nii.gz"));
      assertThat(predictor.predict(whole).grid()).isEqualTo(whole.grid());
    }
  }
}
