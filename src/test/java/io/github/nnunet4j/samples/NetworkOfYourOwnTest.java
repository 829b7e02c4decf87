package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.Phantoms;
import io.github.nnunet4j.TrainedModel;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.infer.Predictor;
import io.github.nnunet4j.laws.NetworkTopologyLaws;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.plan.StrategyCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("engine")
class NetworkOfYourOwnTest {
  @Nested
  class Laws extends NetworkTopologyLaws {
    @Override
    protected NetworkTopology topology() {
      return new DilatedNetwork(3, 4, 2);
    }

    @Override
    protected Optional<StrategyCodec<NetworkTopology>> codec() {
      return Optional.of(DilatedNetwork.CODEC);
    }
  }

  @Test
  void isMeasuredPlannedTrainedAndLoaded(@TempDir Path folder) throws IOException {
    Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(1);
    Dataset dataset = Phantoms.volumes(5);
    Experiment estimated = NnUNet.plan(dataset, NetworkOfYourOwn.planner(8, 4));
    assertThat(NetworkOfYourOwn.measured(dataset, estimated.configuration())).isPositive();

    long bytes = 256 << 20; // what else this JVM does is counted too
    Experiment fitted = NetworkOfYourOwn.fitted(dataset, bytes);
    assertThat(fitted.plan().experimentPlanner()).isEqualTo("DilatedPlanner");
    assertThat(fitted.plan().explain()).contains("samples take", "of 256.0 MiB");
    assertThat(fitted.configuration().topology()).isEqualTo(new DilatedNetwork(3, 8, 4));

    TrainedModel model =
        NetworkOfYourOwn.train(
            fitted.withThreads(1),
            t -> t.epochs(1).iterations(2).validationIterations(1),
            folder.resolve("run"));
    try (Predictor predictor = model.predictor()) {
      LabelMap labels = predictor.predict(dataset.cases().get(0).image());
      assertThat(labels.grid()).isEqualTo(dataset.cases().get(0).image().grid());
    }
  }
}
