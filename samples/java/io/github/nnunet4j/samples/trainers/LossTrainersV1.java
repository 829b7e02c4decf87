package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v1;

import io.github.nnunet4j.loss.DeepSupervision;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.train.OptimizerSchedules;
import java.util.List;

/** Loss functions of v1. */
final class LossTrainersV1 {
  private LossTrainersV1() {}

  static List<TrainerRow> rows() {
    return List.of(
        v1("nnUNetTrainerV2_ForceBD")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.dice(true, false, 1e-5).asInV1().plus(Losses.crossEntropy()))),
        v1("nnUNetTrainerV2_ForceSD")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(
                            Losses.dice(false, false, 1e-5).asInV1().plus(Losses.crossEntropy()))),
        v1("nnUNetTrainerV2_Loss_CE")
            .training((t, experiment) -> V1.training(t).loss(Losses.crossEntropy())),
        v1("nnUNetTrainerV2_Loss_CEGDL")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(
                            Losses.generalizedDice(t.configuration().batchDice(), false, 1e-5)
                                .plus(Losses.crossEntropy()))),
        v1("nnUNetTrainerV2_Loss_Dice")
            .training((t, experiment) -> V1.training(t).loss(V1.dice(t.configuration()))),
        v1("nnUNetTrainerV2_Loss_DicewithBG")
            .training(
                (t, experiment) ->
                    V1.training(t).loss(V1.dice(t.configuration()).withBackground(true))),
        v1("nnUNetTrainerV2_Loss_Dice_LR1en3")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(V1.dice(t.configuration()))
                        .schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9)))),
        v1("nnUNetTrainerV2_Loss_DicewithBG_LR1en3")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(V1.dice(t.configuration()).withBackground(true))
                        .schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9)))),
        v1("nnUNetTrainerV2_Loss_DiceCE_noSmooth")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(
                            V1.dice(t.configuration()).withSmooth(0).plus(Losses.crossEntropy()))),
        v1("nnUNetTrainerV2_Loss_DiceTopK10")
            .training(
                (t, experiment) ->
                    V1.training(t).loss(V1.dice(t.configuration()).plus(Losses.topK(0.1))))
            .differs("at least one voxel counts, the reference gives NaN below ten voxels"),
        v1("nnUNetTrainerV2_Loss_Dice_squared")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.squaredDice(t.configuration().batchDice(), false, 1e-5))
                        .schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9)))),
        v1("nnUNetTrainerV2_Loss_MCC")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.matthewsCorrelation(t.configuration().batchDice(), true, 0))
                        .schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9))))
            .differs("an absent class counts 0 without gradient; NaN in the reference"),
        v1("nnUNetTrainerV2_Loss_MCCnoBG")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.matthewsCorrelation(t.configuration().batchDice(), false, 0))
                        .schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9))))
            .differs("as nnUNetTrainerV2_Loss_MCC"),
        v1("nnUNetTrainerV2_Loss_TopK10")
            .training((t, experiment) -> V1.training(t).loss(Losses.topK(0.1)))
            .differs("as nnUNetTrainerV2_Loss_DiceTopK10"),
        v1("nnUNetTrainerV2_SegLoss_Focal")
            .training(
                (t, experiment) ->
                    V1.training(t).loss(Losses.focal(2).withAlpha(0.5, 0).withSmooth(1e-5)))
            .differs("the reference prints an alpha of 0.75, but takes 0.5"),
        v1("nnUNetTrainerV2_graduallyTransitionFromCEToDice")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(
                            Losses.crossEntropy()
                                .fadingInto(V1.dice(t.configuration()), 0.5, 0.75)
                                .times(2)))
            .differs(
                "epoch e has the weights of e, as in the reference after a resume; without one it"
                    + " trains epoch e with those of e - 1"),
        v1("nnUNetTrainerV2_noDeepSupervision")
            .training((t, experiment) -> V1.training(t).deepSupervision(false)),
        v1("nnUNetTrainerV2_softDeepSupervision")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .deepSupervision(
                            DeepSupervision.of(t.configuration().topology().scales().size())
                                .withSoftTargets()))
            .differs(
                "does not run in the reference, whose loss was never published: this is what was"
                    + " meant; shares of classes on the grid of the network, the windows of the"
                    + " reference are shifted by (window - 1) / 2"));
  }
}
