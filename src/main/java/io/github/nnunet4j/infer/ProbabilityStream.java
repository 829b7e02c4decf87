package io.github.nnunet4j.infer;

import java.util.Arrays;

/**
 * Probabilities class by class, each on the whole image: memory does not grow with the number of
 * classes. The numbers are those of {@link SlabExport#probabilities}, for three times its work.
 */
final class ProbabilityStream {
  private final SlabExport export;

  /** The largest logit of each voxel of the crop and the softmax's sum; none for regions. */
  private final float[] largest;

  private final double[] sums;

  ProbabilityStream(SlabExport export) {
    this.export = export;
    int voxels = export.classes().hasRegions() ? 0 : export.voxels();
    largest = new float[voxels];
    sums = new double[voxels];
    if (voxels > 0) {
      sum();
    }
  }

  private void sum() {
    Arrays.fill(largest, Float.NEGATIVE_INFINITY);
    export.eachSlab(
        export.slices(),
        () -> {
          float[] values = new float[export.voxels(export.slices())];
          return (from, to) -> {
            int start = export.voxels(from);
            int count = export.voxels(to) - start;
            for (int c = 0; c < export.channels(); c++) {
              export.slab(c, from, to, values);
              for (int i = 0; i < count; i++) {
                largest[start + i] = Math.max(largest[start + i], values[i]);
              }
            }
            for (int c = 0; c < export.channels(); c++) {
              export.slab(c, from, to, values);
              for (int i = 0; i < count; i++) {
                sums[start + i] += Math.exp((double) values[i] - largest[start + i]);
              }
            }
          };
        });
  }

  /** Fills an array of the image's size with the probabilities of a class. */
  void fill(int c, float[] image) {
    Arrays.fill(image, export.classes().outside(c));
    export.eachSlab(
        export.slices(),
        () -> {
          float[] values = new float[export.voxels(export.slices())];
          return (from, to) -> {
            export.slab(c, from, to, values);
            int start = export.voxels(from);
            export.place(from, to, (i, at) -> image[at] = probability(values[i], start + i));
          };
        });
  }

  private float probability(float logit, int voxel) {
    return sums.length == 0
        ? Classes.sigmoid(logit)
        : (float) (Math.exp((double) logit - largest[voxel]) / sums[voxel]);
  }
}
