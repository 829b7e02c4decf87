package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv3d;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
@Timeout(600)
class TwoTrainersTest {
  @TempDir Path folder;

  private record Result(Weights weights, List<Double> losses) {}

  private Result train(long seed, String name) {
    TrainingData data = TinyTraining.data(TinyTraining.networkWithDropout());
    TrainerConfig config = TinyTraining.config(data).seed(seed).epochs(2).iterations(10).build();
    try (Trainer trainer = Trainer.start(data, config, folder.resolve(name))) {
      List<EpochResult> epochs = trainer.run();
      return new Result(
          trainer.weights(), epochs.stream().map(epoch -> epoch.loss().validation()).toList());
    }
  }

  @Test
  void inTwoThreadsComeToTheBitsThatEachComesToAlone() throws Exception {
    List<Result> alone = List.of(train(1, "alone1"), train(2, "alone2"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Result> first = threads.submit(() -> train(1, "both1"));
      Future<Result> second = threads.submit(() -> train(2, "both2"));
      assertThat(List.of(first.get(), second.get())).isEqualTo(alone);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Fails in the trainer, not in the network: the scales are asked for when steps are set up. */
  private static final class Failing implements NetworkTopology {
    private final List<NDManager> managers = new ArrayList<>();

    @Override
    public Block build(int inputs, int outputs, boolean deepSupervision) {
      Block head = Conv3d.builder().setKernelShape(new Shape(1, 1, 1)).setFilters(outputs).build();
      return new SequentialBlock() {
        @Override
        public void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
          managers.add(manager);
          super.initializeChildBlocks(manager, type, shapes);
        }
      }.add(head);
    }

    @Override
    public List<List<Integer>> scales() {
      if (managers.isEmpty()) {
        return List.of(List.of(1, 1, 1));
      }
      throw new AssertionError("scales");
    }
  }

  @Test
  void aTrainerThatCannotBeMadeLeavesNoArrays() {
    Failing topology = new Failing();
    TrainingData data = TinyTraining.data(topology);
    TrainerConfig config = TinyTraining.config(data).deepSupervision(List.of(1.0)).build();
    assertThatThrownBy(() -> Trainer.start(data, config, folder.resolve("none")))
        .isInstanceOf(AssertionError.class)
        .hasMessage("scales");
    assertThat(topology.managers).hasSize(1).noneMatch(NDManager::isOpen);
  }
}
