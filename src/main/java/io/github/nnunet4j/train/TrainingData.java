package io.github.nnunet4j.train;

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
 * @param training the cases to learn from, at least one
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

  /** The channels that the network gets, as the first case has them. */
  int channels() {
    Box voxel = new Box(0, 0, 0, Extent.of(1, 1, 1));
    return BatchLoader.read(training.get(0), voxel, "first voxel").image().channels();
  }
}
