package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.nn.LambdaBlock;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.RunningNetwork;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The predictor on the tensor engine: folds, threads, memory and networks that misbehave. */
@Tag("engine")
class PredictorEngineTest {
  private static final PredictorConfig PLAIN =
      PredictorConfig.defaults().withMirroring(Mirroring.none());

  @Test
  void averagesTheLogitsOfItsFolds() throws IOException {
    ReferenceModel model = ReferenceModel.regions();
    Weights other = scaled(model.weights, 0.9f);
    Volume image = ReferenceModel.read("hippocampus_001").image();
    try (Predictor first = model.predictor(PLAIN);
        Predictor second = Predictor.of(model.configuration, model.labels, List.of(other), PLAIN);
        Predictor both =
            Predictor.of(model.configuration, model.labels, List.of(model.weights, other), PLAIN)) {
      Logits mean = Logits.mean(List.of(first.logits(image), second.logits(image)));
      Volume actual = both.logits(image).values();
      for (int c = 0; c < actual.channels(); c++) {
        assertThat(actual.unsafeArray(c))
            .usingComparatorWithPrecision(1e-4f)
            .containsExactly(mean.values().unsafeArray(c));
      }
    }
  }

  @Test
  void givesEveryThreadItsOwnResult() throws Exception {
    ReferenceModel model = ReferenceModel.regions();
    Volume whole = ReferenceModel.read("hippocampus_001").image();
    List<Volume> images = List.of(whole, flat(whole), part(whole));
    try (Predictor predictor = model.predictor(PLAIN)) {
      List<LabelMap> expected = images.stream().map(predictor::predict).toList();
      ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < 2 * images.size(); t++) {
        int number = t % images.size();
        threads.add(
            new Thread(
                () -> {
                  try {
                    if (!predictor.predict(images.get(number)).equals(expected.get(number))) {
                      wrong.add("image " + number);
                    }
                  } catch (RuntimeException e) {
                    wrong.add(e.toString());
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(wrong).isEmpty();
    }
  }

  @Test
  void leavesNoArraysBehind() throws IOException {
    ReferenceModel model = ReferenceModel.regions();
    RunningNetwork.Heads heads = new RunningNetwork.Heads(1, 2, model.configuration.patch(), false);
    try (RunningNetwork network =
        RunningNetwork.load(model.configuration.topology(), heads, Device.cpu(), model.weights)) {
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
    ReferenceModel model = ReferenceModel.regions();
    assertThatExceptionOfType(ModelException.class)
        .isThrownBy(
            () ->
                Predictor.of(
                    model.configuration,
                    Labels.of("a", "b", "c"),
                    List.of(model.weights, model.weights),
                    PLAIN));
  }

  @Test
  void refusesWeightsThatGiveNoNumbers() throws IOException {
    ReferenceModel model = ReferenceModel.regions();
    Weights broken = scaled(model.weights, Float.NaN);
    try (Predictor predictor =
        Predictor.of(model.configuration, model.labels, List.of(broken), PLAIN)) {
      Volume image = ReferenceModel.read("hippocampus_001").image();
      assertThatExceptionOfType(PredictionException.class)
          .isThrownBy(() -> predictor.predict(image))
          .withMessageContaining("finite logits");
    }
  }

  @Test
  void refusesANetworkThatReturnsAnotherShape() throws IOException {
    assertRefused(new LambdaBlock(in -> in), "output 0 of shape");
  }

  @Test
  void refusesANetworkThatFailsInTheEngine() throws IOException {
    assertRefused(
        new LambdaBlock(in -> new NDList(in.singletonOrThrow().reshape(7, 11))), "engine");
  }

  private static void assertRefused(LambdaBlock block, String message) throws IOException {
    ReferenceModel model = ReferenceModel.regions();
    NetworkTopology wrong = (inputs, outputs, deep) -> block;
    Configuration configuration = model.configuration.toBuilder().topology(wrong).build();
    Volume image = Volume.wrap(Grid.of(3, 4, 5), new float[60]);
    try (Predictor predictor =
        Predictor.of(configuration, model.labels, List.of(Weights.builder().build()), PLAIN)) {
      assertThatExceptionOfType(StrategyException.class)
          .isThrownBy(() -> predictor.predict(image))
          .withMessageContaining(message);
    }
  }

  private static Weights scaled(Weights weights, float factor) {
    Weights.Builder builder = Weights.builder();
    for (String name : weights.names()) {
      float[] values = weights.values(name).clone();
      for (int i = 0; i < values.length; i++) {
        values[i] *= factor;
      }
      builder.put(name, values, weights.shape(name).stream().mapToLong(Long::longValue).toArray());
    }
    return builder.build();
  }

  private static Volume flat(Volume image) {
    float[] values = image.toArray(0);
    for (int i = 0; i < values.length; i += 2) {
      values[i] = values[values.length - 1 - i];
    }
    return Volume.wrap(image.grid(), values);
  }

  private static Volume part(Volume image) {
    Extent extent = image.grid().extent();
    int depth = extent.get(0) / 2;
    int slice = extent.get(1) * extent.get(2);
    float[] values = java.util.Arrays.copyOf(image.unsafeArray(0), depth * slice);
    return Volume.wrap(Grid.of(depth, extent.get(1), extent.get(2)), values);
  }
}
