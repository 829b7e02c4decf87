package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.NonzeroCrop;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.io.IOException;
import java.util.Optional;

/**
 * Brings cases onto the network grid: transposes the axes, crops to nonzero, then takes the steps
 * of the recipe in their order (of nnU-Net v2: normalize, resample). Immutable; may prepare several
 * cases at once.
 */
public final class Preprocessor {
  private final Recipe recipe;
  private final int threads;

  private Preprocessor(Recipe recipe, int threads) {
    this.recipe = recipe;
    this.threads = threads;
  }

  /**
   * A preprocessor of one thread.
   *
   * @param recipe what is done
   * @return the preprocessor
   */
  public static Preprocessor of(Recipe recipe) {
    return new Preprocessor(recipe, 1);
  }

  /**
   * The same with several threads inside one case; results do not depend on their number.
   *
   * @param count at least 1
   * @return the preprocessor
   */
  public Preprocessor threads(int count) {
    return new Preprocessor(recipe, Checks.positive(count, "threads"));
  }

  /**
   * Prepares a case of a data set.
   *
   * @param one the case; its reference is used if it has one
   * @param meaning of the labels
   * @return the case on the network grid
   * @throws IOException if the case cannot be read
   * @throws PreprocessException if it cannot be prepared; names the case
   * @throws StrategyException if a strategy of the recipe fails or breaks its contract
   */
  public Prepared prepare(Case one, Labels meaning) throws IOException {
    Volume image = one.image();
    return prepare(one.id(), image, one.labels(), Optional.of(meaning));
  }

  /**
   * Prepares an image to predict.
   *
   * @param id names the case in messages
   * @param image on its own grid
   * @return the image on the network grid
   * @throws PreprocessException if it cannot be prepared; names the case
   * @throws StrategyException if a strategy of the recipe fails or breaks its contract
   */
  public Prepared prepare(String id, Volume image) {
    return prepare(id, image, Optional.empty(), Optional.empty());
  }

  /**
   * Prepares an image with labels that are not a reference, such as the prediction of an earlier
   * stage of a cascade; no class locations are drawn.
   *
   * @param id names the case in messages
   * @param image on its own grid
   * @param labels on the image's grid
   * @return image and labels on the network grid
   * @throws PreprocessException if it cannot be prepared; names the case
   * @throws StrategyException if a strategy of the recipe fails or breaks its contract
   */
  public Prepared prepare(String id, Volume image, LabelMap labels) {
    return prepare(id, image, Optional.of(labels), Optional.empty());
  }

  private Prepared prepare(
      String id, Volume image, Optional<LabelMap> labels, Optional<Labels> meaning) {
    check(id, image, labels);
    if (labels.isPresent() && meaning.isPresent()) {
      refuse(id, meaning.get().undeclared(labels.get()));
    }
    int[] order = recipe.axisOrder().stream().mapToInt(Integer::intValue).toArray();
    Volume turned = transpose(image, order);
    NonzeroCrop crop = NonzeroCrop.of(turned);
    LabelMap region =
        labels.map(map -> crop.crop(transpose(map, order))).orElseGet(crop::withoutReference);
    StepState.Job job = new StepState.Job(id, recipe, labels.isPresent(), threads);
    StepState state = takeSteps(StepState.of(job, crop.crop(turned), region));
    Grid reached = state.image().grid();
    Optional<LabelMap> prepared =
        labels.isPresent() ? Optional.of(state.labels().withGrid(reached)) : Optional.empty();
    ClassLocations locations =
        prepared.isPresent() && meaning.isPresent()
            ? ClassLocations.of(prepared.get(), meaning.get())
            : ClassLocations.none(reached.extent());
    return new Prepared(
        state.image(),
        prepared,
        locations,
        new Restoration(image.grid(), recipe.axisOrder(), crop.box(), reached));
  }

  StepState takeSteps(StepState first) {
    StepState state = first;
    for (PreprocessingStep step : recipe.steps()) {
      state = StepChecks.run(step, state);
    }
    return state;
  }

  private void check(String id, Volume image, Optional<LabelMap> labels) {
    if (image.channels() != recipe.channels().size()) {
      throw refuse(
          id,
          recipe.channels().size() + " channels",
          image.channels() + " channels",
          "Give the image with the channels that the plan was made for.");
    }
    if (labels.isPresent() && !labels.get().grid().extent().equals(image.grid().extent())) {
      throw refuse(
          id,
          "labels of the image's extent " + image.grid().extent(),
          labels.get().grid().extent().toString(),
          "Image and labels of a case must lie on the same voxels.");
    }
    if (image.grid().voxels() == 0) {
      throw refuse(id, "an image with voxels", "none", "Give an image that is not empty.");
    }
    if (image.grid().isPicture() && recipe.targetSpacing().rank() == 3) {
      throw refuse(
          id,
          "a volume, as the plan resamples in three dimensions",
          "a picture of one slice, " + image.grid().extent() + " (z, y, x)",
          "Use a 2d configuration, or give the slice its true thickness.");
    }
    boolean repaired = !recipe.steps().isEmpty() && recipe.steps().get(0).acceptsNotFinite();
    for (int c = 0; c < image.channels() && !repaired; c++) {
      refuse(id, image.notFinite(c));
    }
  }

  private static void refuse(String id, Optional<Problem> problem) {
    problem.ifPresent(
        p -> {
          throw new PreprocessException(p.within("case " + id));
        });
  }

  private static PreprocessException refuse(String id, String expected, String found, String next) {
    return new PreprocessException(new Problem("case " + id, expected, found, next));
  }

  private static Volume transpose(Volume image, int[] order) {
    if (Transposition.identity(order)) {
      return image;
    }
    float[][] channels = new float[image.channels()][];
    for (int c = 0; c < channels.length; c++) {
      channels[c] = Transposition.apply(image.unsafeArray(c), image.grid().extent(), order);
    }
    return Volume.wrap(transpose(image.grid(), order), channels);
  }

  private static LabelMap transpose(LabelMap labels, int[] order) {
    return LabelMap.wrap(
        transpose(labels.grid(), order),
        Transposition.apply(labels.unsafeArray(), labels.grid().extent(), order));
  }

  private static Grid transpose(Grid grid, int[] order) {
    return Grid.of(grid.extent().permuted(order), grid.spacing().permuted(order));
  }

  @Override
  public String toString() {
    return "Preprocessor of " + recipe + ", " + threads + " threads";
  }
}
