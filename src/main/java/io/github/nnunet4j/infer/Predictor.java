package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.preprocess.Preprocessor;
import io.github.nnunet4j.preprocess.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Segments images with the trained networks of one configuration (nnU-Net v2 {@code
 * nnUNetPredictor}): prepares the image, runs every network over overlapping, mirrored tiles,
 * averages their logits and brings the result to the image's own grid.
 *
 * <pre>{@code
 * try (Predictor predictor = Predictor.of(configuration, labels, weightsOfFolds, config)) {
 *   LabelMap segmentation = predictor.predict(image);
 * }
 * }</pre>
 *
 * <p>Several threads may share a predictor: they prepare and export side by side and take turns at
 * the networks. An interrupt of the calling thread ends a prediction between two tiles with a
 * {@link io.github.nnunet4j.error.CancelledException}.
 */
public final class Predictor implements AutoCloseable {
  private final int channels;
  private final Preparation preparation;
  private final FoldNetworks networks;
  private final Export export;
  private final @Nullable Predictor previous;

  Predictor(int channels, Preparation preparation, FoldNetworks networks, Export export) {
    this(channels, preparation, networks, export, null);
  }

  private Predictor(
      int channels,
      Preparation preparation,
      FoldNetworks networks,
      Export export,
      @Nullable Predictor previous) {
    this.channels = channels;
    this.preparation = preparation;
    this.networks = networks;
    this.export = export;
    this.previous = previous;
  }

  /**
   * A predictor that loads its networks at once. That of a cascade's later stage wants the labels
   * of the previous stage along with each image.
   *
   * @param configuration with which the networks were trained
   * @param labels of the data set
   * @param folds the weights of one network each, at least one; their logits are averaged
   * @param config how to predict
   * @return the predictor; the caller closes it
   * @throws io.github.nnunet4j.error.ModelException if weights do not fit the configuration
   * @throws io.github.nnunet4j.error.StrategyException if the tile weight breaks its contract
   * @throws IllegalArgumentException if there are no weights, or an axis is to be mirrored that the
   *     network lacks
   */
  public static Predictor of(
      Configuration configuration, Labels labels, List<Weights> folds, PredictorConfig config) {
    Checks.argument(!folds.isEmpty(), "a predictor needs the weights of at least one fold");
    Recipe recipe = configuration.recipe();
    int channels = recipe.channels().size();
    Preprocessor preprocessor = Preprocessor.of(recipe).threads(config.threads());
    boolean isLater = configuration.previousStage().isPresent();
    int inputs = channels + (isLater ? labels.foreground().size() : 0);
    return new Predictor(
        channels,
        isLater
            ? new StagePreparation(configuration.name(), preprocessor, labels)
            : Preparation.of(preprocessor),
        FoldNetworks.load(configuration, inputs, labels.heads(), folds, config),
        new Export(recipe.probabilityResampling(), labels, config.threads()));
  }

  /**
   * A predictor of a cascade: runs the previous stage on each image first and takes its label map
   * as further input.
   *
   * @param previous of the previous stage, whose labels are the same; belongs to the result and is
   *     closed with it
   * @param later made by {@link #of} for a configuration with a previous stage; must not be used or
   *     closed by itself any more
   * @return the predictor; the caller closes it
   */
  public static Predictor cascade(Predictor previous, Predictor later) {
    Checks.argument(
        later.preparation instanceof StagePreparation && later.previous == null,
        "only the later stage of a cascade takes a previous stage, and only one");
    return new Predictor(later.channels, later.preparation, later.networks, later.export, previous);
  }

  /**
   * The segmentation of an image.
   *
   * @param image all channels, in the order of the training data, with finite voxels
   * @return labels on the grid of the image
   * @throws PredictionException if the image cannot be predicted or the logits are not finite
   * @throws io.github.nnunet4j.error.PreprocessException if the image cannot be prepared
   * @throws io.github.nnunet4j.error.StrategyException if a strategy breaks its contract
   */
  public LabelMap predict(Volume image) {
    return labels(logits(image));
  }

  /**
   * The probabilities of all classes or regions.
   *
   * @param image all channels, in the order of the training data, with finite voxels
   * @return one channel per head of the network, 0 to 1, on the grid of the image; voxels outside
   *     of the nonzero region are background
   * @throws PredictionException as in {@link #predict(Volume)}
   */
  public Volume probabilities(Volume image) {
    return probabilities(logits(image));
  }

  /**
   * What the networks say, on their own grid; for those who average several predictors.
   *
   * @param image all channels, in the order of the training data, with finite voxels
   * @return the logits, to be given to {@link #labels} or {@link #probabilities(Logits)}
   * @throws PredictionException as in {@link #predict(Volume)}
   */
  public Logits logits(Volume image) {
    return pending("image", image).logits(() -> false);
  }

  /**
   * The segmentation of an image whose previous stage was predicted elsewhere.
   *
   * @param image all channels, in the order of the training data, with finite voxels
   * @param previousLabels what the previous stage of the cascade has predicted, on the voxels of
   *     the image; prepared as a reference would be: cropped and resampled with the image
   * @return labels on the grid of the image
   * @throws PredictionException as in {@link #predict(Volume)}, or if this is no later stage of a
   *     cascade, or there are labels that the data set does not have
   */
  public LabelMap predict(Volume image, LabelMap previousLabels) {
    return labels(logits(image, previousLabels));
  }

  /**
   * What the networks say of an image whose previous stage was predicted elsewhere.
   *
   * @param image all channels, in the order of the training data, with finite voxels
   * @param previousLabels as in {@link #predict(Volume, LabelMap)}
   * @return the logits, to be given to {@link #labels} or {@link #probabilities(Logits)}
   * @throws PredictionException as in {@link #predict(Volume, LabelMap)}
   */
  public Logits logits(Volume image, LabelMap previousLabels) {
    return pending("image", image, previousLabels).logits(() -> false);
  }

  /**
   * The segmentation that logits mean.
   *
   * @param logits of a predictor of the same configuration
   * @return labels on the grid of the image
   */
  public LabelMap labels(Logits logits) {
    return export.labels(logits.values(), logits.placement());
  }

  /**
   * The segmentation that logits mean on another grid over the same space, such as the network grid
   * of a cascade's next stage: logits are resampled as they are on the way to the image (nnU-Net v2
   * {@code resample_and_save}, which however takes the spacing of this stage for both grids).
   *
   * @param logits of a predictor of the same configuration
   * @param grid in the axes of the network grid; its outer edges are those of the logits
   * @return labels on that grid
   */
  public LabelMap labels(Logits logits, Grid grid) {
    Placement whole = new Placement(grid, List.of(0, 1, 2), Box.whole(grid.extent()));
    return export.labels(logits.values(), whole);
  }

  /**
   * The probabilities that logits mean.
   *
   * @param logits of a predictor of the same configuration
   * @return one channel per head of the network, 0 to 1, on the grid of the image
   */
  public Volume probabilities(Logits logits) {
    return export.probabilities(logits.values(), logits.placement());
  }

  /**
   * Writes the probabilities that logits mean as nnU-Net v2 does with {@code --save_probabilities}:
   * the file is an archive of NumPy's with one float32 array {@code probabilities} (head, z, y, x)
   * on the grid of the image; outside of the nonzero region the background is 1, or every region 0.
   * They are the numbers of {@link #probabilities(Logits)}, made and written head by head: beside
   * the logits this takes 16 bytes per voxel of the image, whatever the number of heads. The
   * pickled properties of the image that nnU-Net writes beside it are not written: the image has
   * them.
   *
   * @param logits of a predictor of the same configuration
   * @param file replaced if there, written atomically; should end in {@code .npz}
   * @throws IOException if it cannot be written
   */
  public void writeProbabilities(Logits logits, Path file) throws IOException {
    export.writeProbabilities(logits.values(), logits.placement(), file);
  }

  /**
   * Predicts many cases into a folder, one label map each, named after its case, and {@code
   * CASE.npz} where the job wants probabilities. The next case is read and prepared and the last
   * one exported and written while the networks work. The first failure ends the job; files written
   * before stay, none is half-written.
   *
   * @param cases with different ids
   * @param folder receives the label maps; created if missing
   * @param job formats, what to skip, who listens
   * @return the files of all cases, in order, those that were already there included
   * @throws PredictionException if two cases share an id or an id is no file name, or a case cannot
   *     be read, predicted or written; the message names the case
   * @throws io.github.nnunet4j.error.CancelledException if the job is cancelled or the calling
   *     thread interrupted
   */
  public List<Path> predict(List<? extends Case> cases, Path folder, PredictionJob job) {
    return predict(cases, folder, job, StageLinks.none());
  }

  /**
   * Predicts many cases into a folder as a stage of a cascade, otherwise as {@link #predict(List,
   * Path, PredictionJob)} does.
   *
   * @param cases with different ids
   * @param folder receives the label maps; created if missing
   * @param job formats, what to skip, who listens
   * @param links given labels of the previous stage, and who makes the next stage's input
   * @return the files of all cases, in order
   * @throws PredictionException as there, or if the labels of the previous stage are missing
   */
  public List<Path> predict(
      List<? extends Case> cases, Path folder, PredictionJob job, StageLinks links) {
    return new FolderPrediction(this, folder, job, links).run(cases);
  }

  /** An image that is read and waits for its turn at the networks. */
  @FunctionalInterface
  interface Pending {
    Logits logits(BooleanSupplier cancelled);
  }

  /**
   * With the previous stage, if there is one. Its networks run on the thread that asks for the
   * logits, so that interrupts and cancellation end both stages alike.
   */
  Pending pending(String id, Volume image) {
    ImageChecks.require(image, channels);
    Predictor before = previous;
    if (before == null) {
      PreparedImage ready = preparation.of(id, image);
      return cancelled -> logits(ready, cancelled);
    }
    Pending first = before.pending(id, image);
    return cancelled -> {
      LabelMap map = before.labels(first.logits(cancelled));
      return logits(preparation.of(id, image, map), cancelled);
    };
  }

  /** With given labels of the previous stage. */
  Pending pending(String id, Volume image, LabelMap previousLabels) {
    ImageChecks.require(image, channels);
    PreparedImage ready = preparation.of(id, image, previousLabels);
    return cancelled -> logits(ready, cancelled);
  }

  private Logits logits(PreparedImage image, BooleanSupplier cancelled) {
    Volume values =
        networks.predict(
            image.data(),
            passes -> {
              if (Thread.currentThread().isInterrupted()) {
                throw CasePipeline.cancellation("an interrupt");
              }
              if (cancelled.getAsBoolean()) {
                throw CasePipeline.cancellation("the request to stop");
              }
            });
    return new Logits(values, image.placement());
  }

  /**
   * Frees the networks, those of the previous stage too, once the prediction under way, if any, has
   * ended.
   */
  @Override
  public void close() {
    networks.close();
    if (previous != null) {
      previous.close();
    }
  }

  static PredictionException failure(String where, String expected, String found, String next) {
    return new PredictionException(new Problem(where, expected, found, next));
  }
}
