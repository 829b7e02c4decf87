package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v2;

import io.github.nnunet4j.loss.Losses;
import java.util.List;

/** Loss functions of v2. */
final class LossTrainersV2 {
  private LossTrainersV2() {}

  static List<TrainerRow> rows() {
    return List.of(
        v2("nnUNetTrainerCELoss")
            .training((t, experiment) -> t.loss(Losses.crossEntropy()))
            .differs("0 where everything is ignored, NaN in the reference"),
        v2("nnUNetTrainerCELoss_5epochs")
            .training((t, experiment) -> t.loss(Losses.crossEntropy()).epochs(5))
            .differs("as nnUNetTrainerCELoss"),
        v2("nnUNetTrainerDiceLoss")
            .training(
                (t, experiment) ->
                    t.loss(
                        Losses.dice(
                            t.configuration().batchDice(),
                            experiment.dataset().labels().hasRegions(),
                            1e-5)))
            .differs("knows the ignore label, with which the reference fails"),
        v2("nnUNetTrainerDiceCELoss_noSmooth")
            .training(
                (t, experiment) ->
                    t.loss(
                        Losses.dice(
                                t.configuration().batchDice(),
                                experiment.dataset().labels().hasRegions(),
                                0)
                            .plus(
                                experiment.dataset().labels().hasRegions()
                                    ? Losses.bce()
                                    : Losses.crossEntropy()))),
        v2("nnUNetTrainerTopk10Loss")
            .training((t, experiment) -> t.loss(Losses.topK(0.1)))
            .differs("at least one voxel counts; NaN in the reference below ten voxels"),
        v2("nnUNetTrainerTopk10LossLS01")
            .training((t, experiment) -> t.loss(Losses.topK(0.1).withLabelSmoothing(0.1)))
            .differs("as nnUNetTrainerTopk10Loss"),
        v2("nnUNetTrainerDiceTopK10Loss")
            .training(
                (t, experiment) ->
                    t.loss(
                        Losses.dice(t.configuration().batchDice(), false, 1e-5)
                            .plus(Losses.topK(0.1))))
            .differs("as nnUNetTrainerTopk10Loss"),
        v2("nnUNetTrainerNoDeepSupervision").training((t, experiment) -> t.deepSupervision(false)));
  }
}
