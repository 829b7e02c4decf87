package io.github.nnunet4j.augment;

import java.util.ArrayList;
import java.util.List;

/**
 * A ball or disk of a real radius as a set of rows: for each offset along (z, y) the runs of
 * elements along x. The ball has floor(2 r + 1) points on each axis, evenly spaced from -r to r;
 * the disk has the points -r, -r + 1, ... below r + 1. A point belongs to it if its squared
 * distance is at most that of the radius.
 */
final class StructuringElement {
  final int edgeZ;
  final int edge;
  final boolean[] mask;

  private StructuringElement(int edgeZ, int edge, boolean[] mask) {
    this.edgeZ = edgeZ;
    this.edge = edge;
    this.mask = mask;
  }

  static StructuringElement ball(double radius) {
    int edge = (int) (2 * radius + 1);
    double[] points = new double[edge];
    for (int i = 0; i < edge; i++) {
      points[i] = edge == 1 ? -radius : -radius + i * (2 * radius / (edge - 1));
    }
    boolean[] mask = new boolean[edge * edge * edge];
    int at = 0;
    for (double z : points) {
      for (double y : points) {
        for (double x : points) {
          mask[at++] = x * x + y * y + z * z <= radius * radius;
        }
      }
    }
    return new StructuringElement(edge, edge, mask);
  }

  static StructuringElement disk(double radius) {
    List<Double> points = new ArrayList<>();
    for (int i = 0; -radius + i < radius + 1; i++) {
      points.add(-radius + i);
    }
    boolean[] mask = new boolean[points.size() * points.size()];
    int at = 0;
    for (double y : points) {
      for (double x : points) {
        mask[at++] = x * x + y * y <= radius * radius;
      }
    }
    return new StructuringElement(1, points.size(), mask);
  }

  /** Runs of elements along x, {z, y, from, to (excluded)} in elements. */
  List<int[]> runs() {
    List<int[]> runs = new ArrayList<>();
    for (int z = 0; z < edgeZ; z++) {
      for (int y = 0; y < edge; y++) {
        int row = (z * edge + y) * edge;
        int x = 0;
        while (x < edge) {
          int from = x;
          while (x < edge && mask[row + x]) {
            x++;
          }
          if (x > from) {
            runs.add(new int[] {z, y, from, x});
          } else {
            x++;
          }
        }
      }
    }
    return runs;
  }
}
