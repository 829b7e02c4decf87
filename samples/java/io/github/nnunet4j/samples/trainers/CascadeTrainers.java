package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v1;

import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.CascadeInput;
import io.github.nnunet4j.train.OptimizerSchedules;
import java.util.List;

/**
 * Trainers of v1's second stage, for {@code experiment.withConfiguration("3d_cascade_fullres")};
 * one call trains both stages. v2 has no trainer of its own for it: its defaults know cascades.
 */
final class CascadeTrainers {
  private static final String RELEASED =
      "asReleased() is what v1 does: it exchanges two arguments and never removes a component;"
          + " without it, what was meant. At prediction the label map is cropped with the image,"
          + " where v1 resizes the uncropped map to the cropped data";
  private static final String AS_FULL_RES = "as nnUNetTrainerV2CascadeFullRes";

  private CascadeTrainers() {}

  static List<TrainerRow> rows() {
    return List.of(
        v1("nnUNetTrainerV2CascadeFullRes")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1(experiment.dataset().labels().foreground())
                                            .asReleased()))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs(RELEASED),
        v1("nnUNetTrainerV2CascadeFullRes_noConnComp")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1NoRemoval(
                                            experiment.dataset().labels().foreground())))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs("as nnUNetTrainerV2CascadeFullRes, but nothing is removed in either"),
        v1("nnUNetTrainerV2CascadeFullRes_smallerBinStrel")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1Smaller(
                                                experiment.dataset().labels().foreground())
                                            .asReleased()))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs(AS_FULL_RES),
        v1("nnUNetTrainerV2CascadeFullRes_EducatedGuess")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1EducatedGuess(
                                                experiment.dataset().labels().foreground(), 1)
                                            .asReleased()))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs(AS_FULL_RES),
        v1("nnUNetTrainerV2CascadeFullRes_EducatedGuess2")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1EducatedGuess(
                                            experiment.dataset().labels().foreground(), 2)))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs("as nnUNetTrainerV2CascadeFullRes, but nothing is removed in either"),
        v1("nnUNetTrainerV2CascadeFullRes_EducatedGuess3")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1EducatedGuess(
                                            experiment.dataset().labels().foreground(), 3)))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs("as nnUNetTrainerV2CascadeFullRes, but nothing is removed in either"),
        v1("nnUNetTrainerV2CascadeFullRes_lowerLR")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9)))
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1(experiment.dataset().labels().foreground())
                                            .asReleased()))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs(AS_FULL_RES),
        v1("nnUNetTrainerV2CascadeFullRes_shorter")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .epochs(500)
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1(experiment.dataset().labels().foreground())
                                            .asReleased()))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs(AS_FULL_RES),
        v1("nnUNetTrainerV2CascadeFullRes_shorter_lowerLR")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .epochs(500)
                        .schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9)))
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1(experiment.dataset().labels().foreground())
                                            .asReleased()))))
            .firstStage((t, experiment) -> V1.training(t))
            .differs(AS_FULL_RES),
        v1("nnUNetTrainerCascadeFullRes")
            .training(
                (t, experiment) ->
                    V1.training2018(t)
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.cascade(
                                        CascadeInput.v1(experiment.dataset().labels().foreground())
                                            .asReleased()))))
            .firstStage((t, experiment) -> V1.training2018(t))
            .differs("as nnUNetTrainerV2CascadeFullRes and as v1's nnUNetTrainer"));
  }
}
