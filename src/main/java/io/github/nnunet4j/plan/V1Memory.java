package io.github.nnunet4j.plan;

import io.github.nnunet4j.image.Extent;
import java.util.Arrays;
import java.util.List;

/**
 * nnU-Net v1's numbers for the memory of its networks ({@code compute_approx_vram_consumption}).
 *
 * @param base features of the first stage, which double
 * @param most features of a stage
 * @param channels of the input
 * @param labels of the output, background included
 */
record V1Memory(int base, int most, int channels, int labels) {
  private int features(int stage) {
    return (int) Math.min(most, (long) base << Math.min(stage, 20));
  }

  /** Of one sample, whole voxels. Heads of deep supervision are those above the lowest two. */
  long genericUNet(
      Extent patch, List<List<Integer>> strides, int convolutions, boolean deepSupervision) {
    int poolings = strides.size() - 1;
    int[] size = patch.toArray();
    long both = 2L * convolutions + 1;
    long sum = (both * base + channels + labels) * voxels(size);
    for (int stage = 1; stage <= poolings; stage++) {
      for (int a = 0; a < size.length; a++) {
        size[a] /= strides.get(stage).get(a);
      }
      long blocks = stage < poolings ? both : convolutions;
      sum += blocks * features(stage) * voxels(size);
      if (deepSupervision && stage < poolings - 1) {
        sum += labels * voxels(size);
      }
    }
    return sum;
  }

  private static long voxels(int[] size) {
    return Arrays.stream(size).asLongStream().reduce(1, Math::multiplyExact);
  }

  /** Of one sample, fractional voxels; blocks of the decoder lowest resolution first. */
  double fabiansUNet(
      List<Double> patch, List<List<Integer>> strides, int[] encoder, int[] decoder) {
    double[] size = patch.stream().mapToDouble(Double::doubleValue).toArray();
    double down = 0;
    double up = 0;
    for (int stage = 0; stage < strides.size(); stage++) {
      double voxels = 1;
      for (int a = 0; a < size.length; a++) {
        size[a] /= strides.get(stage).get(a);
        voxels *= size[a];
      }
      down += (2.0 * encoder[stage] + 1) * voxels * features(stage);
      if (stage == 0) {
        down += channels * voxels;
        up += labels * voxels;
      }
      if (stage < decoder.length) {
        up += (decoder[decoder.length - 1 - stage] + 1.0) * voxels * features(stage);
      }
    }
    return down + up;
  }
}
