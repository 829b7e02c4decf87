package io.github.nnunet4j;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.FingerprintExtractor;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.Planners;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The way in.
 *
 * <pre>{@code
 * Dataset dataset = Dataset.open(Path.of("Dataset004_Hippocampus"));
 * TrainedModel model = NnUNet.plan(dataset).train(t -> t.epochs(50), Path.of("runs/hippocampus"));
 * try (Predictor predictor = model.predictor()) {
 *   LabelMap segmentation = predictor.predict(image);
 * }
 * }</pre>
 */
public final class NnUNet {
  private NnUNet() {}

  /**
   * Takes the fingerprint of a data set and plans with nnU-Net v2's default planner. Reads all
   * training cases, writes nothing.
   *
   * @param dataset with at least one training case
   * @return an experiment on the first fold of the full resolution configuration
   * @throws io.github.nnunet4j.error.NnUNetException if a case cannot be used or no plan is
   *     possible
   */
  public static Experiment plan(Dataset dataset) {
    return plan(dataset, Planners.standard());
  }

  /**
   * Takes the fingerprint of a data set and plans.
   *
   * @param dataset with at least one training case
   * @param planner the rules
   * @return an experiment on the first fold of the full resolution configuration
   * @throws io.github.nnunet4j.error.NnUNetException if a case cannot be used or no plan is
   *     possible
   */
  public static Experiment plan(Dataset dataset, Planner planner) {
    return plan(dataset, planner, FingerprintExtractor.standard());
  }

  /**
   * Takes the fingerprint of a data set and plans, with a say in threads, memory and progress:
   *
   * <pre>{@code
   * NnUNet.plan(dataset, Planners.standard(),
   *     FingerprintExtractor.standard().threads(4).memory(8L << 30)
   *         .listener((id, done, total) -> System.out.println(done + " of " + total)));
   * }</pre>
   *
   * @param dataset with at least one training case
   * @param planner the rules
   * @param extractor how the cases are read; makes no difference to the fingerprint
   * @return an experiment on the first fold of the full resolution configuration
   * @throws io.github.nnunet4j.error.NnUNetException if a case cannot be used or no plan is
   *     possible, or the listener ends the work
   */
  public static Experiment plan(Dataset dataset, Planner planner, FingerprintExtractor extractor) {
    Fingerprint fingerprint = extractor.extract(dataset);
    return experiment(dataset, fingerprint, planner.plan(fingerprint, dataset));
  }

  /**
   * An experiment with a fingerprint and a plan that are there already.
   *
   * @param dataset the data
   * @param fingerprint of these data
   * @param plan of these data, or of others with the same channels
   * @return an experiment on the first fold of the full resolution configuration
   */
  public static Experiment experiment(Dataset dataset, Fingerprint fingerprint, Plan plan) {
    return Experiment.of(dataset, fingerprint, plan);
  }

  /**
   * Loads a model folder whose plan has built-in strategies alone.
   *
   * @param folder as {@link TrainedModel#save} wrote it
   * @return the model
   * @throws io.github.nnunet4j.error.NnUNetException if the folder is no model or is damaged
   * @throws IOException if it cannot be read
   */
  public static TrainedModel load(Path folder) throws IOException {
    return load(folder, PlanCodec.standard());
  }

  /**
   * Loads a model folder.
   *
   * @param folder as {@link TrainedModel#save} wrote it
   * @param codec that knows the strategies of its plan
   * @return the model
   * @throws io.github.nnunet4j.error.NnUNetException if the folder is no model or is damaged
   * @throws IOException if it cannot be read
   */
  public static TrainedModel load(Path folder, PlanCodec codec) throws IOException {
    return ModelFolder.read(folder, codec);
  }
}
