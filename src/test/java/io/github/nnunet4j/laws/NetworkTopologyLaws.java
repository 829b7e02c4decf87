package io.github.nnunet4j.laws;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.StrategyCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What every network promises. Extend it for one of your own, as small as it can be:
 *
 * <pre>{@code
 * class MyTopologyTest extends NetworkTopologyLaws {
 *   protected NetworkTopology topology() {
 *     return new MyTopology(4);
 *   }
 * }
 * }</pre>
 */
@Tag("engine")
public abstract class NetworkTopologyLaws {
  private static final int INPUTS = 2;
  private static final int OUTPUTS = 3;

  /** The network under test. */
  protected abstract NetworkTopology topology();

  /**
   * The patch it is tried on, rank 2 or 3: multiples of the divisor, at least 8 and two divisors;
   * 8x8x8 for a network that says nothing of its axes.
   */
  protected Extent patch() {
    List<Integer> divisor = topology().divisor();
    if (divisor.isEmpty()) {
      List<List<Integer>> scales = topology().scales();
      divisor = Collections.nCopies(scales.isEmpty() ? 3 : scales.get(0).size(), 1);
    }
    List<Integer> multiple = divisor;
    return Extent.of(multiple.size(), a -> multiple.get(a) * Math.max(2, 8 / multiple.get(a)));
  }

  /** What writes the network into a plan and reads it again, if there is such a thing. */
  protected Optional<StrategyCodec<NetworkTopology>> codec() {
    return Optional.empty();
  }

  private Extent larger() {
    List<Integer> divisor = topology().divisor();
    int last = patch().rank() - 1;
    int step = divisor.isEmpty() ? 1 : divisor.get(last);
    return Extent.of(last + 1, a -> patch().get(a) + (a == last ? step : 0));
  }

  private static Shape shape(int samples, int channels, Extent patch) {
    long[] shape = new long[2 + patch.rank()];
    shape[0] = samples;
    shape[1] = channels;
    Arrays.setAll(shape, i -> i < 2 ? shape[i] : patch.get(i - 2));
    return new Shape(shape);
  }

  private RunningNetwork start(int inputs, int outputs, boolean deepSupervision, long seed) {
    var heads = new RunningNetwork.Heads(inputs, outputs, patch(), deepSupervision);
    return RunningNetwork.start(topology(), heads, Device.cpu(), seed);
  }

  private static NDArray input(NDManager manager, int inputs, Extent patch) {
    return Tensors.normal(manager, shape(2, inputs, patch), 1, 1);
  }

  @Test
  void scalesBeginAtFullResolutionAndFitTheDivisor() {
    List<Integer> divisor = topology().divisor();
    int rank = patch().rank();
    assertThat(divisor.size()).as("axes of the divisor").isIn(0, rank);
    List<List<Integer>> scales = topology().scales();
    if (!scales.isEmpty()) {
      assertThat(scales.get(0)).isEqualTo(Collections.nCopies(rank, 1));
    }
    for (List<Integer> scale : scales) {
      assertThat(scale).as("axes of a scale").hasSize(rank);
      for (int a = 0; a < divisor.size(); a++) {
        assertThat(divisor.get(a) % scale.get(a)).as("%s within %s", scale, divisor).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 2, false", "1, 2, true", "2, 5, false", "2, 5, true"})
  void returnsFiniteLogitsOfEveryScale(int inputs, int outputs, boolean deepSupervision) {
    List<List<Integer>> scales = topology().scales();
    int expected = deepSupervision ? Math.max(1, scales.size()) : 1;
    try (RunningNetwork network = start(inputs, outputs, deepSupervision, 1)) {
      for (Extent patch : List.of(patch(), larger())) {
        List<NDArray> logits = network.forward(input(network.manager(), inputs, patch), true);
        assertThat(logits).hasSize(expected);
        for (int i = 0; i < expected; i++) {
          List<Integer> scale = scales.isEmpty() ? List.of() : scales.get(i);
          Extent extent =
              Extent.of(patch.rank(), a -> patch.get(a) / (scale.isEmpty() ? 1 : scale.get(a)));
          assertThat(logits.get(i).getShape()).isEqualTo(shape(2, outputs, extent));
          assertThat(logits.get(i).getDataType()).isEqualTo(DataType.FLOAT32);
          Tensors.requireFinite("logits of scale " + i, logits.get(i));
        }
      }
    }
  }

  @Test
  void leavesItsInputUntouched() {
    try (RunningNetwork network = start(INPUTS, OUTPUTS, true, 5)) {
      NDArray x = input(network.manager(), INPUTS, patch());
      float[] before = x.toFloatArray();
      network.forward(x, true);
      network.predict(x);
      assertThat(x.toFloatArray()).isEqualTo(before);
    }
  }

  @Test
  void isReadAsItWasWritten() {
    NetworkTopology network = topology();
    codec()
        .ifPresent(
            codec -> assertThat(codec.encode(network).flatMap(codec::decode)).contains(network));
  }

  @Test
  void gradientReachesEveryParameter() {
    try (RunningNetwork network = start(INPUTS, OUTPUTS, true, 2)) {
      NDArray x = input(network.manager(), INPUTS, patch());
      Tensors.backward(() -> network.forward(x, true));
      assertThat(network.trainable()).as("parameters to train").isNotEmpty();
      for (Parameter parameter : network.trainable()) {
        try (NDArray gradient = parameter.getArray().getGradient()) {
          Tensors.requireFinite("gradient of " + parameter.getName(), gradient);
        }
        assertThat(Tensors.hasGradient(parameter.getArray())).as(parameter.getName()).isTrue();
      }
    }
  }

  @Test
  void equalSeedsGiveEqualWeights() {
    try (RunningNetwork one = start(INPUTS, OUTPUTS, true, 7);
        RunningNetwork other = start(INPUTS, OUTPUTS, true, 8);
        RunningNetwork again = start(INPUTS, OUTPUTS, true, 7)) {
      assertThat(other.weights().names()).containsExactlyElementsOf(one.weights().names());
      assertThat(again.weights()).isEqualTo(one.weights());
    }
  }

  @Test
  void savedAndLoadedWeightsGiveTheSameLogits(@TempDir Path folder) throws IOException {
    try (RunningNetwork trained = start(INPUTS, OUTPUTS, true, 3)) {
      NDArray x = input(trained.manager(), INPUTS, patch());
      trained.forward(x, true);
      float[] logits = trained.predict(x).toFloatArray();
      Weights weights = trained.weights();
      assertThat(trained.predict(x).toFloatArray()).as("predicted again").isEqualTo(logits);
      assertThat(trained.weights()).as("weights after predictions").isEqualTo(weights);
      weights.write(folder.resolve("weights.safetensors"));
      var heads = new RunningNetwork.Heads(INPUTS, OUTPUTS, patch(), false);
      Weights read = Weights.read(folder.resolve("weights.safetensors"));
      try (RunningNetwork loaded = RunningNetwork.load(topology(), heads, Device.cpu(), read)) {
        assertThat(loaded.predict(input(loaded.manager(), INPUTS, patch())).toFloatArray())
            .isEqualTo(logits);
      }
    }
  }

  @Test
  void knownMemoryGrowsWithThePatch() {
    long values = topology().featureMapValues(patch(), INPUTS, OUTPUTS);
    assertThat(values).isNotNegative();
    if (values > 0) {
      assertThat(topology().featureMapValues(larger(), INPUTS, OUTPUTS)).isGreaterThan(values);
    }
  }

  @Test
  void keepsTheNumberOfLiveArrays() {
    try (RunningNetwork network = start(INPUTS, OUTPUTS, true, 4)) {
      Tensors.requireFlat(
          network.manager(),
          scratch -> {
            NDArray x = input(scratch, INPUTS, patch());
            Tensors.backward(() -> network.forward(x, true));
            network.predict(x);
          });
    }
  }
}
