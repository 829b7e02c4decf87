package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.none;
import static io.github.nnunet4j.samples.trainers.TrainerRow.v2;

import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.Primus;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.util.List;

/** Trainers of v2's vision transformer, for patches of three axes that are multiples of 8. */
final class PrimusTrainers {
  private PrimusTrainers() {}

  static List<TrainerRow> rows() {
    return List.of(
        none(Version.V2, "AbstractPrimus")
            .differs("abstract: the settings that the trainers below share, without a network"),
        v2("nnUNet_Primus_S_Trainer")
            .configuration(c -> V2.network(c, Primus.of(Primus.Size.small(), c.patch())))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_Primus_B_Trainer")
            .configuration(c -> V2.network(c, Primus.of(Primus.Size.base(), c.patch())))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_Primus_M_Trainer")
            .configuration(c -> V2.network(c, Primus.of(Primus.Size.medium(), c.patch())))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_Primus_L_Trainer")
            .configuration(c -> V2.network(c, Primus.of(Primus.Size.large(), c.patch())))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_PrimusV2S_Trainer")
            .configuration(
                c ->
                    V2.network(
                        c,
                        Primus.of(Primus.Size.small(), c.patch()).with(Primus.Embedding.RESIDUAL)))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_PrimusV2B_Trainer")
            .configuration(
                c ->
                    V2.network(
                        c,
                        Primus.of(Primus.Size.base(), c.patch()).with(Primus.Embedding.RESIDUAL)))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_PrimusV2M_Trainer")
            .configuration(
                c ->
                    V2.network(
                        c,
                        Primus.of(Primus.Size.medium(), c.patch()).with(Primus.Embedding.RESIDUAL)))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_PrimusV2L_Trainer")
            .configuration(
                c ->
                    V2.network(
                        c,
                        Primus.of(Primus.Size.large(), c.patch()).with(Primus.Embedding.RESIDUAL)))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_PrimusV3S_Trainer")
            .configuration(
                c ->
                    V2.network(
                        c,
                        Primus.of(Primus.Size.small(), c.patch())
                            .with(Primus.Embedding.RESIDUAL_SKIPS)))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_PrimusV3B_Trainer")
            .configuration(
                c ->
                    V2.network(
                        c,
                        Primus.of(Primus.Size.base(), c.patch())
                            .with(Primus.Embedding.RESIDUAL_SKIPS)))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_PrimusV3M_Trainer")
            .configuration(
                c ->
                    V2.network(
                        c,
                        Primus.of(Primus.Size.medium(), c.patch())
                            .with(Primus.Embedding.RESIDUAL_SKIPS)))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_PrimusV3L_Trainer")
            .configuration(
                c ->
                    V2.network(
                        c,
                        Primus.of(Primus.Size.large(), c.patch())
                            .with(Primus.Embedding.RESIDUAL_SKIPS)))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_Primus_M_Trainer_BS8")
            .configuration(
                c -> V2.network(V2.batches(c, 8), Primus.of(Primus.Size.medium(), c.patch())))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("nnUNet_Primus_M_Trainer_BS8_2e4")
            .configuration(
                c -> V2.network(V2.batches(c, 8), Primus.of(Primus.Size.medium(), c.patch())))
            .training((t, experiment) -> V2.primus(t, 2e-4, 50)),
        v2("_Primus_S_96_BS1")
            .configuration(
                c ->
                    V2.network(
                        V2.cubes(c, 96, 1), Primus.of(Primus.Size.small(), Extent.of(96, 96, 96))))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("_Primus_B_96_BS1")
            .configuration(
                c ->
                    V2.network(
                        V2.cubes(c, 96, 1), Primus.of(Primus.Size.base(), Extent.of(96, 96, 96))))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("_Primus_M_96_BS1")
            .configuration(
                c ->
                    V2.network(
                        V2.cubes(c, 96, 1), Primus.of(Primus.Size.medium(), Extent.of(96, 96, 96))))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)),
        v2("_Primus_L_48_BS1")
            .configuration(
                c ->
                    V2.network(
                        V2.cubes(c, 48, 1), Primus.of(Primus.Size.large(), Extent.of(48, 48, 48))))
            .training((t, experiment) -> V2.primus(t, 3e-4, 50)));
  }
}
