package io.github.nnunet4j.samples.trainers;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;

/** All rows: an nnU-Net trainer is found by its name. */
public final class Trainers {
  private Trainers() {}

  /**
   * The rows of one group.
   *
   * @param title as it stands on the guide page
   * @param source the simple name of the class that holds them
   * @param rows in the order of the page
   */
  public record Group(String title, String source, List<TrainerRow> rows) {}

  /**
   * All groups.
   *
   * @return in the order of the page
   */
  public static List<Group> groups() {
    return List.of(
        new Group("Base classes", "BaseTrainers", BaseTrainers.rows()),
        new Group("Losses of v1", "LossTrainersV1", LossTrainersV1.rows()),
        new Group("Losses of v2", "LossTrainersV2", LossTrainersV2.rows()),
        new Group("Optimizers and schedules of v1", "RateTrainersV1", RateTrainersV1.rows()),
        new Group("Optimizers and schedules of v2", "RateTrainersV2", RateTrainersV2.rows()),
        new Group("Length, sampling, benchmarks", "LengthTrainers", LengthTrainers.rows()),
        new Group("Networks of v1", "NetworkTrainersV1", NetworkTrainersV1.rows()),
        new Group("Networks of v2", "NetworkTrainersV2", NetworkTrainersV2.rows()),
        new Group("Augmentation", "AugmentationTrainers", AugmentationTrainers.rows()),
        new Group("BraTS regions of v1", "RegionTrainers", RegionTrainers.rows()),
        new Group("Cascade", "CascadeTrainers", CascadeTrainers.rows()),
        new Group("Primus", "PrimusTrainers", PrimusTrainers.rows()),
        new Group("Pretrained networks", "PretrainedTrainers", PretrainedTrainers.rows()));
  }

  /**
   * All rows.
   *
   * @return in the order of the page
   */
  public static Stream<TrainerRow> rows() {
    return groups().stream().flatMap(group -> group.rows().stream());
  }

  /**
   * The row of a class.
   *
   * @param version of nnU-Net
   * @param name of the class, such as {@code nnUNetTrainerV2_Loss_Dice}
   * @return its row
   * @throws NoSuchElementException if there is none of that name
   */
  public static TrainerRow find(TrainerRow.Version version, String name) {
    return rows()
        .filter(row -> row.version() == version && row.names().contains(name))
        .findFirst()
        .orElseThrow(() -> new NoSuchElementException(version + " " + name));
  }
}
