package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.train.Faults.Fuse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Data, networks and numbers that cannot be trained on. */
@Tag("engine")
@Timeout(120)
class TrainerFaultsTest {
  @TempDir Path folder;

  @AfterEach
  void noThreadIsLeft() {
    Faults.requireNoThreads();
  }

  private static TrainingCase filled(String id, float value, int label) {
    Grid grid = Grid.of(13, 17, 9);
    float[] image = new float[(int) grid.voxels()];
    for (int i = 0; i < image.length; i++) {
      image[i] = i % 7 * 0.1f;
    }
    image[image.length / 2] = value;
    short[] labels = new short[image.length];
    java.util.Arrays.fill(labels, (short) label);
    Sample sample = new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels));
    return TrainingCases.inMemory(id, sample, List.of());
  }

  @Test
  void namesPlaceAndCasesWhenTheLossIsNaN() {
    TrainingData data = TinyTraining.data();
    Fuse fuse = new Fuse(8);
    LossFunction dice = TinyTraining.config(data).build().loss();
    LossFunction loss =
        (logits, target) -> {
          float factor = fuse.goesOff() ? Float.NaN : 1;
          return dice.evaluate(logits, target).mul(factor);
        };
    TrainerConfig config = TinyTraining.config(data).checkpointEvery(1).loss(loss).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("epoch 1, iteration 1, cases [ball_")
        .hasMessageContaining("expected a finite loss, found NaN")
        .hasMessageContaining("No step was made");
    assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(1);
    Faults.run(data, config, folder);
    assertThat(Faults.requireIntact(folder).epoch()).isEqualTo(3);
  }

  @Test
  void makesNoStepWhenAGradientIsNotFinite() {
    TrainingData data = TinyTraining.data();
    LossFunction loss = (logits, target) -> logits.mul(0).sum().sqrt();
    TrainerConfig config = TinyTraining.config(data).loss(loss).build();
    try (Trainer trainer = Trainer.start(data, config, folder)) {
      var before = trainer.weights();
      assertThatThrownBy(trainer::run)
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("expected a finite gradient norm, found NaN");
      assertThat(trainer.weights()).isEqualTo(before);
    }
  }

  @Test
  void namesTheCasesWhoseVoxelsAreNaN() {
    TrainingData data = Faults.with(TinyTraining.data(), filled("broken", Float.NaN, 0));
    TrainerConfig config =
        TinyTraining.config(data)
            .augmentation(Augmentations.none())
            .sampler(TinyTraining.config(data).build().validationSampler())
            .build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("epoch 0, iteration 0, cases [broken, broken]")
        .hasMessageContaining("Look for NaN in these cases");
  }

  @Test
  void namesTheCaseWithAnUndeclaredLabel() {
    TrainingData data = Faults.with(TinyTraining.data(), filled("labelled_by_hand", 1, 7));
    TrainerConfig config = TinyTraining.config(data).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("labelled_by_hand")
        .hasMessageContaining("7");
  }

  @Test
  void refusesALossThatIsNoNumber() {
    TrainingData data = TinyTraining.data();
    LossFunction loss = (logits, target) -> logits.logSoftmax(1).neg();
    TrainerConfig config = TinyTraining.config(data).loss(loss).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("epoch 0, iteration 0")
        .hasMessageContaining("expected one number, found an array (2, 3, 12, 16, 8)");
  }

  @Test
  void refusesALossThatDoesNotDependOnTheNetwork() {
    TrainingData data = TinyTraining.data();
    LossFunction loss = (logits, target) -> logits.getManager().create(1f);
    TrainerConfig config = TinyTraining.config(data).loss(loss).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("epoch 0, iteration 0, network or loss");
  }

  private static NetworkTopology network(String pooling) {
    return new NetworkTopology() {
      @Override
      public Block build(int inputs, int outputs, boolean deepSupervision) {
        if (pooling.isEmpty()) {
          throw new IllegalStateException("no such network");
        }
        return new LambdaBlock(x -> new NDList(x.singletonOrThrow().get(pooling)), "broken");
      }

      @Override
      public String toString() {
        return "broken network";
      }
    };
  }

  @Test
  void refusesWrongShapesOfANetwork() {
    TrainingData data = TinyTraining.data(network(":, :, ::2"));
    TrainerConfig config = TinyTraining.config(data).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("epoch 0, iteration 0: network broken network")
        .hasMessageContaining("expected output 0 of shape (2, 3, 12, 16, 8)")
        .hasMessageContaining("found shape (2, 1, 6, 16, 8)");
  }

  @Test
  void saysThatANetworkCannotBeBuilt() {
    TrainingData data = TinyTraining.data(network(""));
    TrainerConfig config = TinyTraining.config(data).build();
    assertThatThrownBy(() -> Trainer.start(data, config, folder))
        .isInstanceOf(StrategyException.class)
        .hasMessageContaining("start of the training, network broken network")
        .hasMessageContaining("no such network");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesAnotherNumberOfWeightsThanOutputs() {
    TrainingData data = TinyTraining.data();
    TrainerConfig config =
        TinyTraining.config(data).deepSupervision(List.of(0.5, 0.3, 0.2)).build();
    assertThatThrownBy(() -> Trainer.start(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("deepSupervision: expected 2 weights")
        .hasMessageContaining("found [0.5, 0.3, 0.2]");
    assertThat(folder).isEmptyDirectory();
  }

  private static TrainingData large(Extent patch, int batch, NetworkTopology topology) {
    Configuration configuration =
        TinyTraining.configuration(topology).toBuilder().patch(patch).batchSize(batch).build();
    return new TrainingData(
        configuration, TinyTraining.LABELS, List.of(TinyTraining.ball(1)), List.of());
  }

  @Test
  void refusesABatchThatNoBufferHoldsBeforeAnythingIsRead() {
    TrainingData data = large(Extent.of(1 << 20, 1 << 20, 1 << 20), 2, TinyTraining.network());
    TrainerConfig config =
        TrainerConfig.defaultsFor(data.configuration(), data.labels()).epochs(1).build();
    assertThatThrownBy(() -> Trainer.start(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected arrays of less than 2 GiB")
        .hasMessageContaining("Choose a smaller patch or batch.");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saysThatThePatchIsLargerThanTheMemory() throws IOException {
    // 4096 feature maps of 8 x 128 x 128 x 128 are 256 GiB: refused at once on smaller machines
    Path overcommit = Path.of("/proc/sys/vm/overcommit_memory");
    assumeThat(Files.isReadable(overcommit)).as("this system says how it allocates").isTrue();
    assumeThat(Files.readString(overcommit).strip()).as("refuses what it lacks").isNotEqualTo("1");
    assumeThat(memoryKilobytes()).as("has less than 200 GiB").isLessThan(200L << 20);
    List<Integer> one = List.of(1, 1, 1);
    NetworkTopology wide =
        Topologies.plainUNet(List.of(4096, 4), List.of(one, one), List.of(one, List.of(2, 2, 2)))
            .blocks(1, 1)
            .build();
    TrainingData data = large(Extent.of(128, 128, 128), 8, wide);
    TrainerConfig config =
        TinyTraining.config(data).augmentation(Augmentations.none()).epochs(1).build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("epoch 0, iteration 0: expected enough memory for a step")
        .hasMessageContaining("Choose a smaller patch, batch or network");
  }

  private static long memoryKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemTotal:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }

  @Test
  void saysThatTheHeapIsFull() {
    TrainingData data = TinyTraining.data();
    TrainerConfig config =
        TinyTraining.config(data)
            .sampler(
                (cases, slot, random) -> {
                  throw new OutOfMemoryError("Java heap space");
                })
            .build();
    assertThatThrownBy(() -> Faults.run(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("give the JVM more heap");
  }

  @Test
  void namesACaseThatCannotBeReadAtTheStart() {
    TrainingCase unreadable = Faults.unreadable("case_07");
    TrainingData data = Faults.with(TinyTraining.data(), unreadable);
    TrainerConfig config = TinyTraining.config(data).build();
    assertThatThrownBy(() -> Trainer.start(data, config, folder))
        .isInstanceOf(TrainingException.class)
        .hasMessageContainingAll("case_07", "truncated", "Prepare the case again");
  }

  @Test
  void refusesADataSetWithoutTrainingCases() {
    assertThatThrownBy(() -> Faults.with(TinyTraining.data()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected at least one, found none");
  }

  @Test
  void trainsWhereNoCaseHasForeground() {
    TrainingData some = TinyTraining.data();
    List<TrainingCase> empty = List.of(filled("empty_1", 1, 0), filled("empty_2", 2, 0));
    TrainingData data = new TrainingData(some.configuration(), some.labels(), empty, empty);
    TrainerConfig config = TinyTraining.config(data).build();
    Faults.run(data, config, folder);
    List<EpochResult> history = Faults.requireIntact(folder).history();
    assertThat(history).hasSize(3).allMatch(e -> Double.isFinite(e.loss().training()));
    assertThat(history.get(0).dice().perClass()).hasSize(2);
  }

  @Test
  void trainsOnOneCaseWithoutValidation() {
    TrainingData some = TinyTraining.data();
    TrainingData data =
        new TrainingData(
            some.configuration(), some.labels(), List.of(TinyTraining.ball(1)), List.of());
    Faults.run(data, TinyTraining.config(data).build(), folder);
    assertThat(Faults.requireIntact(folder).history())
        .hasSize(3)
        .allMatch(e -> Double.isNaN(e.loss().validation()) && e.dice().perClass().isEmpty());
    assertThat(folder).isDirectoryNotContaining("glob:**/checkpoint_best.safetensors");
  }

  @Test
  void trainsRegionsWithAnIgnoreLabel() {
    TrainingData some = TinyTraining.data();
    Map<String, List<Integer>> regions = new LinkedHashMap<>();
    regions.put("background", List.of(0));
    regions.put("both", List.of(1, 2));
    regions.put("core", List.of(2));
    regions.put("ignore", List.of(3));
    Labels labels = Labels.of(regions, List.of(1, 2));
    TrainingData data =
        new TrainingData(some.configuration(), labels, some.training(), some.validation());
    Faults.run(data, TinyTraining.config(data).epochs(1).build(), folder);
    assertThat(Faults.requireIntact(folder).history().get(0).dice().perClass()).hasSize(2);
  }
}
