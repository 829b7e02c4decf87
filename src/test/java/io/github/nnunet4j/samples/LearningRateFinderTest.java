package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.train.OptimizerSchedule;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningRateFinderTest {
  @Test
  void smoothsAndStopsAsTheReference() throws IOException {
    Path file = Path.of("src/test/resources/golden/optimization/v1_lr_finder.json");
    for (JsonNode golden : new ObjectMapper().readTree(file.toFile()).get("cases")) {
      OptimizerSchedule schedule =
          OptimizerSchedules.exponential(
              golden.get("init_value").doubleValue(), golden.get("final_value").doubleValue());
      int steps = golden.get("num_iters").intValue();
      JsonNode expected = golden.get("smoothed_loss");
      List<Double> losses = new ArrayList<>();
      List<Double> smooth = List.of();
      while (losses.size() < steps && !LearningRateFinder.isBroken(smooth)) {
        losses.add(golden.get("loss").get(losses.size()).doubleValue());
        smooth = LearningRateFinder.smooth(losses);
      }
      boolean broken = LearningRateFinder.isBroken(smooth);
      assertThat(smooth).hasSize(expected.size() + (broken ? 1 : 0));
      for (int i = 0; i < expected.size(); i++) {
        close(smooth.get(i), expected.get(i).doubleValue());
        double rate = schedule.at(new Progress(i, steps)).learningRate();
        close(Math.log10(rate), golden.get("log10_lr").get(i).doubleValue());
      }
      close(
          schedule.at(new Progress(expected.size(), steps)).learningRate(),
          golden.get("lr_at_end").doubleValue());
    }
  }

  private static void close(double found, double expected) {
    assertThat(found).isCloseTo(expected, within(1e-12 + 1e-10 * Math.abs(expected)));
  }

  @Test
  @Tag("engine")
  void findsWhereLearningBreaksDown(@TempDir Path folder) throws IOException {
    Experiment experiment =
        NnUNet.plan(Dataset.open(Path.of("samples/data/Dataset004_Hippocampus")))
            .withPlan(plan -> plan.with(Quickstart.small(plan.configuration("3d_fullres"))));
    List<LearningRateFinder.Point> points = LearningRateFinder.find(experiment, 12, folder);
    assertThat(points).hasSizeBetween(6, 12);
    assertThat(points.get(0).rate()).isCloseTo(1e-6, within(1e-12));
    assertThat(points).extracting(LearningRateFinder.Point::rate).isSorted();
    assertThat(folder.resolve("learning_rate_finder.png")).isNotEmptyFile();
  }
}
