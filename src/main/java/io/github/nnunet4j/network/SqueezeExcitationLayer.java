package io.github.nnunet4j.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.ParameterStore;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Scales each channel by what two small layers make of the means of all channels. */
final class SqueezeExcitationLayer implements Layer {
  private final Layer first;
  private final Layer second;
  private final int[] axes;

  SqueezeExcitationLayer(Names names, int channels, int rank, SqueezeExcitation options) {
    List<Integer> ones = Collections.nCopies(rank, 1);
    int hidden = options.hidden(channels);
    first = new ConvolutionLayer(names.at("fc1"), channels, hidden, ones, ones, true);
    second = new ConvolutionLayer(names.at("fc2"), hidden, channels, ones, ones, true);
    axes = IntStream.range(2, options.allAxes() ? 2 + rank : 4).toArray();
  }

  @Override
  public NDArray forward(ParameterStore store, NDArray x, boolean training) {
    long positions = 1;
    for (int axis : axes) {
      positions *= x.getShape().get(axis);
    }
    try (NDArray sum = x.sum(axes, true);
        NDArray count = x.getManager().full(new Shape(), (float) positions);
        NDArray mean = sum.div(count);
        NDArray hidden = first.forward(store, mean, training);
        NDArray active = Activation.relu(hidden);
        NDArray last = second.forward(store, active, training);
        NDArray gate = Activation.sigmoid(last)) {
      return x.mul(gate);
    }
  }
}
