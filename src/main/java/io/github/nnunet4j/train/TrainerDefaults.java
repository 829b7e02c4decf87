package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.CascadeInput;
import io.github.nnunet4j.augment.StandardAugmentation;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.preprocess.Recipe.ChannelRecipe;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The strategies that nnU-Net v2 derives from a configuration. */
record TrainerDefaults(Configuration configuration, Labels labels) {
  /** The patch with three axes. */
  static Extent spacePatch(Extent patch) {
    return patch.rank() == 3 ? patch : Extent.of(1, patch.get(0), patch.get(1));
  }

  Optional<DeepSupervision> deepSupervision() {
    int outputs = configuration.topology().scales().size();
    return outputs > 1 ? Optional.of(DeepSupervision.of(outputs)) : Optional.empty();
  }

  /**
   * Those of the patch that the augmentation mirrors; all that the standard one does by default.
   */
  Set<Integer> mirrorAxes(@Nullable Augmentation own) {
    if (own == null) {
      return StandardAugmentation.builder(configuration.patch()).build().mirrorAxes();
    }
    int first = 3 - configuration.patch().rank();
    return own.mirroredAxes().stream()
        .map(axis -> axis - first)
        .filter(axis -> axis >= 0)
        .collect(Collectors.toSet());
  }

  /**
   * Sets those channels to 0 outside of the nonzero region that were normalised within it; distorts
   * what a previous stage has predicted.
   */
  Augmentation augmentation(Set<Integer> mirrorAxes) {
    List<ChannelRecipe> channels = configuration.recipe().channels();
    Set<Integer> masked =
        IntStream.range(0, channels.size())
            .filter(channel -> channels.get(channel).useMask())
            .boxed()
            .collect(Collectors.toSet());
    StandardAugmentation.Builder builder =
        StandardAugmentation.builder(configuration.patch())
            .mirrorAxes(mirrorAxes)
            .maskedChannels(masked);
    if (configuration.previousStage().isPresent()) {
      builder.cascade(CascadeInput.v2(labels.foreground()));
    }
    return builder.build();
  }

  /** Cuts what the augmentation needs. */
  PatchWindow window(Augmentation augmentation) {
    return window(augmentation.inputExtent(spacePatch(configuration.patch())));
  }

  PatchWindow validationWindow() {
    return window(spacePatch(configuration.patch()));
  }

  private PatchWindow window(Extent cut) {
    return new PatchWindow(cut, spacePatch(configuration.patch()), labels.ignore().isPresent());
  }
}
