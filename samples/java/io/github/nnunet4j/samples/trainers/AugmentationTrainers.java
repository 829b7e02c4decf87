package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v1;
import static io.github.nnunet4j.samples.trainers.TrainerRow.v2;

import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.Spatial;
import io.github.nnunet4j.augment.StandardChain;
import io.github.nnunet4j.network.Normalizations;
import java.util.List;

/** Trainers that change the augmentation, and with it what prediction mirrors. */
final class AugmentationTrainers {
  private static final String IN_A_CASCADE =
      "in a cascade every label is distorted, as in the reference";

  private AugmentationTrainers() {}

  static List<TrainerRow> rows() {
    return List.of(
        v1("nnUNetTrainerV2_DA2")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA2)))),
        v1("nnUNetTrainerV2_DA3")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA3))))
            .differs("how many batches are cached is another setting: t.cachedBatches(4)"),
        v1("nnUNetTrainerV2_DA3_BN")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.batch())))
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA3))))
            .differs("as nnUNetTrainerV2_DA3; a batch of one sample is refused in training"),
        v1("nnUNetTrainerV2_DA5")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA5)))),
        v1("nnUNetTrainerV2_insaneDA")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(
                            Augmentations.edit(b -> b.chain(StandardChain.V1_INSANE))))
            .differs("a network with one output trains, where the reference has a weight NaN"),
        v1("nnUNetTrainerV2_MMS")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.batch())))
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_MMS))))
            .differs("as nnUNetTrainerV2_insaneDA; a batch of one sample is refused in training"),
        v1("nnUNetTrainerV2_independentScalePerAxis")
            .training(
                (t, experiment) ->
                    V1.training(t).editAugmentation(Augmentations.edit(b -> b.scalePerAxis(1)))),
        v1("nnUNetTrainerV2_noMirroring").training((t, experiment) -> V1.training(t).mirrorAxes()),
        v1("nnUNetTrainerV2_noDataAugmentation")
            .training((t, experiment) -> V1.training(t).editAugmentation(a -> Augmentations.none()))
            .differs("works in 2D as well, where the reference fails (removed argument transpose)"),
        v2("nnUNetTrainerDA5")
            .training(
                (t, experiment) ->
                    t.editAugmentation(V2.everyLabel(t, experiment))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V2_DA5))))
            .differs(
                "patches whose third is not longer than their tenth, where the reference fails, get"
                    + " rectangles of the shortest edge; "
                    + IN_A_CASCADE),
        v2("nnUNetTrainerDA5ord0")
            .training(
                (t, experiment) ->
                    t.editAugmentation(V2.everyLabel(t, experiment))
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.chain(StandardChain.V2_DA5)
                                        .sampling(Spatial.Sampling.NEAREST))))
            .differs("as nnUNetTrainerDA5"),
        v2("nnUNetTrainerDA5Segord0")
            .training(
                (t, experiment) ->
                    t.editAugmentation(V2.everyLabel(t, experiment))
                        .editAugmentation(
                            Augmentations.edit(
                                b ->
                                    b.chain(StandardChain.V2_DA5)
                                        .sampling(Spatial.Sampling.NEAREST_LABELS))))
            .differs("as nnUNetTrainerDA5"),
        v2("nnUNetTrainerDA5_10epochs")
            .training(
                (t, experiment) ->
                    t.epochs(10)
                        .editAugmentation(V2.everyLabel(t, experiment))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V2_DA5))))
            .differs("as nnUNetTrainerDA5"),
        v2("nnUNetTrainer_DASegOrd0")
            .training(
                (t, experiment) ->
                    t.editAugmentation(V2.everyLabel(t, experiment))
                        .editAugmentation(
                            Augmentations.edit(b -> b.sampling(Spatial.Sampling.NEAREST_LABELS))))
            .differs(IN_A_CASCADE),
        v2("nnUNetTrainer_DASegOrd0_NoMirroring")
            .training(
                (t, experiment) ->
                    t.mirrorAxes()
                        .editAugmentation(V2.everyLabel(t, experiment))
                        .editAugmentation(
                            Augmentations.edit(b -> b.sampling(Spatial.Sampling.NEAREST_LABELS))))
            .differs(IN_A_CASCADE),
        v2("nnUNetTrainerNoDA").training((t, experiment) -> t.augmentation(Augmentations.none())),
        v2("nnUNetTrainerNoMirroring").training((t, experiment) -> t.mirrorAxes()),
        v2("nnUNetTrainer_onlyMirror01").training((t, experiment) -> t.mirrorAxes(V2.firstAxes(t))),
        v2("nnUNetTrainer_onlyMirror01_1500ep")
            .training((t, experiment) -> t.epochs(1500).mirrorAxes(V2.firstAxes(t))),
        v2("nnUNetTrainer_onlyMirror01_DASegOrd0")
            .training(
                (t, experiment) ->
                    t.mirrorAxes(V2.firstAxes(t))
                        .editAugmentation(V2.everyLabel(t, experiment))
                        .editAugmentation(
                            Augmentations.edit(b -> b.sampling(Spatial.Sampling.NEAREST_LABELS))))
            .differs(IN_A_CASCADE),
        v2("nnUNetTrainer_onlyMirror01_DA5")
            .training(
                (t, experiment) ->
                    t.mirrorAxes(V2.firstAxes(t))
                        .editAugmentation(V2.everyLabel(t, experiment))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V2_DA5))))
            .differs("as nnUNetTrainerDA5"),
        v2("nnUNetTrainer_noDummy2DDA")
            .training(
                (t, experiment) -> t.editAugmentation(Augmentations.edit(b -> b.dummy2d(false)))));
  }
}
