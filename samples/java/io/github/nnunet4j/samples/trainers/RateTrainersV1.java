package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v1;

import io.github.nnunet4j.train.Momentums;
import io.github.nnunet4j.train.OptimizerSchedules;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.StoppingRules;
import java.util.List;

/** Optimizers and schedules of v1. */
final class RateTrainersV1 {
  private RateTrainersV1() {}

  static List<TrainerRow> rows() {
    return List.of(
        v1("nnUNetTrainerV2_Adam")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .optimizer(V1.adam())
                        .schedule(OptimizerSchedules.polynomial(0.01, 0.9))),
        v1("nnUNetTrainerV2_Adam_nnUNetTrainerlr")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .optimizer(V1.adam())
                        .schedule(OptimizerSchedules.polynomial(3e-4, 0.9))),
        v1("nnUNetTrainerV2_Adam_ReduceOnPlateau")
            .training(
                (t, experiment) ->
                    V1.common(t)
                        .optimizer(V1.adam())
                        .schedule(OptimizerSchedules.reduceOnPlateau(3e-4).from(1).build())
                        .stopWhen(StoppingRules.patienceOfV1()))
            .differs("the moving average goes on after a resume, the reference forgets it"),
        v1("nnUNetTrainerV2_SGD_ReduceOnPlateau")
            .training(
                (t, experiment) ->
                    V1.common(t)
                        .schedule(OptimizerSchedules.reduceOnPlateau(0.01).from(1).build())
                        .stopWhen(StoppingRules.patienceOfV1()))
            .differs("can be resumed, the reference cannot"),
        v1("nnUNetTrainerV2_Ranger_lr1en2")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .optimizer(Optimizers.ranger(3e-5))
                        .schedule(OptimizerSchedules.polynomial(0.01, 0.9))),
        v1("nnUNetTrainerV2_Ranger_lr3en3")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .optimizer(Optimizers.ranger(3e-5))
                        .schedule(OptimizerSchedules.polynomial(3e-3, 0.9))),
        v1("nnUNetTrainerV2_Ranger_lr3en4")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .optimizer(Optimizers.ranger(3e-5))
                        .schedule(OptimizerSchedules.polynomial(3e-4, 0.9))),
        v1("nnUNetTrainerV2_SGD_fixedSchedule")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .schedule(V1.schedule(OptimizerSchedules.steps(0.01, 0.1, 500, 675, 850)))),
        v1("nnUNetTrainerV2_SGD_fixedSchedule2")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .schedule(
                            V1.schedule(
                                OptimizerSchedules.constant(0.01)
                                    .forEpochs(500)
                                    .then(OptimizerSchedules.constant(0.001).forEpochs(175))
                                    .then(OptimizerSchedules.polynomial(0.001, 0.9))))),
        v1("nnUNetTrainerV2_SGD_lr1en1")
            .training(
                (t, experiment) ->
                    V1.training(t).schedule(V1.schedule(OptimizerSchedules.polynomial(0.1, 0.9)))),
        v1("nnUNetTrainerV2_SGD_lr1en3")
            .training(
                (t, experiment) ->
                    V1.training(t).schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9)))),
        v1("nnUNetTrainerV2_cycleAtEnd")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .epochs(1100)
                        .schedule(
                            V1.schedule(
                                OptimizerSchedules.polynomial(0.01, 0.9)
                                    .forEpochs(1000)
                                    .then(OptimizerSchedules.cycle(100, 1e-6, 1e-3))))),
        v1("nnUNetTrainerV2_cycleAtEnd2")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .epochs(1200)
                        .schedule(
                            V1.schedule(
                                OptimizerSchedules.polynomial(0.01, 0.9)
                                    .forEpochs(1000)
                                    .then(OptimizerSchedules.cycle(200, 1e-6, 1e-2))))),
        v1("nnUNetTrainerV2_momentum09")
            .training((t, experiment) -> V1.training(t).optimizer(Optimizers.sgd(0.9, true, 3e-5))),
        v1("nnUNetTrainerV2_momentum095")
            .training(
                (t, experiment) -> V1.training(t).optimizer(Optimizers.sgd(0.95, true, 3e-5))),
        v1("nnUNetTrainerV2_momentum098")
            .training(
                (t, experiment) -> V1.training(t).optimizer(Optimizers.sgd(0.98, true, 3e-5))),
        v1("nnUNetTrainerV2_momentum09in2D")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .optimizer(
                            Optimizers.sgd(
                                t.configuration().isTwoDimensional() ? 0.9 : 0.99, true, 3e-5))),
        v1("nnUNetTrainerV2_reduceMomentumDuringTraining")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .schedule(
                            OptimizerSchedules.polynomial(0.01, 0.9)
                                .withMomentum(Momentums.falling(0.99, 0.9, 801, 1001))))
            .differs(
                "801 and 1001 are the reference's 800 and 1000, which come into force one epoch"
                    + " late; where nothing was learned by epoch 100 the reference lowers the"
                    + " momentum for one epoch as well"),
        v1("nnUNetTrainerV2_warmup")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .epochs(1050)
                        .schedule(V1.schedule(OptimizerSchedules.laggingWarmUpOfV1(0.01, 50, 0.9))))
            .differs(
                "a resumed run of the reference is one epoch ahead in its first epoch, this one is"
                    + " not"));
  }
}
