package io.github.nnunet4j.network;

import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Pooling whose window is its stride; what is left over at the end of an axis is dropped. */
final class PoolingLayers {
  private PoolingLayers() {}

  static Layer mean(List<Integer> stride) {
    Shape window = window(stride);
    Shape none = new Shape(new long[stride.size()]);
    return (store, x, training) ->
        x.getNDArrayInternal().avgPool(window, window, none, false, true);
  }

  static Layer max(List<Integer> stride) {
    Shape window = window(stride);
    Shape none = new Shape(new long[stride.size()]);
    return (store, x, training) -> x.getNDArrayInternal().maxPool(window, window, none, false);
  }

  private static Shape window(List<Integer> stride) {
    return new Shape(stride.stream().mapToLong(Integer::longValue).toArray());
  }
}
