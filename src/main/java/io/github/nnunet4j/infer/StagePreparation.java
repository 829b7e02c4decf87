package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.preprocess.Prepared;
import io.github.nnunet4j.preprocess.Preprocessor;
import java.util.Arrays;
import java.util.List;

/**
 * Preparation of a cascade's later stage: the labels of the previous stage are cropped and
 * resampled with the image, as if they were its reference, then become one channel per foreground
 * label behind those of the image, 1 where the voxel has it (nnU-Net v2 {@code
 * convert_labelmap_to_one_hot}). Regions do not matter here, and neither does the ignore label.
 */
record StagePreparation(String configuration, Preprocessor preprocessor, Labels labels)
    implements Preparation {
  @Override
  public PreparedImage of(String id, Volume image) {
    throw Predictor.failure(
        "case " + id,
        "the labels that the stage before " + configuration + " has predicted",
        "none, and no previous stage to run",
        "Give them along with the image, or put the previous stage's model into this one.");
  }

  @Override
  public PreparedImage of(String id, Volume image, LabelMap previous) {
    labels
        .undeclared(previous)
        .ifPresent(
            problem -> {
              throw new PredictionException(problem.within("case " + id + ", previous stage"));
            });
    Prepared done = preprocessor.prepare(id, image, previous);
    return new PreparedImage(
        withChannels(done.image(), done.labels().orElseThrow()), Placement.of(done.restoration()));
  }

  private Volume withChannels(Volume image, LabelMap map) {
    List<Integer> foreground = labels.foreground();
    int own = image.channels();
    Room.require("channels of the previous stage", foreground.size(), image.grid().voxels());
    float[][] channels = new float[own + foreground.size()][];
    Arrays.setAll(
        channels, c -> c < own ? image.unsafeArray(c) : map.indicator(foreground.get(c - own)));
    return Volume.wrap(image.grid(), channels);
  }
}
