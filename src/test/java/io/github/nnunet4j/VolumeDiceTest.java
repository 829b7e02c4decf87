package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.train.Checkpoint;
import io.github.nnunet4j.train.EpochResult;
import io.github.nnunet4j.train.Measure;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.StoppingRules;
import io.github.nnunet4j.train.VolumeValidation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class VolumeDiceTest {
  @TempDir Path folder;

  @Test
  void wholeVolumesAmidATrainingScoreAsAtItsEnd() throws IOException {
    Dataset dataset = Phantoms.volumes(5);
    Experiment experiment = NnUNet.plan(dataset).withPlan(Phantoms::tiny).withThreads(2);
    VolumeValidation volumes = experiment.volumeValidation(PredictorConfig.defaults());
    assertThat(volumes.toString()).startsWith("volumes of Experiment on ");
    experiment.train(
        t ->
            t.epochs(8)
                .iterations(25)
                .validationIterations(1)
                .optimizer(Optimizers.adamW(3e-5))
                .schedule(OptimizerSchedules.polynomial(1e-2, 0.9))
                .seed(1)
                .validateVolumes(2, volumes)
                .stopWhen(StoppingRules.reaches(Measure.VOLUME_DICE, 0.5)),
        folder);
    List<EpochResult> epochs =
        Checkpoint.read(Checkpoint.newest(folder.resolve("fold_0")).orElseThrow()).history();
    assertThat(epochs).hasSizeLessThan(8);
    EpochResult last = epochs.get(epochs.size() - 1);
    double atTheEnd =
        SummaryJson.read(folder.resolve("fold_0/validation/summary.json")).foregroundMean().dice();
    assertThat(Measure.VOLUME_DICE.applyAsDouble(last)).isCloseTo(atTheEnd, within(1e-12));
  }
}
