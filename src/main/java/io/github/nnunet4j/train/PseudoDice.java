package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import io.github.nnunet4j.loss.Target;
import java.util.Arrays;
import java.util.List;

/**
 * The online Dice of the validation iterations of one epoch (nnU-Net v2): true and false positives
 * and false negatives per foreground class or region, summed over samples and iterations before the
 * division. Patches stand for cases, hence pseudo.
 */
final class PseudoDice {
  private final boolean regions;
  private final long[] hits;
  private final long[] predicted;
  private final long[] present;

  /** Counts for {@code heads} classes including background, or {@code heads} regions. */
  PseudoDice(int heads, boolean regions) {
    this.regions = regions;
    hits = new long[heads];
    predicted = new long[heads];
    present = new long[heads];
  }

  /** Adds a batch: logits (batch, heads, [z,] y, x) of the finest output and their target. */
  void add(NDArray logits, Target target) {
    byte[] mask = target.mask().map(PseudoDice::bytes).orElse(new byte[0]);
    if (regions) {
      addRegions(logits, target, mask);
    } else {
      addLabels(logits, target, mask);
    }
  }

  private void addLabels(NDArray logits, Target target, byte[] mask) {
    long[] found;
    try (NDArray classes = logits.argMax(1)) {
      found = classes.toLongArray();
    }
    long[] reference = target.labels().toLongArray();
    for (int i = 0; i < found.length; i++) {
      if (mask.length == 0 || mask[i] != 0) {
        int f = (int) found[i];
        int r = (int) reference[i];
        predicted[f]++;
        present[r]++;
        if (f == r) {
          hits[f]++;
        }
      }
    }
  }

  private void addRegions(NDArray logits, Target target, byte[] mask) {
    byte[] found;
    try (NDArray sigmoid = Activation.sigmoid(logits);
        NDArray above = sigmoid.gt(0.5f)) {
      found = bytes(above);
    }
    byte[] reference = bytes(target.oneHot());
    int batch = Math.toIntExact(logits.getShape().get(0));
    int voxels = found.length / batch / hits.length;
    for (int b = 0; b < batch; b++) {
      for (int region = 0; region < hits.length; region++) {
        int at = (b * hits.length + region) * voxels;
        for (int v = 0; v < voxels; v++) {
          if (mask.length == 0 || mask[b * voxels + v] != 0) {
            predicted[region] += found[at + v];
            present[region] += reference[at + v];
            hits[region] += found[at + v] & reference[at + v];
          }
        }
      }
    }
  }

  private static byte[] bytes(NDArray array) {
    try (NDArray small = array.toType(DataType.UINT8, true)) {
      return small.toByteArray();
    }
  }

  /** Per foreground class or region, NaN where it is neither present nor predicted. */
  List<Double> perClass() {
    int first = regions ? 0 : 1;
    Double[] dice = new Double[hits.length - first];
    for (int c = first; c < hits.length; c++) {
      dice[c - first] = 2.0 * hits[c] / (predicted[c] + present[c]);
    }
    return Arrays.asList(dice);
  }

  /** The mean over the classes that have a Dice, NaN if none has. */
  static double mean(List<Double> perClass) {
    return perClass.stream()
        .mapToDouble(Double::doubleValue)
        .filter(d -> !Double.isNaN(d))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * The next moving average: the first value, then 0.9 old + 0.1 new. A NaN value leaves the
   * average as it was; the reference would stay NaN for good and never again see a best epoch.
   */
  static double movingAverage(double old, double next) {
    if (Double.isNaN(old)) {
      return next;
    }
    return Double.isNaN(next) ? old : 0.9 * old + 0.1 * next;
  }
}
