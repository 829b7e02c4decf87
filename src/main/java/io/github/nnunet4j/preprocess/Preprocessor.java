package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.PreprocessException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Mask;
import io.github.nnunet4j.image.NonzeroCrop;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings cases onto the network grid in the order of nnU-Net v2: transpose, crop to nonzero,
 * normalize, resample. Immutable; may prepare several cases at once.
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
    Volume normalized = normalize(id, crop.crop(turned), region);
    Grid target = TargetGrid.of(id, normalized, recipe.targetSpacing());
    Volume resampled =
        guard(
            id,
            "resampling of the image",
            () -> recipe.imageResampling().apply(normalized, target, threads));
    Optional<LabelMap> resampledLabels = Optional.empty();
    if (labels.isPresent()) {
      LabelMap map =
          guard(
              id,
              "resampling of the labels",
              () -> recipe.labelResampling().apply(region, target, threads));
      contract(id, "resampling of the labels", resampled.grid().extent(), map.grid().extent());
      resampledLabels = Optional.of(map);
    }
    contract(id, "resampling of the image", image.channels(), resampled.channels());
    Grid reached = target.withExtent(resampled.grid().extent());
    ClassLocations locations =
        resampledLabels.isPresent() && meaning.isPresent()
            ? ClassLocations.of(resampledLabels.get(), meaning.get())
            : ClassLocations.none(reached.extent());
    return new Prepared(
        resampled.withGrid(reached),
        resampledLabels.map(map -> map.withGrid(reached)),
        locations,
        new Restoration(image.grid(), recipe.axisOrder(), crop.box(), reached));
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
    for (int c = 0; c < image.channels(); c++) {
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

  private Volume normalize(String id, Volume cropped, LabelMap region) {
    float[][] channels = new float[cropped.channels()][];
    for (int c = 0; c < channels.length; c++) {
      Recipe.ChannelRecipe how = recipe.channels().get(c);
      Volume channel = cropped.channel(c);
      IntensityNormalization.Context context =
          new IntensityNormalization.Context(
              how.useMask() ? Optional.of(inside(region)) : Optional.empty(), how.statistics());
      String step = "normalization of channel " + c;
      Volume result = guard(id, step, () -> how.normalization().apply(channel, context));
      contract(id, step, channel.grid().extent(), result.grid().extent());
      contract(id, step, 1, result.channels());
      result
          .notFinite(0)
          .ifPresent(
              p -> {
                throw broken(id, step, p.expected(), p.found());
              });
      channels[c] = result.unsafeArray(0);
    }
    return Volume.wrap(cropped.grid(), channels);
  }

  private static Mask inside(LabelMap region) {
    short[] labels = region.unsafeArray();
    boolean[] inside = new boolean[labels.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = labels[i] >= 0;
    }
    return Mask.wrap(region.grid(), inside);
  }

  private static <T> T guard(String id, String step, Supplier<T> work) {
    try {
      return work.get();
    } catch (PreprocessException e) {
      throw new PreprocessException(e.within("case " + id + ", " + step), e);
    } catch (NnUNetException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StrategyException(
          new Problem(
              "case " + id + ", " + step,
              "a result",
              e.toString(),
              "Correct the strategy that the recipe names for this step."),
          e);
    }
  }

  private static void contract(String id, String step, Object expected, Object found) {
    if (!expected.equals(found)) {
      throw broken(id, step, "extent or channels " + expected, found.toString());
    }
  }

  private static StrategyException broken(String id, String step, String expected, String found) {
    return new StrategyException(
        new Problem(
            "case " + id + ", " + step,
            expected,
            found,
            "Correct the strategy that the recipe names for this step."));
  }

  @Override
  public String toString() {
    return "Preprocessor of " + recipe + ", " + threads + " threads";
  }
}
