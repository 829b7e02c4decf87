package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.preprocess.Prepared;
import io.github.nnunet4j.preprocess.Preprocessor;
import io.github.nnunet4j.preprocess.Recipe;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

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
  private final BiFunction<String, Volume, PreparedImage> preparation;
  private final FoldNetworks networks;
  private final Export export;

  Predictor(
      int channels,
      BiFunction<String, Volume, PreparedImage> preparation,
      FoldNetworks networks,
      Export export) {
    this.channels = channels;
    this.preparation = preparation;
    this.networks = networks;
    this.export = export;
  }

  /**
   * A predictor that loads its networks at once.
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
    int inputs = recipe.channels().size();
    Preprocessor preprocessor = Preprocessor.of(recipe).threads(config.threads());
    return new Predictor(
        inputs,
        (id, image) -> prepared(preprocessor.prepare(id, image)),
        FoldNetworks.load(configuration, inputs, labels.heads(), folds, config),
        new Export(recipe.probabilityResampling(), labels, config.threads()));
  }

  private static PreparedImage prepared(Prepared done) {
    return new PreparedImage(done.image(), Placement.of(done.restoration()));
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
    return logits(prepare("image", image), () -> false);
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
   * The probabilities that logits mean.
   *
   * @param logits of a predictor of the same configuration
   * @return one channel per head of the network, 0 to 1, on the grid of the image
   */
  public Volume probabilities(Logits logits) {
    return export.probabilities(logits.values(), logits.placement());
  }

  /**
   * Predicts many cases into a folder, one label map each, named after its case. The next case is
   * read and prepared and the last one exported and written while the networks work. The first
   * failure ends the job; label maps written before stay, none is half-written.
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
    return new FolderPrediction(this, folder, job).run(cases);
  }

  PreparedImage prepare(String id, Volume image) {
    ImageChecks.require(image, channels);
    return preparation.apply(id, image);
  }

  Logits logits(PreparedImage image, BooleanSupplier cancelled) {
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

  /** Frees the networks once the prediction under way, if any, has ended. */
  @Override
  public void close() {
    networks.close();
  }

  static PredictionException failure(String where, String expected, String found, String next) {
    return new PredictionException(new Problem(where, expected, found, next));
  }
}
