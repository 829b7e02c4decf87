package io.github.nnunet4j.samples;

import ai.djl.Device;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.PlannerInput;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.train.DryRun;
import io.github.nnunet4j.train.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A network of one's own on the whole way: measured, planned, written, trained, loaded. */
public final class NetworkOfYourOwn {
  private NetworkOfYourOwn() {}

  /** The default planner with the network. */
  public static Planner planner(int features, int layers) {
    return Planners.standard().toBuilder()
        .word("DilatedPlanner")
        .plansName("dilatedPlans")
        .topology(pooling -> new DilatedNetwork(pooling.patch().rank(), features, layers))
        .build();
  }

  /** The bytes of a training step, by making one. */
  public static long measured(Dataset dataset, Configuration configuration) {
    return DryRun.on(Device.cpu()).bytes(configuration, PlannerInput.of(dataset));
  }

  /** The largest patch and batch whose training step takes so many bytes, as measured. */
  public static Experiment fitted(Dataset dataset, long bytes) {
    Planner planner = planner(8, 4).fitToMemory(bytes, DryRun.on(Device.cpu()));
    return NnUNet.plan(dataset, planner);
  }

  /** Trains, saves the model and loads it again. */
  public static TrainedModel train(
      Experiment experiment, UnaryOperator<TrainerConfig.Builder> training, Path run)
      throws IOException {
    PlanCodec codec = PlanCodec.standard().withTopology(DilatedNetwork.CODEC);
    experiment.withCodec(codec).train(training, run);
    return NnUNet.load(run.resolve("model"), codec);
  }
}
