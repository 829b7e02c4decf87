package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Safetensors;
import io.github.nnunet4j.network.RunningNetwork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From image file to label map with models that the reference trained. */
@Tag("engine")
class ReferencePredictionTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"v2_3d", "v2_2d_resenc", "v2_3d_regions_ignore"})
  void networksAnswerAsTheReferencesDo(String name) throws IOException {
    ReferenceModel model = ReferenceModel.of(name);
    Safetensors.Content golden = model.tensors("forward.safetensors");
    RunningNetwork.Heads heads =
        new RunningNetwork.Heads(1, model.labels.heads(), model.configuration.patch(), true);
    try (RunningNetwork network =
            RunningNetwork.load(
                model.configuration.topology(), heads, Device.cpu(), model.weights);
        NDManager step = network.manager().newSubManager()) {
      Safetensors.Tensor input = golden.get("input");
      long[] shape = input.shape().stream().mapToLong(Long::longValue).toArray();
      List<NDArray> outputs = network.forward(step.create(input.floats(), new Shape(shape)), false);
      for (int i = 0; i < golden.tensors().size() - 1; i++) {
        float[] expected = golden.get(i == 0 ? "logits" : "deep_supervision_" + i).floats();
        assertThat(outputs.get(i).toFloatArray())
            .as("%s output %d", name, i)
            .usingComparatorWithPrecision(2e-4f)
            .containsExactly(expected);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "v2_3d, hippocampus_320, true",
    "v2_3d, hippocampus_320, false",
    "v2_2d_resenc, hippocampus_320, true",
    "v2_2d_resenc, hippocampus_320, false",
    "v2_3d_regions_ignore, hippocampus_001, true",
    "v2_3d_regions_ignore, hippocampus_001, false"
  })
  void segmentsAsTheReferenceDoes(String name, String id, boolean mirrored) throws IOException {
    ReferenceModel model = ReferenceModel.of(name);
    LabelMap expected = model.expected(id, mirrored);
    try (Predictor predictor = model.predictor(config(model, mirrored))) {
      Logits logits = predictor.logits(ReferenceModel.read(id).image());
      LabelMap actual = predictor.labels(logits);
      assertThat(actual.grid()).isEqualTo(expected.grid());
      // The reference adds in half precision and so differs by up to 2 voxels from exact sums.
      assertThat(differences(actual, expected)).isLessThanOrEqualTo(2);

      Volume probabilities = predictor.probabilities(logits);
      assertSums(probabilities, model.facts(id, mirrored).get("probability_sums"));
      if (model.labels.hasRegions()) {
        assertProbabilities(model, probabilities, id, mirrored);
      }
    }
  }

  private static void assertSums(Volume probabilities, JsonNode sums) {
    assertThat(sums).hasSize(probabilities.channels());
    for (int c = 0; c < probabilities.channels(); c++) {
      double sum = 0;
      for (float p : probabilities.unsafeArray(c)) {
        sum += p;
      }
      double tolerance = 1e-4 * probabilities.grid().voxels();
      assertThat(sum).isCloseTo(sums.get(c).doubleValue(), within(tolerance));
    }
  }

  private static void assertProbabilities(
      ReferenceModel model, Volume actual, String id, boolean mirrored) throws IOException {
    float[] expected =
        model
            .tensors("probabilities.safetensors")
            .get(id + (mirrored ? "/mirror_on" : "/mirror_off"))
            .floats();
    int voxels = expected.length / actual.channels();
    double[] off = new double[expected.length];
    for (int i = 0; i < expected.length; i++) {
      off[i] = Math.abs(actual.unsafeArray(i / voxels)[i % voxels] - expected[i]);
    }
    Arrays.sort(off);
    assertThat(Arrays.stream(off).sum() / off.length).isLessThan(1e-3);
    assertThat(off[(int) (off.length * 0.999)]).isLessThan(1e-2);
  }

  @Test
  void goesFromAFolderOfImagesToAFolderOfLabelMaps() throws IOException {
    ReferenceModel model = ReferenceModel.of("v2_2d_resenc");
    Path images = ReferenceModel.image("hippocampus_320").getParent();
    PredictionJob job = PredictionJob.of(model.dataset);
    try (Predictor predictor = model.predictor(config(model, false).withBatchSize(8))) {
      List<Path> files =
          predictor.predict(Cases.inFolder(images, model.dataset), folder.resolve("out"), job);
      assertThat(files).containsExactly(folder.resolve("out/hippocampus_320.nii.gz"));
      LabelMap actual = ImageFormats.nifti().readLabels(files.get(0));
      LabelMap expected = model.expected("hippocampus_320", false);
      assertThat(actual.grid()).isEqualTo(expected.grid());
      assertThat(differences(actual, expected)).isLessThanOrEqualTo(2);
    }
  }

  private static PredictorConfig config(ReferenceModel model, boolean mirrored) {
    return PredictorConfig.defaults().withMirroring(mirrored ? model.mirroring : Mirroring.none());
  }

  private static int differences(LabelMap actual, LabelMap expected) {
    int different = 0;
    for (int i = 0; i < actual.unsafeArray().length; i++) {
      different += actual.unsafeArray()[i] == expected.unsafeArray()[i] ? 0 : 1;
    }
    return different;
  }
}
