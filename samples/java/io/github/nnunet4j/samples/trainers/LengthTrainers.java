package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.v1;
import static io.github.nnunet4j.samples.trainers.TrainerRow.v2;

import io.github.nnunet4j.infer.Mirroring;
import io.github.nnunet4j.infer.PredictorConfig;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.train.Measure;
import io.github.nnunet4j.train.Oversamplings;
import io.github.nnunet4j.train.StoppingRules;
import java.util.List;
import java.util.stream.Stream;

/** How long, on which patches, on how many devices; benchmarks. */
final class LengthTrainers {
  private LengthTrainers() {}

  static List<TrainerRow> rows() {
    return Stream.of(lengths(), sampling(), benchmarks(), devices()).flatMap(List::stream).toList();
  }

  private static List<TrainerRow> lengths() {
    return List.of(
        v2("nnUNetTrainer_1epoch").training((t, experiment) -> t.epochs(1)),
        v2("nnUNetTrainer_5epochs").training((t, experiment) -> t.epochs(5)),
        v2("nnUNetTrainer_10epochs").training((t, experiment) -> t.epochs(10)),
        v2("nnUNetTrainer_20epochs").training((t, experiment) -> t.epochs(20)),
        v2("nnUNetTrainer_50epochs").training((t, experiment) -> t.epochs(50)),
        v2("nnUNetTrainer_100epochs").training((t, experiment) -> t.epochs(100)),
        v2("nnUNetTrainer_250epochs").training((t, experiment) -> t.epochs(250)),
        v2("nnUNetTrainer_500epochs").training((t, experiment) -> t.epochs(500)),
        v2("nnUNetTrainer_750epochs").training((t, experiment) -> t.epochs(750)),
        v2("nnUNetTrainer_2000epochs").training((t, experiment) -> t.epochs(2000)),
        v2("nnUNetTrainer_4000epochs").training((t, experiment) -> t.epochs(4000)),
        v2("nnUNetTrainer_8000epochs").training((t, experiment) -> t.epochs(8000)),
        v2("nnUNetTrainer_250epochs_NoMirroring")
            .training((t, experiment) -> t.epochs(250).mirrorAxes()),
        v2("nnUNetTrainer_2000epochs_NoMirroring")
            .training((t, experiment) -> t.epochs(2000).mirrorAxes()),
        v2("nnUNetTrainer_4000epochs_NoMirroring")
            .training((t, experiment) -> t.epochs(4000).mirrorAxes()),
        v2("nnUNetTrainer_8000epochs_NoMirroring")
            .training((t, experiment) -> t.epochs(8000).mirrorAxes()));
  }

  private static List<TrainerRow> sampling() {
    return List.of(
        v2("nnUNetTrainer_probabilisticOversampling")
            .training((t, experiment) -> t.oversampling(Oversamplings.probabilisticLike(0.33))),
        v2("nnUNetTrainer_probabilisticOversampling_033")
            .training((t, experiment) -> t.oversampling(Oversamplings.probabilistic(0.33))),
        v2("nnUNetTrainer_probabilisticOversampling_010")
            .training((t, experiment) -> t.oversampling(Oversamplings.probabilistic(0.1))),
        v2("nnUNet_Trainer_BS8").training((t, experiment) -> t.batchSize(8)),
        v1("nnUNetTrainerV2_fullEvals")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .validationIterations(0)
                        .validateVolumes(
                            1,
                            experiment.volumeValidation(
                                PredictorConfig.defaults().withMirroring(Mirroring.none())))
                        .stopWhen(
                            StoppingRules.reaches(
                                Measure.VOLUME_DICE, 0.97 * (0.911 + 0.8739 + 0.7848) / 3)))
            .differs(
                "the regions come from the data set, in the reference they are those of BraTS; the"
                    + " Dice of each evaluation stands in training_log.jsonl"));
  }

  private static List<TrainerRow> benchmarks() {
    return List.of(
        v2("nnUNetTrainerBenchmark_5epochs")
            .training((t, experiment) -> t.epochs(5))
            .differs(
                "writes its checkpoints and predicts the validation cases; the times of the epochs"
                    + " stand in training_log.jsonl, the machine in run.json"),
        v2("nnUNetTrainerBenchmark_5epochs_noDataLoading")
            .training((t, experiment) -> t.epochs(5).dummyData())
            .differs(
                "as nnUNetTrainerBenchmark_5epochs; validation has a random batch of its own; also"
                    + " without deep supervision"),
        v1("nnUNetTrainerV2_2epochs")
            .training((t, experiment) -> V1.training(t).epochs(2))
            .differs("writes its checkpoints and predicts the validation cases"),
        v1("nnUNetTrainerV2_5epochs")
            .training((t, experiment) -> V1.training(t).epochs(5))
            .differs("as nnUNetTrainerV2_2epochs"),
        v1("nnUNetTrainerV2_5epochs_noDS")
            .training((t, experiment) -> V1.training(t).epochs(5).deepSupervision(false))
            .differs("as nnUNetTrainerV2_2epochs"),
        v1("nnUNetTrainerV2_5epochs_CEnoDS")
            .training(
                (t, experiment) ->
                    V1.training(t).epochs(5).loss(Losses.crossEntropy()).deepSupervision(false))
            .differs("as nnUNetTrainerV2_2epochs"),
        v1("nnUNetTrainerV2_2epochs_dummyLoad")
            .training((t, experiment) -> V1.training(t).epochs(2).dummyData())
            .differs("as nnUNetTrainerV2_2epochs"),
        v1("nnUNetTrainerV2_5epochs_dummyLoad")
            .training((t, experiment) -> V1.training(t).epochs(5).dummyData())
            .differs("as nnUNetTrainerV2_2epochs"),
        v1("nnUNetTrainerV2_5epochs_dummyLoadCEnoDS")
            .training(
                (t, experiment) ->
                    V1.training(t)
                        .epochs(5)
                        .dummyData()
                        .loss(Losses.crossEntropy())
                        .deepSupervision(false))
            .differs("as nnUNetTrainerV2_2epochs"));
  }

  private static List<TrainerRow> devices() {
    return List.of(
        v1("nnUNetTrainerV2_DDP")
            .training((t, experiment) -> V1.devices(t, 2))
            .differs(
                "one device goes through the batch in as many passes as the reference has devices,"
                    + " here 2; batch Dice sees one pass, in the reference all devices; the lowest"
                    + " output, whose weight is 0, has no gradient, in the reference one of zeros"),
        v1("nnUNetTrainerV2_DDP_5epochs")
            .training((t, experiment) -> V1.devices(t, 2).epochs(5))
            .differs("as nnUNetTrainerV2_DDP and nnUNetTrainerV2_2epochs"),
        v1("nnUNetTrainerV2_DDP_5epochs_dummyLoad")
            .training((t, experiment) -> V1.devices(t, 2).epochs(5).dummyData())
            .differs("as nnUNetTrainerV2_DDP and nnUNetTrainerV2_2epochs"),
        v1("nnUNetTrainerV2_DP")
            .training(
                (t, experiment) -> V1.sampling(V1.devices(t, 2), Oversamplings.lastPart(0.33)))
            .differs("as nnUNetTrainerV2_DDP; the samples are forced as on one device"));
  }
}
