package io.github.nnunet4j.train;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The main of another process: goes on with a small training to its end and says where it is. The
 * network has dropout, so that the engine's own random numbers count as well.
 */
public final class TinyRun {
  private TinyRun() {}

  /** How often a training is saved. */
  enum Saving {
    EVERY_EPOCH,
    EVERY_STEP
  }

  /**
   * Trains.
   *
   * @param arguments folder, saving, loader threads
   */
  public static void main(String[] arguments) {
    TrainingData data = TinyTraining.data(TinyTraining.networkWithDropout());
    TrainerConfig.Builder config =
        TinyTraining.config(data)
            .epochs(4)
            .iterations(8)
            .loaderThreads(Integer.parseInt(arguments[2]))
            .optimizer(Optimizers.adamW(0))
            .schedule(OptimizerSchedules.polynomial(0.01, 0.9))
            .listener(new Teller());
    switch (Saving.valueOf(arguments[1])) {
      case EVERY_EPOCH -> config.checkpointEvery(1);
      case EVERY_STEP -> config.checkpointEvery(50).checkpointEvery(Duration.ZERO);
    }
    try (Trainer trainer = Trainer.resume(data, config.build(), Path.of(arguments[0]))) {
      trainer.run();
    }
    System.out.println("done");
  }

  private static final class Teller implements TrainingListener {
    @Override
    public void iterationEnded(Progress progress, int iteration, double loss) {
      System.out.println("iteration " + progress.epoch() + "/" + iteration);
    }

    @Override
    public void checkpointWritten(Path file) {
      System.out.println(file.getFileName());
    }

    @Override
    public void epochEnded(EpochResult result) {
      System.out.println("epoch " + result.epoch());
    }
  }
}
