package io.github.nnunet4j.samples.trainers;

import static io.github.nnunet4j.samples.trainers.TrainerRow.none;
import static io.github.nnunet4j.samples.trainers.TrainerRow.v1;
import static io.github.nnunet4j.samples.trainers.TrainerRow.v2;

import io.github.nnunet4j.augment.Augmentations;
import io.github.nnunet4j.loss.Losses;
import io.github.nnunet4j.preprocess.Resamplings;
import io.github.nnunet4j.preprocess.SeparateZ;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.util.List;

/** The classes that the others derive from, and those that only repeat them. */
final class BaseTrainers {
  private BaseTrainers() {}

  static List<TrainerRow> rows() {
    return List.of(
        v2("nnUNetTrainer").training((t, experiment) -> t).differs("the defaults"),
        v1("nnUNetTrainerV2").training((t, experiment) -> V1.training(t)),
        v1("nnUNetTrainer")
            .training((t, experiment) -> V1.training2018(t))
            .differs("the moving averages go on after a resume, the reference forgets them"),
        v1("nnUNetTrainerCE")
            .training((t, experiment) -> V1.training2018(t).loss(Losses.crossEntropy())),
        v1("nnUNetTrainerNoDA")
            .training(
                (t, experiment) ->
                    V1.training2018(t).editAugmentation(chain -> Augmentations.none()))
            .differs("works in 2D too, where the reference passes an argument that was removed"),
        v1("nnUNetTrainerV2_copy1").training((t, experiment) -> V1.training(t).seed(1)),
        v1("nnUNetTrainerV2_copy2").training((t, experiment) -> V1.training(t).seed(2)),
        v1("nnUNetTrainerV2_copy3").training((t, experiment) -> V1.training(t).seed(3)),
        v1("nnUNetTrainerV2_copy4")
            .training((t, experiment) -> V1.training(t).seed(4))
            .differs("the copies of the reference are drawn apart by chance, these by the seed"),
        v1("nnUNetTrainerV2_fp32").training((t, experiment) -> V1.training(t)),
        v1("nnUNetTrainerV2_fp16")
            .training((t, experiment) -> V1.training(t))
            .differs("single instead of mixed precision"),
        none(Version.V1, "NetworkTrainer")
            .differs("abstract: the loop that trains, here the package train"),
        none(Version.V1, "GeLU")
            .differs("no trainer but the layer of nnUNetTrainerV2_GeLU: Nonlinearities.gelu()"),
        v1("nnUNetTrainerV2_resample33")
            .configuration(
                c ->
                    V1.network(c).toBuilder()
                        .recipe(
                            recipe ->
                                recipe.probabilityResampling(
                                    Resamplings.spline(3, 3, SeparateZ.NEVER)))
                        .build())
            .training((t, experiment) -> V1.training(t))
            .differs(
                "whenever the model predicts, in the reference only in the validation after the"
                    + " training"));
  }
}
