package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transposed convolution whose kernel equals its stride: every input voxel paints a block of its
 * own, so it is one matrix product and a rearrangement of axes. DJL has no such operation.
 */
final class TransposedConvolutionLayer implements Layer {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final int in;
  private final int out;
  private final long[] kernel;
  private final long kernelVoxels;

  TransposedConvolutionLayer(Names names, int in, int out, List<Integer> kernel, boolean hasBias) {
    this.in = in;
    this.out = out;
    this.kernel = kernel.stream().mapToLong(Integer::longValue).toArray();
    long[] shape = new long[2 + kernel.size()];
    shape[0] = in;
    shape[1] = out;
    System.arraycopy(this.kernel, 0, shape, 2, this.kernel.length);
    long voxels = 1;
    for (long k : this.kernel) {
      voxels *= k;
    }
    kernelVoxels = voxels;
    weight = names.weight("weight", shape);
    bias = hasBias ? names.bias("bias", out) : null;
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    long[] size = x.getShape().getShape();
    long positions = x.getShape().slice(2).size();
    NDArray w = store.getValue(weight, x.getDevice(), training);
    // Results of operations on a parameter belong to its manager: move each into the step's.
    try (NDArray flat = own(w.reshape(in, out * kernelVoxels), x);
        NDArray matrix = own(flat.transpose(), x);
        NDArray columns = x.reshape(size[0], in, positions);
        NDArray blocks = own(matrix.matMul(columns), x);
        NDArray split = blocks.reshape(new Shape(splitShape(size)));
        NDArray woven = split.transpose(weaving())) {
      NDArray y = woven.reshape(new Shape(outputShape(size)));
      if (bias == null) {
        return y;
      }
      long[] broadcast = new long[size.length];
      Arrays.fill(broadcast, 1);
      broadcast[1] = out;
      NDArray b = store.getValue(bias, x.getDevice(), training);
      try (NDArray wide = own(b.reshape(new Shape(broadcast)), x)) {
        NDArray sum = y.add(wide);
        y.close();
        return sum;
      }
    }
  }

  private static NDArray own(NDArray result, NDArray x) {
    result.attach(x.getManager());
    return result;
  }

  /** (batch, out, k0, k1, [k2,] z, y, [x]). */
  private long[] splitShape(long[] size) {
    int rank = kernel.length;
    long[] shape = new long[2 + 2 * rank];
    shape[0] = size[0];
    shape[1] = out;
    System.arraycopy(kernel, 0, shape, 2, rank);
    System.arraycopy(size, 2, shape, 2 + rank, rank);
    return shape;
  }

  /** Puts each kernel axis behind its position axis. */
  private int[] weaving() {
    int rank = kernel.length;
    int[] order = new int[2 + 2 * rank];
    order[1] = 1;
    for (int a = 0; a < rank; a++) {
      order[2 + 2 * a] = 2 + rank + a;
      order[3 + 2 * a] = 2 + a;
    }
    return order;
  }

  private long[] outputShape(long[] size) {
    long[] shape = size.clone();
    shape[1] = out;
    for (int a = 0; a < kernel.length; a++) {
      shape[2 + a] *= kernel[a];
    }
    return shape;
  }
}
