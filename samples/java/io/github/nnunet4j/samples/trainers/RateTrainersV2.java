package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v2;

import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.Optimizers.AdamSettings;
import java.util.List;

/** Optimizers and schedules of v2. */
final class RateTrainersV2 {
  private RateTrainersV2() {}

  static List<TrainerRow> rows() {
    return List.of(
        v2("nnUNetTrainerCosAnneal")
            .training((t, experiment) -> t.schedule(OptimizerSchedules.cosine(0.01))),
        v2("nnUNetTrainer_warmup")
            .training(
                (t, experiment) ->
                    t.schedule(
                        OptimizerSchedules.warmUp(50)
                            .then(OptimizerSchedules.polynomial(0.01, 0.9)))),
        v2("nnUNetTrainerAdam")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adamW(AdamSettings.defaults(3e-5).withAmsgrad()))),
        v2("nnUNetTrainerAdam1en3")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adamW(AdamSettings.defaults(3e-5).withAmsgrad()))
                        .schedule(OptimizerSchedules.polynomial(1e-3, 0.9))),
        v2("nnUNetTrainerAdam3en4")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adamW(AdamSettings.defaults(3e-5).withAmsgrad()))
                        .schedule(OptimizerSchedules.polynomial(3e-4, 0.9))),
        v2("nnUNetTrainerVanillaAdam")
            .training((t, experiment) -> t.optimizer(Optimizers.adam(3e-5))),
        v2("nnUNetTrainerVanillaAdam1en3")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adam(3e-5))
                        .schedule(OptimizerSchedules.polynomial(1e-3, 0.9))),
        v2("nnUNetTrainerVanillaAdam3en4")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adam(3e-5))
                        .schedule(OptimizerSchedules.polynomial(3e-4, 0.9))),
        v2("nnUNetTrainerAdan").training((t, experiment) -> t.optimizer(Optimizers.adan(3e-5))),
        v2("nnUNetTrainerAdan1en3")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adan(3e-5))
                        .schedule(OptimizerSchedules.polynomial(1e-3, 0.9))),
        v2("nnUNetTrainerAdan3en4")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adan(3e-5))
                        .schedule(OptimizerSchedules.polynomial(3e-4, 0.9))),
        v2("nnUNetTrainerAdan1en1")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adan(3e-5))
                        .schedule(OptimizerSchedules.polynomial(0.1, 0.9)))
            .differs("diverges by design, as its author says"),
        v2("nnUNetTrainerAdanCosAnneal")
            .training(
                (t, experiment) ->
                    t.optimizer(Optimizers.adan(3e-5)).schedule(OptimizerSchedules.cosine(0.01))));
  }
}
