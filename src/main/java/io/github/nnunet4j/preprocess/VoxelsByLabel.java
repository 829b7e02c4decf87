package io.github.nnunet4j.preprocess;

import java.util.List;

/** The voxels of each wanted label, in row-major order. */
final class VoxelsByLabel {
  private static final int OFFSET = 1 << 15;
  private static final int[] NONE = {};

  private final int[][] voxels = new int[1 << 16][];

  private VoxelsByLabel() {}

  static VoxelsByLabel of(short[] labels, List<List<Integer>> keys) {
    VoxelsByLabel result = new VoxelsByLabel();
    int[] counts = new int[1 << 16];
    for (short label : labels) {
      counts[label + OFFSET]++;
    }
    for (List<Integer> key : keys) {
      for (int label : key) {
        if (counts[label + OFFSET] > 0) {
          result.voxels[label + OFFSET] = new int[counts[label + OFFSET]];
        }
      }
    }
    int[] filled = new int[1 << 16];
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] + OFFSET;
      int[] to = result.voxels[label];
      if (to != null) {
        to[filled[label]++] = i;
      }
    }
    return result;
  }

  /** The voxels of several labels, label by label. */
  int[] of(List<Integer> labels) {
    int total = 0;
    for (int label : labels) {
      total += one(label).length;
    }
    int[] all = new int[total];
    int at = 0;
    for (int label : labels) {
      int[] voxelsOfLabel = one(label);
      System.arraycopy(voxelsOfLabel, 0, all, at, voxelsOfLabel.length);
      at += voxelsOfLabel.length;
    }
    return all;
  }

  private int[] one(int label) {
    int[] found = voxels[label + OFFSET];
    return found == null ? NONE : found;
  }
}
