package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v1;

import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.augment.StandardChain;
import io.github.nnunet4j.network.Decoder;
import io.github.nnunet4j.network.Initializations;
import io.github.nnunet4j.network.Nonlinearities;
import io.github.nnunet4j.network.Normalizations;
import io.github.nnunet4j.network.UNet;
import io.github.nnunet4j.train.OptimizerSchedules;
import java.util.Collections;
import java.util.List;

/** Trainers of v1 that change the network: stages, norms, nonlinearities, residual encoders. */
final class NetworkTrainersV1 {
  private NetworkTrainersV1() {}

  static List<TrainerRow> rows() {
    return List.of(
        v1("nnUNetTrainerV2_3ConvPerStage")
            .configuration(c -> V1.network(c, 24, net -> net.blocks(3, 3))),
        v1("nnUNetTrainerV2_3ConvPerStageSameFilters")
            .configuration(c -> V1.network(c, net -> net.blocks(3, 3))),
        v1("nnUNetTrainerV2_allConv3x3")
            .configuration(
                c ->
                    V1.network(
                        c,
                        net ->
                            net.kernels(
                                Collections.nCopies(
                                    ((UNet) c.topology()).stages(),
                                    Collections.nCopies(c.patch().rank(), 3))))),
        v1("nnUNetTrainerV2_BN")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.batch())))
            .differs("a batch of one sample is refused in training"),
        v1("nnUNetTrainerV2_GN")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.group(8)))),
        v1("nnUNetTrainerV2_FRN")
            .configuration(
                c ->
                    V1.network(
                        c,
                        net ->
                            net.normalization(Normalizations.filterResponse())
                                .nonlinearity(Nonlinearities.identity())))
            .differs("works in 2D as well, where the reference raises NotImplementedError"),
        v1("nnUNetTrainerV2_NoNormalization")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.none()))),
        v1("nnUNetTrainerV2_NoNormalization_lr1en3")
            .configuration(c -> V1.network(c, net -> net.normalization(Normalizations.none())))
            .training(
                (t, experiment) ->
                    V1.training(t).schedule(V1.schedule(OptimizerSchedules.polynomial(1e-3, 0.9)))),
        v1("nnUNetTrainerV2_GeLU")
            .configuration(c -> V1.network(c, net -> net.nonlinearity(Nonlinearities.gelu()))),
        v1("nnUNetTrainerV2_Mish")
            .configuration(
                c ->
                    V1.network(
                        c,
                        net ->
                            net.nonlinearity(Nonlinearities.mish())
                                .style(s -> s.withInitialization(Initializations.he(0))))),
        v1("nnUNetTrainerV2_LReLU_slope_2en1")
            .configuration(
                c ->
                    V1.network(
                        c,
                        net ->
                            net.nonlinearity(Nonlinearities.leakyRelu(0.2))
                                .style(s -> s.withInitialization(Initializations.he(0))))),
        v1("nnUNetTrainerV2_ReLU")
            .configuration(
                c ->
                    V1.network(
                        c,
                        net ->
                            net.nonlinearity(Nonlinearities.relu())
                                .style(s -> s.withInitialization(Initializations.he(0))))),
        v1("nnUNetTrainerV2_ReLU_biasInSegOutput")
            .configuration(
                c ->
                    V1.network(
                        c,
                        net ->
                            net.nonlinearity(Nonlinearities.relu())
                                .style(
                                    s ->
                                        s.withDecoder(s.decoder().with(Decoder.Heads.BIASED))
                                            .withInitialization(Initializations.he(0))))),
        v1("nnUNetTrainerV2_ReLU_convReLUIN")
            .configuration(
                c ->
                    V1.network(
                        c,
                        net ->
                            net.nonlinearity(Nonlinearities.relu())
                                .nonlinearityFirst(true)
                                .style(s -> s.withInitialization(Initializations.he(0))))),
        v1("nnUNetTrainerV2_lReLU_biasInSegOutput")
            .configuration(
                c ->
                    V1.network(
                        c,
                        net ->
                            net.style(
                                s ->
                                    s.withDecoder(s.decoder().with(Decoder.Heads.BIASED))
                                        .withInitialization(Initializations.he(0))))),
        v1("nnUNetTrainerV2_lReLU_convReLUIN")
            .configuration(c -> V1.network(c, net -> net.nonlinearityFirst(true))),
        v1("nnUNetTrainerV2_ResencUNet")
            .configuration(c -> V1.residual(c, net -> net))
            .training((t, experiment) -> V1.residualTraining(t))
            .differs("works in 2D as well, where the reference raises NotImplementedError"),
        v1("nnUNetTrainerV2_ResencUNet_SimonsInit")
            .configuration(
                c ->
                    V1.residual(
                        c,
                        net -> net.style(s -> s.withResidual(s.residual().withZeroLastNorm(true)))))
            .training((t, experiment) -> V1.residualTraining(t))
            .differs("as nnUNetTrainerV2_ResencUNet"),
        v1("nnUNetTrainerV2_ResencUNet_DA3")
            .configuration(c -> V1.residual(c, net -> net))
            .training(
                (t, experiment) ->
                    V1.residualTraining(t)
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA3))))
            .differs("as nnUNetTrainerV2_ResencUNet"),
        v1("nnUNetTrainerV2_ResencUNet_DA3_BN")
            .configuration(c -> V1.residual(c, net -> net.normalization(Normalizations.batch())))
            .training(
                (t, experiment) ->
                    V1.residualTraining(t)
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA3))))
            .differs("as nnUNetTrainerV2_ResencUNet and nnUNetTrainerV2_BN"),
        v1("nnUNetTrainerV2_ResencUNet_SimonsInit_DA5")
            .configuration(
                c ->
                    V1.residual(
                        c,
                        net -> net.style(s -> s.withResidual(s.residual().withZeroLastNorm(true)))))
            .training(
                (t, experiment) ->
                    V1.residualTraining(t)
                        .editAugmentation(Augmentations.edit(b -> b.chain(StandardChain.V1_DA5))))
            .differs("as nnUNetTrainerV2_ResencUNet"));
  }
}
