package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import java.util.Arrays;
import java.util.function.BiFunction;

/**
 * Export of logits through any resampling: one class after the other, the winner so far kept, so
 * that one resampled class is in memory at a time.
 */
final class ChannelExport {
  private final BiFunction<Volume, Grid, float[]> resampling;
  private final Volume logits;
  private final Placement placement;
  private final Classes classes;

  ChannelExport(
      BiFunction<Volume, Grid, float[]> resampling,
      Volume logits,
      Placement placement,
      Labels labels) {
    this.resampling = resampling;
    this.logits = logits;
    this.placement = placement;
    this.classes = new Classes(labels);
  }

  private float[] resampled(int channel) {
    return resampling.apply(logits.channel(channel), placement.cropped());
  }

  void labels(short[] out) {
    short[] crop = new short[Math.toIntExact(placement.crop().size().voxels())];
    if (classes.hasRegions()) {
      for (int region = 0; region < logits.channels(); region++) {
        classes.paint(region, resampled(region), crop);
      }
    } else {
      argmax(crop);
    }
    place((from, to) -> out[to] = crop[from]);
  }

  private void argmax(short[] winner) {
    float[] best = new float[winner.length];
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int c = 0; c < logits.channels(); c++) {
      float[] values = resampled(c);
      for (int i = 0; i < best.length; i++) {
        if (values[i] > best[i]) {
          best[i] = values[i];
          winner[i] = (short) c;
        }
      }
    }
    for (int i = 0; i < winner.length; i++) {
      winner[i] = classes.label(winner[i]);
    }
  }

  void probabilities(float[][] out) {
    for (int c = 0; c < out.length; c++) {
      float[] values = resampled(c);
      float[] to = out[c];
      place((i, at) -> to[at] = values[i]);
    }
    int nx = placement.crop().size().get(2);
    float[][] row = new float[out.length][nx];
    int stride = placement.stride(2);
    eachRow(
        (from, at) -> {
          for (int c = 0; c < out.length; c++) {
            for (int x = 0; x < nx; x++) {
              row[c][x] = out[c][at + x * stride];
            }
          }
          classes.toProbabilities(row);
          for (int c = 0; c < out.length; c++) {
            for (int x = 0; x < nx; x++) {
              out[c][at + x * stride] = row[c][x];
            }
          }
        });
  }

  /** A pair of indices: into the crop, into the image. */
  private interface Pair {
    void visit(int crop, int image);
  }

  private void place(Pair pair) {
    int nx = placement.crop().size().get(2);
    int stride = placement.stride(2);
    eachRow(
        (from, at) -> {
          for (int x = 0; x < nx; x++) {
            pair.visit(from + x, at + x * stride);
          }
        });
  }

  private void eachRow(Pair start) {
    Extent size = placement.crop().size();
    int from = 0;
    for (int z = 0; z < size.get(0); z++) {
      for (int y = 0; y < size.get(1); y++) {
        start.visit(from, placement.rowStart(z, y));
        from += size.get(2);
      }
    }
  }
}
