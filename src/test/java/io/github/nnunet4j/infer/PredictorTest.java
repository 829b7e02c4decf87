package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PredictorTest {
  private final BrightModel model = new BrightModel();

  @AfterEach
  void noThreadIsLeft() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("nnunet4j-predict"));
  }

  @Test
  void labelsVoxelsOnTheGridOfTheImage() {
    Volume image = BrightModel.image(1);
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      LabelMap labels = predictor.predict(image);
      assertThat(labels.grid()).isEqualTo(image.grid());
      assertThat(labels).isEqualTo(BrightModel.threshold(image));
      Volume probabilities = predictor.probabilities(image);
      assertThat(probabilities.channels()).isEqualTo(2);
      float sum = probabilities.at(0, 2, 3, 4) + probabilities.at(1, 2, 3, 4);
      assertThat(sum).isBetween(0.99999f, 1.00001f);
      Logits logits = predictor.logits(image);
      assertThat(logits.values().channels()).isEqualTo(2);
      assertThat(predictor.labels(Logits.mean(List.of(logits, logits)))).isEqualTo(labels);
    }
  }

  @Test
  void averagesLogitsOfAlikePredictionsOnly() {
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      Logits one = predictor.logits(BrightModel.image(1));
      Logits two = predictor.logits(BrightModel.image(2));
      Logits mean = Logits.mean(List.of(one, two));
      assertThat(mean.values().at(1, 1, 2, 3))
          .isEqualTo((one.values().at(1, 1, 2, 3) + two.values().at(1, 1, 2, 3)) / 2);
      Logits small = predictor.logits(Volume.wrap(Grid.of(1, 1, 1), new float[1]));
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> Logits.mean(List.of(one, small)))
          .withMessageContaining("1x1x1");
    }
  }

  @Test
  void refusesImagesThatCannotBePredicted() {
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      Volume two = Volume.wrap(Grid.of(1, 1, 2), new float[2], new float[2]);
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(two))
          .withMessageContaining("1 channels")
          .withMessageContaining("found 2");
      float[] values = new float[6];
      values[4] = Float.NaN;
      Volume nan = Volume.wrap(Grid.of(1, 2, 3), values);
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(nan))
          .withMessageContaining("NaN at (z, y, x) = (0, 1, 1)");
      Volume empty = Volume.wrap(Grid.of(0, 2, 3), new float[0]);
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(empty))
          .withMessageContaining("0x2x3");
    }
  }

  @Test
  void refusesTileWeightsThatBreakTheirContract() {
    for (TileWeight weight :
        List.<TileWeight>of(
            patch -> new float[3],
            patch -> new float[64],
            patch -> {
              float[] weights = TileWeights.uniform().of(patch);
              weights[7] = Float.NaN;
              return weights;
            })) {
      assertThatExceptionOfType(StrategyException.class)
          .isThrownBy(() -> model.predictor(PredictorConfig.defaults().withTileWeight(weight)))
          .withMessageContaining("4x4x4");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new FoldNetworks(
                    List.of(model::bright),
                    () -> {},
                    Extent.of(4, 4),
                    2,
                    PredictorConfig.defaults().withMirroring(Mirroring.axes(2))));
  }

  @Test
  void freesItsNetworksOnceAndPredictsNoMore() {
    Predictor predictor = model.predictor(PredictorConfig.defaults());
    predictor.close();
    predictor.close();
    assertThat(model.released).hasValue(1);
    assertThatExceptionOfType(PredictionException.class)
        .isThrownBy(() -> predictor.predict(BrightModel.image(1)))
        .withMessageContaining("closed");
  }

  @Test
  void servesSeveralThreadsThatTakeTurnsAtTheNetworks() throws InterruptedException {
    try (Predictor predictor = model.predictor(PredictorConfig.defaults())) {
      AtomicInteger wrong = new AtomicInteger();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        Volume image = BrightModel.image(t);
        Thread thread =
            new Thread(
                () -> {
                  for (int i = 0; i < 5; i++) {
                    if (!predictor.predict(image).equals(BrightModel.threshold(image))) {
                      wrong.incrementAndGet();
                    }
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).hasValue(0);
    }
  }

  @Test
  void endsAPredictionWhenItsThreadIsInterrupted() {
    try (Predictor predictor = model.predictor(PredictorConfig.defaults().withThreads(1))) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(CancelledException.class)
          .isThrownBy(() -> predictor.predict(BrightModel.image(1)));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(predictor.predict(BrightModel.image(1)))
          .isEqualTo(BrightModel.threshold(BrightModel.image(1)));
    }
  }
}
