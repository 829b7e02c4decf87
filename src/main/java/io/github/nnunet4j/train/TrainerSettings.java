package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Settings;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.plan.Configuration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The numbers and strategies behind {@link TrainerConfig} and its builder, with nnU-Net's defaults.
 * A builder changes its own, a configuration keeps a complete copy that nobody changes.
 */
final class TrainerSettings extends Settings<TrainerSettings> {
  private final Configuration configuration;
  private final Labels labels;

  LossFunction loss;
  Optional<DeepSupervision> deepSupervision;
  @Nullable Augmentation augmentation;
  UnaryOperator<Augmentation> augmentationEdit = UnaryOperator.identity();
  @Nullable Oversampling oversampling;
  @Nullable Function<PatchWindow, PatchSampler> samplerRule;
  @Nullable Function<PatchWindow, PatchSampler> validationSamplerRule;
  @Nullable PatchSampler sampler;
  @Nullable PatchSampler validationSampler;
  OptimizerSchedule schedule = OptimizerSchedules.polynomial(0.01, 0.9);
  Optimizer optimizer = Optimizers.sgd(0.99, true, 3e-5);
  double clipNorm = TrainerConfig.CLIP_NORM;
  @Nullable Set<Integer> mirrorAxes;
  long seed;
  Optional<InitialWeights> initialWeights = Optional.empty();

  TrainerSettings(Configuration configuration, Labels labels) {
    this.configuration = configuration;
    this.labels = labels;
    loss = Losses.defaultFor(labels, configuration.batchDice());
    deepSupervision = defaults().deepSupervision();
  }

  TrainerDefaults defaults() {
    return new TrainerDefaults(configuration, labels);
  }

  /** A checked copy in which everything is decided. */
  TrainerSettings complete() {
    Checks.argument(clipNorm > 0, "clipNorm must be positive, was %s", clipNorm);
    TrainerSettings all = sameFields();
    all.decide(this);
    return all;
  }

  /** Augmentation first, then what depends on it. */
  private void decide(TrainerSettings wanted) {
    TrainerDefaults defaults = defaults();
    Augmentation own = wanted.augmentation;
    Set<Integer> asked = wanted.mirrorAxes;
    Augmentation base =
        own != null
            ? own
            : defaults.augmentation(asked != null ? asked : defaults.mirrorAxes(null));
    Augmentation decided = wanted.augmentationEdit.apply(base);
    mirrorAxes = asked != null ? asked : defaults.mirrorAxes(decided);
    augmentation = decided;
    Checks.argument(
        wanted.oversampling == null || wanted.samplerRule == null,
        "oversampling is for the default sampler, but another is set: give the oversampling to it,"
            + " as PatchSamplers.of(window, oversampling) takes it");
    Oversampling forced =
        Objects.requireNonNullElseGet(
            wanted.oversampling, () -> Oversamplings.lastPart(PatchSamplers.FOREGROUND_FRACTION));
    Function<PatchWindow, PatchSampler> standard = window -> PatchSamplers.of(window, forced);
    sampler =
        Objects.requireNonNullElse(wanted.samplerRule, standard).apply(defaults.window(decided));
    validationSampler =
        Objects.requireNonNullElse(wanted.validationSamplerRule, standard)
            .apply(defaults.validationWindow());
  }
}
