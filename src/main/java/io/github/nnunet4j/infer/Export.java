package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Checks;
import io.github.nnunet4j.preprocess.Resampling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Brings logits from the network grid to the image's own grid (nnU-Net v2 {@code
 * convert_predicted_logits_to_segmentation_with_correct_shape}): resample the logits, take the
 * largest (the first of equals) or paint the regions whose sigmoid exceeds 0.5 in their order, put
 * the result back where the image was cropped, undo the transposition. Outside of the crop is
 * background.
 *
 * @param resampling how logits are resampled; called channel by channel
 * @param labels what the heads stand for
 * @param threads at least 1; the result does not depend on it
 */
public record Export(Resampling resampling, Labels labels, int threads) {
  /** Checks the threads. */
  public Export {
    Checks.positive(threads, "threads");
  }

  LabelMap labels(Volume logits, Placement placement) {
    requireHeads(logits);
    short[] out = new short[Math.toIntExact(placement.image().voxels())];
    Grid target = placement.cropped();
    Optional<List<AxisLine>> lines = lines(logits.grid(), target);
    if (lines.isPresent()) {
      new LinearExport(logits, lines.get(), placement, labels, threads).labels(out);
    } else {
      new ChannelExport(this::resample, logits, placement, labels).labels(out);
    }
    return LabelMap.wrap(placement.image(), out);
  }

  Volume probabilities(Volume logits, Placement placement) {
    requireHeads(logits);
    int voxels = Math.toIntExact(placement.image().voxels());
    float[][] out = new float[logits.channels()][voxels];
    if (!labels.hasRegions() && !placement.isWhole()) {
      Arrays.fill(out[0], 1);
    }
    Grid target = placement.cropped();
    Optional<List<AxisLine>> lines = lines(logits.grid(), target);
    if (lines.isPresent()) {
      new LinearExport(logits, lines.get(), placement, labels, threads).probabilities(out);
    } else {
      new ChannelExport(this::resample, logits, placement, labels).probabilities(out);
    }
    return Volume.wrap(placement.image(), out);
  }

  private Optional<List<AxisLine>> lines(Grid source, Grid target) {
    return resampling instanceof LinearResampling linear
        ? Optional.of(linear.lines(source, target))
        : Optional.empty();
  }

  private float[] resample(Volume channel, Grid target) {
    Volume result = resampling.apply(channel, target);
    if (result.channels() != 1 || !result.grid().extent().equals(target.extent())) {
      throw new StrategyException(
          new Problem(
              "resampling of probabilities " + resampling,
              "1 channel of " + target.extent(),
              result.channels() + " of " + result.grid().extent(),
              "A resampling returns the channels it was given on the target grid."));
    }
    return result.unsafeArray(0);
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
