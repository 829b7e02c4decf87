package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.Volume;
import java.util.Optional;

/**
 * Normalizes each channel as the recipe says ({@link Recipe#channels}), inside the nonzero region
 * where the channel asks for it.
 */
public record NormalizeStep() implements PreprocessingStep {
  @Override
  public StepState apply(StepState state) {
    Volume image = state.image();
    float[][] channels = new float[image.channels()][];
    for (int c = 0; c < channels.length; c++) {
      Recipe.ChannelRecipe how = state.recipe().channels().get(c);
      Volume channel = image.channel(c);
      String step = StepChecks.place(state.id(), "normalization of channel " + c);
      Optional<Mask> mask = how.useMask() ? Optional.of(state.region()) : Optional.empty();
      Volume result =
          StepChecks.guard(
              step,
              () ->
                  how.normalization()
                      .apply(
                          channel,
                          new IntensityNormalization.Context(mask, how.statistics()),
                          state.threads()));
      StepChecks.contract(step, channel.grid().extent(), result.grid().extent());
      StepChecks.contract(step, 1, result.channels());
      StepChecks.finite(step, result);
      channels[c] = result.unsafeArray(0);
    }
    return state.withImage(Volume.wrap(image.grid(), channels));
  }
}
