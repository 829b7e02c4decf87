package io.github.nnunet4j.train;

import io.github.nnunet4j.augment.Augmentation;
import io.github.nnunet4j.augment.CascadeInput;
import io.github.nnunet4j.augment.Sample;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.TrainingException;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.plan.Configuration;
import java.util.List;

/**
 * What is trained on.
 *
 * @param configuration patch, batch and network
 * @param labels what the numbers of the label maps mean
 * @param training the cases to learn from, at least one; with the labels of the previous stage if
 *     the configuration has one
 * @param validation the cases of the online Dice; empty for none
 */
public record TrainingData(
    Configuration configuration,
    Labels labels,
    List<TrainingCase> training,
    List<TrainingCase> validation) {
  /** Copies the lists. */
  public TrainingData {
    training = List.copyOf(training);
    validation = List.copyOf(validation);
    if (training.isEmpty()) {
      throw new TrainingException(
          new Problem(
              "training cases", "at least one", "none", "Choose another fold or add cases."));
    }
  }

  /**
   * The channels that the network gets: those of the first case and, behind a previous stage, one
   * per foreground label.
   */
  int channels() {
    Box voxel = new Box(0, 0, 0, Extent.of(1, 1, 1));
    TrainingCase first = training.get(0);
    Sample sample = BatchLoader.read(first, voxel, "first voxel");
    if (isLaterStage() && sample.previous().isEmpty()) {
      throw new TrainingException(
          new Problem(
              "case " + first.id() + ", configuration " + configuration.name(),
              "the labels of the previous stage, " + configuration.previousStage().orElseThrow(),
              "none",
              "Make the training cases with them: TrainingCases.of(prepared, previous)."));
    }
    return sample.image().channels() + (isLaterStage() ? labels.foreground().size() : 0);
  }

  private boolean isLaterStage() {
    return configuration.previousStage().isPresent();
  }

  /**
   * What makes all input channels: what an augmentation leaves of the previous stage's labels
   * becomes channels as it is, and where there is no previous stage it is the augmentation itself.
   */
  Augmentation withStageInput(Augmentation augmentation) {
    if (!isLaterStage()) {
      return augmentation;
    }
    Augmentation plain = CascadeInput.plain(labels.foreground());
    return augmentation.then(
        (sample, random) -> sample.previous().isPresent() ? plain.apply(sample, random) : sample);
  }
}
