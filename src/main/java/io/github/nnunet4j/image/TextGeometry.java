package io.github.nnunet4j.image;

import java.util.StringJoiner;

/** Geometry as text, x first; every double in the shortest form that reads back the same. */
record TextGeometry(Grid grid, int channels, int axes) {
  String sizes() {
    StringJoiner text = new StringJoiner(" ");
    for (int axis = 0; axis < axes; axis++) {
      text.add(String.valueOf(axis == 3 ? channels : grid.extent().get(2 - axis)));
    }
    return text.toString();
  }

  String spacing() {
    StringJoiner text = new StringJoiner(" ");
    for (int axis = 0; axis < axes; axis++) {
      text.add(String.valueOf(step(axis)));
    }
    return text.toString();
  }

  String origin() {
    StringJoiner text = new StringJoiner(" ");
    double[] origin = grid.origin();
    for (int axis = 0; axis < axes; axis++) {
      text.add(String.valueOf(axis == 3 ? 0.0 : origin[axis]));
    }
    return text.toString();
  }

  /** The direction of each axis in turn. */
  String matrix() {
    StringJoiner text = new StringJoiner(" ");
    for (int axis = 0; axis < axes; axis++) {
      for (int world = 0; world < axes; world++) {
        text.add(String.valueOf(cosine(world, axis)));
      }
    }
    return text.toString();
  }

  double step(int axis) {
    return axis == 3 ? 1 : grid.spacing().get(2 - axis);
  }

  double cosine(int world, int axis) {
    if (world == 3 || axis == 3) {
      return world == axis ? 1 : 0;
    }
    return grid.direction()[3 * world + axis];
  }
}
