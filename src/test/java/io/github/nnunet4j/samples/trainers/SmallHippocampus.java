package io.github.nnunet4j.samples.trainers;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.FoldStrategy;
import io.github.nnunet4j.dataset.Folds;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Split;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Primus;
import io.github.nnunet4j.network.Topologies;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.plan.Plan;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The embedded cases of the hippocampus with patches and networks for a few seconds of training.
 */
final class SmallHippocampus {
  private static final Path RAW = Path.of("samples/data/Dataset004_Hippocampus");
  private static final int CASES = 6;

  private final Path prepared;
  private final Experiment planned;

  /** Plans on some of the cases; they are prepared once for all trainings. */
  SmallHippocampus(Path prepared) {
    this.prepared = prepared;
    planned = experiment(Dataset.open(RAW).labels());
  }

  private Experiment experiment(Labels labels) {
    Dataset all = Dataset.open(RAW);
    Dataset.Builder some = Dataset.builder(all.name()).channels("MRI").labels(labels);
    List<Case> cases = all.cases().subList(0, CASES);
    cases.forEach(some::add);
    List<String> ids = cases.stream().map(Case::id).toList();
    FoldStrategy last =
        Folds.fixed(List.of(new Split(ids.subList(0, CASES - 1), ids.subList(CASES - 1, CASES))));
    return NnUNet.plan(some.build())
        .withFolds(last)
        .withPreparedData(prepared.resolve("labels " + labels.heads() + labels.hasRegions()))
        .withPlan(SmallHippocampus::small)
        .withThreads(2);
  }

  private static Plan small(Plan plan) {
    return plan.with("3d_fullres", c -> c.patch(Extent.of(24, 32, 24)).batchSize(2))
        .with("2d", c -> c.patch(Extent.of(48, 40)).batchSize(4));
  }

  Experiment volumes() {
    return planned.withConfiguration("3d_fullres");
  }

  Experiment slices() {
    return planned.withConfiguration("2d");
  }

  /** Every case is held out by one of two folds, as a first stage must predict all of them. */
  Experiment halves() {
    return volumes().withFolds(Folds.crossValidation(2, 12345));
  }

  /** On a plan of nnU-Net's residual encoder. */
  Experiment residual() {
    Experiment full = volumes();
    UNet net = (UNet) full.configuration().topology();
    return full.withPlan(
        plan ->
            plan.with(
                "3d_fullres",
                c ->
                    c.topology(
                        Topologies.residualEncoderUNet(net.features(), net.kernels(), net.strides())
                            .build())));
  }

  /** The whole and its posterior part. */
  Experiment regions() {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put("background", List.of(0));
    entries.put("whole", List.of(1, 2));
    entries.put("posterior", List.of(2));
    return experiment(Labels.of(entries, List.of(1, 2))).withConfiguration("3d_fullres");
  }

  /** The network of a row with fewer features. */
  static Experiment narrow(Experiment experiment) {
    String name = experiment.configuration().name();
    NetworkTopology network = narrow(experiment.configuration().topology());
    return experiment.withPlan(plan -> plan.with(name, c -> c.topology(network)));
  }

  /** Both stages of a cascade. */
  static Experiment narrowBoth(Experiment experiment) {
    Experiment first = narrow(experiment.previousStage().orElseThrow());
    return narrow(experiment.withPlan(plan -> first.plan()));
  }

  static NetworkTopology narrow(NetworkTopology network) {
    if (network instanceof Primus primus) {
      return new Primus(
          new Primus.Size(48, 3, 4), primus.embedding(), primus.patch(), primus.dropPath());
    }
    UNet net = (UNet) network;
    return net.toBuilder()
        .features(net.features().stream().map(f -> Math.max(8, f / 32 * 8)).toList())
        .build();
  }
}
