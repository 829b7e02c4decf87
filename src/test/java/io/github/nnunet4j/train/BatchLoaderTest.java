package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.augment.StandardAugmentation;
import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BatchLoaderTest {
  private static final Extent PATCH = Extent.of(8, 10, 6);
  private static final StandardAugmentation STANDARD = Augmentations.standard(PATCH);

  private static TrainingCase trainingCase(String id, int seed) {
    Grid grid = Grid.of(14 + seed, 12, 13);
    SplittableRandom random = new SplittableRandom(seed);
    float[] image = new float[(int) grid.voxels()];
    short[] labels = new short[image.length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextDouble();
      labels[i] = (short) (random.nextInt(4) - 1);
    }
    ClassVoxels one = new ClassVoxels(List.of(1), 5, (voxel, axis) -> voxel + axis);
    return TrainingCases.inMemory(
        id, new Sample(Volume.wrap(grid, image), LabelMap.wrap(grid, labels)), List.of(one));
  }

  private static List<TrainingCase> cases() {
    return List.of(trainingCase("a", 1), trainingCase("b", 2), trainingCase("c", 3));
  }

  private static BatchLoader.Builder loader(Augmentation augmentation) {
    return BatchLoader.builder(
            cases(), PatchSamplers.standard(new PatchWindow(STANDARD.initialPatch(), PATCH, false)))
        .augmentation(augmentation)
        .patch(Optional.of(PATCH))
        .iterationsPerEpoch(5)
        .seed(7);
  }

  private static List<Batch> take(BatchLoader loader, int count) {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(loader.next());
    }
    return batches;
  }

  @Test
  void givesTheSameBatchesWithOneOrEightThreads() {
    try (BatchLoader one = loader(STANDARD).build();
        BatchLoader eight = loader(STANDARD).threads(8).ahead(7).build()) {
      List<Batch> batches = take(one, 12);
      assertThat(take(eight, 12)).isEqualTo(batches);
      assertThat(new HashSet<>(batches)).hasSize(12);
      assertThat(batches.get(0).samples()).hasSize(2);
    }
  }

  @Test
  void startsAnywhereWithTheBatchesOfThatPlace() {
    try (BatchLoader whole = loader(STANDARD).threads(2).build();
        BatchLoader resumed = loader(STANDARD).threads(3).build()) {
      List<Batch> batches = take(whole, 12);
      resumed.start(1, 3);
      assertThat(take(resumed, 4)).isEqualTo(batches.subList(8, 12));
      resumed.start(0, 1);
      assertThat(take(resumed, 3)).isEqualTo(batches.subList(1, 4));
    }
  }

  @Test
  void dependsOnTheSeed() {
    try (BatchLoader seven = loader(STANDARD).build();
        BatchLoader eight = loader(STANDARD).seed(8).build()) {
      assertThat(take(seven, 2)).isNotEqualTo(take(eight, 2));
    }
  }

  @Test
  void mixesSeedsOfAllPlaces() {
    Set<Long> seeds = new HashSet<>();
    for (int epoch = 0; epoch < 20; epoch++) {
      for (int iteration = 0; iteration < 20; iteration++) {
        for (int index = 0; index < 8; index++) {
          seeds.add(new SampleSlot(epoch, iteration, index, 8).seed(epoch % 2));
        }
      }
    }
    assertThat(seeds).hasSize(20 * 20 * 8);
  }

  @Test
  void worksNoFurtherAheadThanAllowed() throws InterruptedException {
    AtomicInteger made = new AtomicInteger();
    Augmentation counting =
        (sample, random) -> {
          made.incrementAndGet();
          return STANDARD.apply(sample, random);
        };
    try (BatchLoader loader = loader(counting).threads(4).ahead(2).build()) {
      loader.next();
      Thread.sleep(300);
      assertThat(made.get()).isLessThanOrEqualTo(2 + 2 * 2);
    }
  }

  @Test
  void rethrowsTheFailureOfAnAugmentationWithTheCase() {
    Augmentation broken =
        (sample, random) -> {
          throw new IllegalStateException("out of luck");
        };
    try (BatchLoader loader = loader(broken).threads(4).build()) {
      assertThatThrownBy(loader::next)
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("case ")
          .hasMessageContaining("out of luck");
      assertThatThrownBy(loader::next).isInstanceOf(StrategyException.class);
    }
  }

  @Test
  void rethrowsTheFailureOfASampler() {
    PatchSampler broken =
        (cases, slot, random) -> {
          throw new IllegalArgumentException("no patch");
        };
    try (BatchLoader loader = BatchLoader.builder(cases(), broken).build()) {
      assertThatThrownBy(loader::next)
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("patch sampler")
          .hasMessageContaining("epoch 0");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8})
  void givesAllBatchesBeforeTheOneThatFails(int threads) {
    PatchSampler good = PatchSamplers.standard(new PatchWindow(PATCH, PATCH, false));
    PatchSampler broken =
        (cases, slot, random) -> {
          if (slot.iteration() >= 2) {
            throw new IllegalArgumentException("iteration " + slot.iteration());
          }
          return good.choose(cases, slot, random);
        };
    for (int repetition = 0; repetition < 20; repetition++) {
      try (BatchLoader loader =
          BatchLoader.builder(cases(), broken).batchSize(2).threads(threads).build()) {
        assertThat(loader.next().samples()).hasSize(2);
        assertThat(loader.next().samples()).hasSize(2);
        for (int call = 0; call < 2; call++) {
          assertThatThrownBy(loader::next)
              .isInstanceOf(StrategyException.class)
              .hasMessageContaining("iteration 2, sample 0");
        }
      }
    }
  }

  @Test
  void namesTheCaseThatCannotBeRead() {
    TrainingCase unreadable = Faults.unreadable("case_07");
    PatchSampler sampler = PatchSamplers.standard(new PatchWindow(PATCH, PATCH, false));
    try (BatchLoader loader = BatchLoader.builder(List.of(unreadable), sampler).build()) {
      assertThatThrownBy(loader::next)
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("case_07")
          .hasMessageContaining("truncated");
    }
  }

  @Test
  void passesErrorsOn() {
    Augmentation broken =
        (sample, random) -> {
          throw new OutOfMemoryError("pretended");
        };
    try (BatchLoader loader = loader(broken).build()) {
      assertThatThrownBy(loader::next).isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void refusesSamplesOfAnotherExtent() {
    try (BatchLoader loader = loader(Augmentations.none()).build()) {
      assertThatThrownBy(loader::next)
          .isInstanceOf(StrategyException.class)
          .hasMessageContaining("8x10x6");
    }
  }

  @Test
  void measuresTheTimeThatTheConsumerWaits() {
    Augmentation slow =
        (sample, random) -> {
          sleep(50);
          return STANDARD.apply(sample, random);
        };
    try (BatchLoader loader = loader(slow).build()) {
      loader.next();
      assertThat(loader.waited()).isGreaterThan(Duration.ofMillis(80));
    }
  }

  @Test
  void canBeInterruptedAndGoesOn() {
    CountDownLatch gate = new CountDownLatch(1);
    Augmentation waiting =
        (sample, random) -> {
          await(gate);
          return STANDARD.apply(sample, random);
        };
    try (BatchLoader loader = loader(waiting).build()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(loader::next).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      gate.countDown();
      assertThat(loader.next().samples()).hasSize(2);
    }
  }

  @Test
  void closesWhileThreadsAreBusyAndEndsThem() {
    BatchLoader loader = loader(STANDARD).threads(3).build();
    loader.next();
    loader.close();
    loader.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("nnunet4j-batches") && thread.isAlive());
    assertThatThrownBy(loader::next).hasMessageContaining("closed");
    assertThatThrownBy(() -> loader.start(0, 0)).hasMessageContaining("closed");
  }

  @Test
  void refusesPlacesThatDoNotExist() {
    try (BatchLoader loader = loader(STANDARD).build()) {
      assertThatThrownBy(() -> loader.start(0, 5)).hasMessageContaining("0 to 4");
      assertThatThrownBy(() -> loader.start(-1, 0)).hasMessageContaining("epoch");
    }
    assertThatThrownBy(
            () ->
                BatchLoader.builder(
                    List.of(), PatchSamplers.standard(new PatchWindow(PATCH, PATCH, false))))
        .hasMessageContaining("at least one");
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch gate) {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
