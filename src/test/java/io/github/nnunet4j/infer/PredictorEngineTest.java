package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.Device;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From image file to label map with models that the reference trained. */
@Tag("engine")
class PredictorEngineTest {
  private static final Path SAMPLES = Path.of("samples/data/Dataset004_Hippocampus/imagesTr");
  private static final Path DATA = Path.of("../shared/data/Dataset004_Hippocampus/imagesTr");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "v2_3d, 3d_fullres_small, 02, hippocampus_320",
    "v2_2d_resenc, 2d_resenc_small, 01, hippocampus_320",
    "v2_3d_regions_ignore, 3d_fullres_small, 012, hippocampus_001"
  })
  void segmentsAsTheReferenceWithAndWithoutMirroring(
      String model, String configuration, String axes, String id) throws IOException {
    ReferenceModel reference = new ReferenceModel(model, configuration);
    for (String mirror : List.of("mirror_on", "mirror_off")) {
      PredictorConfig config =
          PredictorConfig.defaults()
              .withMirroring(
                  mirror.equals("mirror_on")
                      ? Mirroring.axes(axes.chars().map(c -> c - '0').toArray())
                      : Mirroring.none());
      try (Predictor predictor = predictor(reference, config)) {
        List<Path> files =
            predictor.predict(
                List.of(read(id)), folder, PredictionJob.of(ImageFormats.nifti(), ".nii.gz"));
        LabelMap actual = ImageFormats.nifti().readLabels(files.get(0));
        LabelMap expected =
            ImageFormats.nifti()
                .readLabels(
                    reference.folder.resolve("predictions/" + mirror + "/" + id + ".nii.gz"));
        assertThat(actual.grid()).isEqualTo(expected.grid());
        int different = 0;
        for (int i = 0; i < actual.unsafeArray().length; i++) {
          different += actual.unsafeArray()[i] == expected.unsafeArray()[i] ? 0 : 1;
        }
        // The reference itself differs by up to 2 voxels from sums in float32.
        assertThat(different).as("%s %s %s", model, mirror, id).isLessThanOrEqualTo(2);
      }
    }
  }

  @Test
  void givesTheProbabilitiesOfTheReference() throws IOException {
    ReferenceModel reference = new ReferenceModel("v2_3d_regions_ignore", "3d_fullres_small");
    float[] expected =
        Safetensors.read(reference.folder.resolve("predictions/probabilities.safetensors"))
            .get("hippocampus_001/mirror_off")
            .floats();
    PredictorConfig config = PredictorConfig.defaults().withMirroring(Mirroring.none());
    try (Predictor predictor = predictor(reference, config)) {
      Volume actual = predictor.probabilities(read("hippocampus_001").image());
      int voxels = expected.length / actual.channels();
      double sum = 0;
      for (int i = 0; i < expected.length; i++) {
        sum += Math.abs(actual.unsafeArray(i / voxels)[i % voxels] - expected[i]);
      }
      assertThat(sum / expected.length).isLessThan(1e-3);
    }
  }

  @Test
  void averagesEqualFoldsToTheSameResult() throws IOException {
    ReferenceModel reference = new ReferenceModel("v2_3d_regions_ignore", "3d_fullres_small");
    PredictorConfig config = PredictorConfig.defaults().withMirroring(Mirroring.none());
    Volume image = read("hippocampus_001").image();
    try (Predictor one = predictor(reference, config);
        Predictor two =
            Predictor.of(
                reference.configuration,
                reference.labels,
                List.of(reference.weights, reference.weights),
                config.withBatchSize(3))) {
      LabelMap expected = one.predict(image);
      assertThat(two.predict(image)).isEqualTo(expected);
    }
  }

  @Test
  void leavesNoArraysBehind() throws IOException {
    ReferenceModel reference = new ReferenceModel("v2_3d_regions_ignore", "3d_fullres_small");
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(1, 2, reference.configuration.patch(), false);
    try (RunningNetwork network =
        RunningNetwork.load(
            reference.configuration.topology(), heads, Device.cpu(), reference.weights)) {
      EngineNetwork tiles = new EngineNetwork(network);
      ByteBuffer input = ByteBuffer.allocateDirect(4 * 24 * 32 * 24).order(ByteOrder.nativeOrder());
      long[] shape = {1, 1, 24, 32, 24};
      tiles.forward(input, shape, logits -> assertThat(logits.get(0)).isFinite());
      int before = network.manager().getManagedArrays().size();
      for (int i = 0; i < 8; i++) {
        tiles.forward(
            input, shape, logits -> assertThat(logits.remaining()).isEqualTo(2 * 24 * 32 * 24));
      }
      assertThat(network.manager().getManagedArrays()).hasSize(before);
    }
  }

  @Test
  void refusesWeightsThatDoNotFit() throws IOException {
    ReferenceModel reference = new ReferenceModel("v2_3d_regions_ignore", "3d_fullres_small");
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                Predictor.of(
                    reference.configuration,
                    Labels.of("a", "b", "c"),
                    List.of(reference.weights),
                    PredictorConfig.defaults()));
  }

  @Test
  void refusesANetworkThatReturnsAnotherShape() throws IOException {
    ReferenceModel reference = new ReferenceModel("v2_3d_regions_ignore", "3d_fullres_small");
    NetworkTopology wrong = (inputs, outputs, deep) -> new ai.djl.nn.LambdaBlock(in -> in);
    Volume image = Volume.wrap(Grid.of(3, 4, 5), new float[60]);
    try (Predictor predictor =
        Predictor.of(
            reference.configuration.toBuilder().topology(wrong).build(),
            reference.labels,
            List.of(Weights.builder().build()),
            PredictorConfig.defaults())) {
      assertThatExceptionOfType(StrategyException.class)
          .isThrownBy(() -> predictor.predict(image))
          .withMessageContaining("output 0 of shape");
    }
  }

  private static Predictor predictor(ReferenceModel model, PredictorConfig config) {
    return Predictor.of(model.configuration, model.labels, List.of(model.weights), config);
  }

  private static Case read(String id) {
    Path sample = SAMPLES.resolve(id + "_0000.nii.gz");
    Path file = Files.exists(sample) ? sample : DATA.resolve(id + "_0000.nii.gz");
    assumeThat(file).as("the Hippocampus data beside the project").exists();
    return Cases.lazy(id, () -> ImageFormats.nifti().read(file));
  }
}
