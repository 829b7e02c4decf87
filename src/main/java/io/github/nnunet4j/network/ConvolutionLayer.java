package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A convolution that keeps the extent but for its stride: padding (kernel - 1) / 2. */
final class ConvolutionLayer implements Layer {
  private final Parameter weight;
  private final @Nullable Parameter bias;
  private final Shape stride;
  private final Shape padding;
  private final Shape dilation;

  ConvolutionLayer(
      Names names, int in, int out, List<Integer> kernel, List<Integer> stride, boolean hasBias) {
    long[] shape = new long[2 + kernel.size()];
    long[] pad = new long[kernel.size()];
    long[] ones = new long[kernel.size()];
    shape[0] = out;
    shape[1] = in;
    for (int a = 0; a < kernel.size(); a++) {
      shape[2 + a] = kernel.get(a);
      pad[a] = (kernel.get(a) - 1L) / 2;
      ones[a] = 1;
    }
    weight = names.add("weight", Parameter.Type.WEIGHT, shape);
    bias = hasBias ? names.add("bias", Parameter.Type.BIAS, out) : null;
    this.stride = new Shape(stride.stream().mapToLong(Integer::longValue).toArray());
    padding = new Shape(pad);
    dilation = new Shape(ones);
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    NDArray w = store.getValue(weight, x.getDevice(), training);
    NDArray b = bias == null ? null : store.getValue(bias, x.getDevice(), training);
    return x.getNDArrayInternal()
        .convolution(x, w, b, stride, padding, dilation, 1)
        .singletonOrThrow();
  }
}
