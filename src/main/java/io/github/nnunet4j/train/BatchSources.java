package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.image.Extent;
import java.util.Optional;
import java.util.OptionalInt;

/** Where the batches of a training come from. */
final class BatchSources {
  private static final long VALIDATION = 0x5DEECE66DL;

  private BatchSources() {}

  /** The seed of everything drawn for validation. */
  static long validationSeed(TrainerConfig config) {
    return config.seed() ^ VALIDATION;
  }

  static BatchSource training(TrainingData data, TrainerConfig config) {
    if (config.dummyData()) {
      return dummy(data, config, config.seed());
    }
    return BatchLoader.builder(data.training(), config.sampler())
        .augmentation(data.withStageInput(config.augmentation()))
        .patch(Optional.of(patch(data)))
        .labels(data.labels())
        .channels(OptionalInt.of(data.channels()))
        .batchSize(config.batchSize())
        .iterationsPerEpoch(config.iterations())
        .seed(config.seed())
        .threads(config.loaderThreads())
        .ahead(config.cachedBatches())
        .build();
  }

  static BatchSource validation(TrainingData data, TrainerConfig config) {
    if (config.dummyData()) {
      return dummy(data, config, validationSeed(config));
    }
    return BatchLoader.builder(data.validation(), config.validationSampler())
        .augmentation(data.withStageInput(Augmentations.none()))
        .patch(Optional.of(patch(data)))
        .channels(OptionalInt.of(data.channels()))
        .batchSize(config.batchSize())
        .iterationsPerEpoch(config.validationIterations())
        .seed(validationSeed(config))
        .threads(Math.max(1, config.loaderThreads() / 2))
        .ahead(config.cachedBatches())
        .build();
  }

  private static Extent patch(TrainingData data) {
    return TrainerDefaults.spacePatch(data.configuration().patch());
  }

  private static BatchSource dummy(TrainingData data, TrainerConfig config, long seed) {
    return ConstantBatch.random(
        config.batchSize(), data.channels(), patch(data), data.labels(), seed);
  }
}
