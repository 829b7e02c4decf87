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
  private final SmallConvolution small;

  ConvolutionLayer(
      Names names, int in, int out, List<Integer> kernel, List<Integer> stride, boolean hasBias) {
    this(names, new Spec(in, out, kernel, stride), hasBias, true);
  }

  private ConvolutionLayer(Names names, Spec spec, boolean hasBias, boolean padded) {
    List<Integer> kernel = spec.kernel();
    long[] shape = new long[2 + kernel.size()];
    long[] pad = new long[kernel.size()];
    long[] ones = new long[kernel.size()];
    shape[0] = spec.out();
    shape[1] = spec.in();
    for (int a = 0; a < kernel.size(); a++) {
      shape[2 + a] = kernel.get(a);
      pad[a] = padded ? (kernel.get(a) - 1L) / 2 : 0;
      ones[a] = 1;
    }
    weight = names.weight("weight", shape);
    bias = hasBias ? names.bias("bias", spec.out()) : null;
    stride = new Shape(spec.stride().stream().mapToLong(Integer::longValue).toArray());
    padding = new Shape(pad);
    dilation = new Shape(ones);
    small = new SmallConvolution(kernel, spec.stride(), padding, hasBias);
    names.whenStarted(small::load);
  }

  /** The shape of one convolution. */
  record Spec(int in, int out, List<Integer> kernel, List<Integer> stride) {}

  /** One without overlap and padding, whose kernel is its stride; it has a bias. */
  static ConvolutionLayer patches(Names names, int in, int out, List<Integer> size) {
    return new ConvolutionLayer(names, new Spec(in, out, size, size), true, false);
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    NDArray w = store.getValue(weight, x.getDevice(), training);
    NDArray b = bias == null ? null : store.getValue(bias, x.getDevice(), training);
    if (!training && small.isFor(x)) {
      return small.apply(store, x, w, b);
    }
    return x.getNDArrayInternal()
        .convolution(x, w, b, stride, padding, dilation, 1)
        .singletonOrThrow();
  }
}
