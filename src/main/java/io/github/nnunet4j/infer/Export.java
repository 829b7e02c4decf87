package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.internal.Npz;
import io.github.nnunet4j.preprocess.Resampling;
import io.github.nnunet4j.preprocess.Restoration;
import io.github.nnunet4j.preprocess.SlabResampling;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Brings logits from the network grid to the image's own grid (nnU-Net v2 {@code
 * convert_predicted_logits_to_segmentation_with_correct_shape}): resample the logits, take the
 * largest (the first of equals) or paint the regions whose sigmoid exceeds 0.5 in their order, put
 * the result back where the image was cropped, undo the transposition. Outside of the crop is
 * background.
 *
 * @param resampling how logits are resampled; each channel by itself, slab by slab
 * @param labels what the heads stand for
 * @param threads at least 1; the result does not depend on it
 */
public record Export(Resampling resampling, Labels labels, int threads) {
  /** Checks the threads. */
  public Export {
    Checks.positive(threads, "threads");
  }

  /**
   * The segmentation that logits mean.
   *
   * @param logits one channel per head, on the network grid
   * @param way back to the image
   * @return labels on the grid of the image
   * @throws ModelException if the number of heads is not that of the labels
   * @throws StrategyException if the resampling misses the grid of the image
   */
  public LabelMap labels(Volume logits, Restoration way) {
    return labels(logits, Placement.of(way));
  }

  /**
   * The probabilities that logits mean.
   *
   * @param logits one channel per head, on the network grid
   * @param way back to the image
   * @return one channel per head, 0 to 1, on the grid of the image; outside of the crop background
   * @throws ModelException if the number of heads is not that of the labels
   * @throws StrategyException if the resampling misses the grid of the image
   */
  public Volume probabilities(Volume logits, Restoration way) {
    return probabilities(logits, Placement.of(way));
  }

  LabelMap labels(Volume logits, Placement placement) {
    requireHeads(logits);
    short[] out = new short[Math.toIntExact(placement.image().voxels())];
    slabs(logits, placement).labels(out);
    return LabelMap.wrap(placement.image(), out);
  }

  Volume probabilities(Volume logits, Placement placement) {
    requireHeads(logits);
    Room.require("probabilities of the image", logits.channels(), placement.image().voxels());
    int voxels = Math.toIntExact(placement.image().voxels());
    float[][] out = new float[logits.channels()][voxels];
    SlabExport slabs = slabs(logits, placement);
    if (!placement.isWhole()) {
      Arrays.fill(out[0], slabs.classes().outside(0));
    }
    slabs.probabilities(out);
    return Volume.wrap(placement.image(), out);
  }

  /**
   * Writes the probabilities that logits mean, one class after another. Beside the logits it takes
   * 16 bytes per voxel of the image, whatever the number of classes.
   */
  void writeProbabilities(Volume logits, Placement placement, Path file) throws IOException {
    requireHeads(logits);
    ProbabilityStream stream = new ProbabilityStream(slabs(logits, placement));
    Extent extent = placement.image().extent();
    float[] channel = new float[Math.toIntExact(extent.voxels())];
    Npz.write(
        file,
        "probabilities",
        List.of(logits.channels(), extent.get(0), extent.get(1), extent.get(2)),
        c -> {
          stream.fill(c, channel);
          return channel;
        });
  }

  private SlabExport slabs(Volume logits, Placement placement) {
    Grid target = placement.cropped();
    SlabResampling slabs = resampling.slabs(logits.grid(), target);
    if (!slabs.target().equals(target.extent())) {
      throw new StrategyException(
          new Problem(
              "resampling of probabilities " + resampling,
              "slabs of " + target.extent(),
              "slabs of " + slabs.target(),
              "Choose a resampling that reaches the grid of the image."));
    }
    return new SlabExport(logits, slabs, placement, new Classes(labels), threads);
  }

  private void requireHeads(Volume logits) {
    if (logits.channels() != labels.heads()) {
      throw new ModelException(
          new Problem(
              "logits",
              labels.heads() + " channels for " + labels,
              String.valueOf(logits.channels()),
              "Use the labels with which the network was trained."));
    }
  }
}
