package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.Weights;
import java.nio.file.Path;
import java.util.List;

/** What tests of failing trainings have in common. */
final class Faults {
  /** Goes off at its n-th use, only once. */
  static final class Fuse {
    private final int uses;
    private int used;

    Fuse(int uses) {
      this.uses = uses;
    }

    /** A fuse that never goes off. */
    static Fuse none() {
      return new Fuse(-1);
    }

    synchronized boolean goesOff() {
      return ++used == uses;
    }

    void use() {
      if (goesOff()) {
        throw new IllegalStateException("a blown fuse");
      }
    }
  }

  private Faults() {}

  /** Runs a training, new or resumed, to its end or failure. */
  static Weights run(TrainingData data, TrainerConfig config, Path folder) {
    try (Trainer trainer = Trainer.resume(data, config, folder)) {
      trainer.run();
      return trainer.weights();
    }
  }

  /** No thread of a training is alive. */
  static void requireNoThreads() {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("nnunet4j"));
  }

  /** The folder can be resumed from and holds nothing half-written. */
  static Checkpoint requireIntact(Path folder) {
    assertThat(folder).isDirectoryNotContaining("glob:**/*.part");
    Checkpoint checkpoint = Checkpoint.read(Checkpoint.newest(folder).orElseThrow());
    assertThat(checkpoint.history()).hasSize(checkpoint.epoch());
    return checkpoint;
  }

  /** The same data with other training cases. */
  static TrainingData with(TrainingData data, TrainingCase... cases) {
    return new TrainingData(data.configuration(), data.labels(), List.of(cases), data.validation());
  }

  /** A case whose voxels cannot be read. */
  static TrainingCase unreadable(String id) {
    return new TrainingCase() {
      @Override
      public String id() {
        return id;
      }

      @Override
      public Extent extent() {
        return Extent.of(20, 20, 20);
      }

      @Override
      public List<ClassVoxels> classes() {
        return List.of();
      }

      @Override
      public Sample read(Box box) {
        throw new IllegalStateException("truncated");
      }
    };
  }
}
