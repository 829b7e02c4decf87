package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.Labels;
import java.util.List;

/** What the heads of the network stand for: one label each, or overlapping regions. */
final class Classes {
  private final boolean regions;
  private final short[] values;

  Classes(Labels labels) {
    regions = labels.hasRegions();
    List<Integer> order = regions ? labels.regionsClassOrder() : labels.all();
    values = new short[order.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = order.get(i).shortValue();
    }
  }

  boolean hasRegions() {
    return regions;
  }

  /** The label that a class (or region) writes. */
  short label(int head) {
    return values[head];
  }

  /** Writes the label of a region wherever its probability is above a half. */
  void paint(int region, float[] logits, short[] row) {
    short label = values[region];
    for (int i = 0; i < row.length; i++) {
      if (aboveHalf(logits[i])) {
        row[i] = label;
      }
    }
  }

  /** Whether the float32 sigmoid exceeds a half; just above zero it still rounds to a half. */
  static boolean aboveHalf(float logit) {
    return logit > 1e-6f || (logit > 0 && sigmoid(logit) > 0.5f);
  }

  /** The probability of a class where the image was cropped away: background. */
  float outside(int head) {
    return regions || head > 0 ? 0 : 1;
  }

  static float sigmoid(float logit) {
    return (float) (1 / (1 + Math.exp(-logit)));
  }

  /** Turns logits (class, voxel) into probabilities in place. */
  void toProbabilities(float[][] values) {
    if (regions) {
      for (float[] region : values) {
        for (int i = 0; i < region.length; i++) {
          region[i] = sigmoid(region[i]);
        }
      }
      return;
    }
    double[] exp = new double[values.length];
    for (int i = 0; i < values[0].length; i++) {
      softmax(values, i, exp);
    }
  }

  private static void softmax(float[][] values, int i, double[] exp) {
    float max = values[0][i];
    for (int c = 1; c < values.length; c++) {
      max = Math.max(max, values[c][i]);
    }
    double sum = 0;
    for (int c = 0; c < values.length; c++) {
      exp[c] = Math.exp((double) values[c][i] - max);
      sum += exp[c];
    }
    for (int c = 0; c < values.length; c++) {
      values[c][i] = (float) (exp[c] / sum);
    }
  }
}
