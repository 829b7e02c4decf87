package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v1;

import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.StandardChain;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.network.Normalizations;
import java.util.List;

/** The trainers of BraTS 2020; their regions are those of the data set. */
final class RegionTrainers {
  private RegionTrainers() {}

  static List<TrainerRow> rows() {
    return List.of(
        v1("nnUNetTrainerV2BraTSRegions")
            .training(
                (t, experiment) ->
                    V1.training(t).loss(Losses.dice(false, true, 0).asInV1().plus(Losses.bce())))
            .differs(
                "the regions come from the data set, in the reference they are those of BraTS"),
        v1("nnUNetTrainerV2BraTSRegions_Dice")
            .training((t, experiment) -> V1.training(t).loss(Losses.dice(false, true, 0).asInV1()))
            .differs("as nnUNetTrainerV2BraTSRegions"),
        v1("nnUNetTrainerV2BraTSRegions_BN")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.batch())))
            .differs(
                "as in the reference it is nnUNetTrainerV2_BN, without regions; a batch of one"
                    + " sample is refused"),
        v1("nnUNetTrainerV2BraTSRegions_DDP")
            .training(
                (t, experiment) ->
                    V1.devices(t, 2)
                        .loss(
                            Losses.dice(t.configuration().batchDice(), true, 1e-5)
                                .plus(Losses.bce())))
            .differs(
                "does not run in the reference, which raises NotImplementedError: this is what was"
                    + " meant, but its code leaves the first region out of Dice; else as"
                    + " nnUNetTrainerV2BraTSRegions and nnUNetTrainerV2_DDP"),
        v1("nnUNetTrainerV2BraTSRegions_DA3")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.dice(false, true, 0).asInV1().plus(Losses.bce()))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA3))))
            .differs("as nnUNetTrainerV2BraTSRegions"),
        v1("nnUNetTrainerV2BraTSRegions_DA3_BD")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.dice(true, true, 0).asInV1().plus(Losses.bce()))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA3))))
            .differs("as nnUNetTrainerV2BraTSRegions"),
        v1("nnUNetTrainerV2BraTSRegions_DA3_BN")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.batch())))
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.dice(false, true, 0).asInV1().plus(Losses.bce()))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA3))))
            .differs("as nnUNetTrainerV2BraTSRegions"),
        v1("nnUNetTrainerV2BraTSRegions_DA3_BN_BD")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.batch())))
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.dice(true, true, 0).asInV1().plus(Losses.bce()))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA3))))
            .differs("as nnUNetTrainerV2BraTSRegions"),
        v1("nnUNetTrainerV2BraTSRegions_DA4_BN")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.batch())))
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.dice(false, true, 0).asInV1().plus(Losses.bce()))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA4))))
            .differs("as nnUNetTrainerV2BraTSRegions"),
        v1("nnUNetTrainerV2BraTSRegions_DA4_BN_BD")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.batch())))
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .loss(Losses.dice(true, true, 0).asInV1().plus(Losses.bce()))
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA4))))
            .differs("as nnUNetTrainerV2BraTSRegions"));
  }
}
