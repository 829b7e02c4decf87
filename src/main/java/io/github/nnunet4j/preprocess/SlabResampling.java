package io.github.nnunet4j.preprocess;

import io.github.nnunet4j.image.Extent;
import java.util.List;

/**
 * A resampling from one grid to another that makes a range of target slices of one channel at a
 * time, so that many channels (one per class) never have to be held on the target grid. Made by
 * {@link Resampling#slabs}; may be used by several threads at once.
 *
 * <pre>{@code
 * SlabResampling slabs = resampling.slabs(source, target);
 * int step = slabs.slices();
 * for (int z = 0; z < slabs.target().get(0); z += step) {
 *   int to = Math.min(z + step, slabs.target().get(0));
 *   for (float[] channel : logits) {
 *     slabs.slab(channel, z, to, buffer); // (to - z) * rows * columns values
 *   }
 * }
 * }</pre>
 */
public interface SlabResampling {
  /**
   * The voxels of the result.
   *
   * @return (z, y, x)
   */
  Extent target();

  /**
   * How many slices one call should ask for: as few as are still cheap per slice. All of them if
   * each call has to resample a whole channel.
   *
   * @return from 1 to the number of target slices
   */
  int slices();

  /**
   * Makes the slices {@code zFrom} to {@code zTo - 1} of one channel.
   *
   * @param channel the whole channel on the source grid (z, y, x); only read
   * @param zFrom first slice of the target grid
   * @param zTo one past the last slice
   * @param out receives (zTo - zFrom) slices from index 0; may be longer
   */
  void slab(float[] channel, int zFrom, int zTo, float[] out);

  /**
   * The interpolation axis by axis, if every result is a mean of at most two neighbours along each
   * axis. Who looks for the largest of many channels can then skip most of them.
   *
   * @return along z, y, x; empty for other resamplings
   */
  default List<LinearAxis> axes() {
    return List.of();
  }
}
