package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.LabelResamplings;
import io.github.nnunet4j.preprocess.Preprocessor;
import io.github.nnunet4j.preprocess.Recipe;
import io.github.nnunet4j.preprocess.Resamplings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two stages without engine: the first finds what is bright, the second repeats its labels. */
@Timeout(60)
class CascadePredictionTest {
  private static final Labels LABELS = Labels.of("bright");
  private static final Extent PATCH = Extent.of(4, 4, 4);
  private static final PredictorConfig CONFIG = PredictorConfig.defaults().withThreads(1);

  @TempDir Path folder;
  private final BrightModel first = new BrightModel();
  private final AtomicInteger released = new AtomicInteger();

  private Predictor later() {
    Recipe recipe =
        Recipe.builder()
            .targetSpacing(Spacing.millimetres(1, 1, 1))
            .channels(
                List.of(
                    new Recipe.ChannelRecipe(
                        IntensityNormalizations.none(),
                        false,
                        IntensityStatistics.builder().build())))
            .imageResampling(Resamplings.images())
            .labelResampling(LabelResamplings.labels())
            .probabilityResampling(Resamplings.probabilities())
            .build();
    return new Predictor(
        1,
        new StagePreparation("later", Preprocessor.of(recipe), LABELS),
        new FoldNetworks(
            List.of(CascadePredictionTest::repeat), released::incrementAndGet, PATCH, 2, CONFIG),
        new Export(recipe.probabilityResampling(), LABELS, 1));
  }

  /** Logits 0 and the second channel - 0.5. */
  private static void repeat(ByteBuffer tiles, long[] shape, Consumer<FloatBuffer> logits) {
    FloatBuffer in = tiles.asFloatBuffer();
    FloatBuffer out = FloatBuffer.allocate(in.remaining());
    for (int tile = 0; tile < shape[0]; tile++) {
      for (int i = 0; i < 64; i++) {
        int at = (2 * tile + 1) * 64 + i;
        out.put(at, in.get(at) - 0.5f);
      }
    }
    logits.accept(out);
  }

  private static Volume image(int seed) {
    Volume image = BrightModel.image(seed);
    float[] values = image.toArray(0);
    values[0] = 1;
    values[values.length - 1] = 1; // the crop is the whole image
    return Volume.wrap(image.grid(), values);
  }

  private static LabelMap inverse(LabelMap map) {
    short[] labels = map.toArray();
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) (1 - labels[i]);
    }
    return LabelMap.wrap(map.grid(), labels);
  }

  @Test
  void runsTheFirstStageByItselfOrTakesGivenLabels() {
    Volume image = image(1);
    LabelMap bright = BrightModel.threshold(image);
    try (Predictor cascade = Predictor.cascade(first.predictor(CONFIG), later())) {
      assertThat(cascade.predict(image)).isEqualTo(bright);
      assertThat(cascade.predict(image, inverse(bright))).isEqualTo(inverse(bright));
      assertThat(cascade.probabilities(image).channels()).isEqualTo(2);
    }
    assertThat(first.released).hasValue(1);
    assertThat(released).hasValue(1);
  }

  @Test
  void brightensLogitsOntoAnotherGrid() {
    Volume image = image(2);
    try (Predictor predictor = first.predictor(CONFIG)) {
      Logits logits = predictor.logits(image);
      assertThat(predictor.labels(logits, image.grid()).unsafeArray())
          .isEqualTo(BrightModel.threshold(image).unsafeArray());
    }
  }

  @Test
  void needsLabelsOfThePreviousStageAndOnlyThere() {
    Volume image = image(3);
    LabelMap bright = BrightModel.threshold(image);
    try (Predictor alone = later();
        Predictor plain = first.predictor(CONFIG)) {
      assertThat(alone.predict(image, bright)).isEqualTo(bright);
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> alone.predict(image))
          .withMessageContaining("no previous stage to run");
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> plain.predict(image, bright))
          .withMessageContaining("has no previous stage");
      assertThatIllegalArgumentException().isThrownBy(() -> Predictor.cascade(alone, plain));
    }
  }

  @Test
  void predictsFoldersWithGivenLabelsAndHandsOnLogits() throws IOException {
    List<Case> cases = List.of(Cases.of("a", image(4)), Cases.of("b", image(5)));
    PredictionJob job = PredictionJob.of(ImageFormats.nifti(), ".nii.gz");
    Path given = folder.resolve("given");
    try (Predictor predictor = first.predictor(CONFIG)) {
      predictor.predict(cases, given, job);
    }
    List<String> heard = new ArrayList<>();
    StageLinks links =
        StageLinks.none()
            .withPrevious(PreviousLabels.inFolder(given, job))
            .withLogits((one, logits) -> heard.add(one.id() + logits.values().channels()));
    try (Predictor later = later()) {
      later.predict(cases, folder.resolve("out"), job, links);
      assertThat(heard).containsExactly("a2", "b2");
      assertThat(ImageFormats.nifti().readLabels(folder.resolve("out/b.nii.gz")).toArray())
          .isEqualTo(BrightModel.threshold(image(5)).toArray());
      List<Case> unknown = List.of(Cases.of("c", image(6)));
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> later.predict(unknown, folder.resolve("out"), job, links))
          .withMessageContaining("case c")
          .withMessageContaining("c.nii.gz")
          .withMessageContaining("Predict this case with the previous stage");
      assertThat(folder.resolve("out/c.nii.gz")).doesNotExist();
    }
    try (Predictor cascade = Predictor.cascade(first.predictor(CONFIG), later())) {
      cascade.predict(cases, folder.resolve("both"), job);
      assertThat(ImageFormats.nifti().readLabels(folder.resolve("both/a.nii.gz")).toArray())
          .isEqualTo(BrightModel.threshold(image(4)).toArray());
    }
  }

  @Test
  void endsAmidTheFirstStageWhenItsThreadIsInterrupted() {
    Volume image = Volume.wrap(Grid.of(9, 9, 9), image9());
    try (Predictor cascade = Predictor.cascade(first.predictor(CONFIG), later())) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> cascade.predict(image));
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static float[] image9() {
    float[] values = new float[729];
    java.util.Arrays.fill(values, 1);
    return values;
  }
}
