package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v2;

import io.github.nnunet4j.network.Normalizations;
import java.util.List;

/** Trainers of v2 that change the network of the plan. */
final class NetworkTrainersV2 {
  private NetworkTrainersV2() {}

  static List<TrainerRow> rows() {
    return List.of(
        v2("nnUNetTrainerBN")
            .configuration(c -> V2.network(c, net -> net.normalization(Normalizations.batch())))
            .differs("a batch of one sample is refused in training"));
  }
}
