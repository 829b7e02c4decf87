package io.github.nnunet4j.samples;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv3d;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.network.NetworkTopology;
import io.github.nnunet4j.network.Normalizations;
import io.github.nnunet4j.plan.Fields;
import io.github.nnunet4j.plan.StrategyCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A network of one's own: LinkNet (Chaurasia and Culurciello 2017, arXiv 1707.03718) for volumes.
 * What the encoder has seen is added to the decoder, where a U-Net joins it, which takes half of
 * the memory there. One output per resolution but the lowest.
 *
 * @param features of the finest resolution; each further one has twice as many
 * @param poolings how often all axes are halved, at least 1
 */
public record OwnTopology(int features, int poolings) implements NetworkTopology {
  /** Writes it into a plan with its numbers and reads it again. */
  public static final StrategyCodec<NetworkTopology> CODEC =
      new StrategyCodec<>() {
        @Override
        public Optional<Fields> encode(NetworkTopology strategy) {
          return strategy instanceof OwnTopology own
              ? Optional.of(
                  Fields.of("link-net/1")
                      .with("features", own.features())
                      .with("poolings", own.poolings()))
              : Optional.empty();
        }

        @Override
        public Optional<NetworkTopology> decode(Fields fields) {
          return fields.word().equals("link-net/1")
              ? Optional.of(
                  new OwnTopology((int) fields.number("features"), (int) fields.number("poolings")))
              : Optional.empty();
        }
      };

  @Override
  public Block build(int inputs, int outputs, boolean deepSupervision) {
    return new LinkNet(this, outputs, deepSupervision);
  }

  /** Every pooling halves, so the patch is a multiple of this. */
  @Override
  public List<Integer> divisor() {
    return cube(1 << poolings);
  }

  /** One entry per output, finest first; each divides the divisor. */
  @Override
  public List<List<Integer>> scales() {
    List<List<Integer>> scales = new ArrayList<>();
    for (int level = 0; level < poolings; level++) {
      scales.add(cube(1 << level));
    }
    return List.copyOf(scales);
  }

  private static List<Integer> cube(int edge) {
    return Collections.nCopies(3, edge);
  }

  /** What the planner takes for memory: the values of all convolutions' results. */
  @Override
  public long featureMapValues(Extent patch, int inputs, int outputs) {
    long values = 0;
    for (int level = 0; level <= poolings; level++) {
      long voxels = patch.voxels() >> (3 * level);
      int maps = level < poolings ? 3 : 1; // down, reduced, up
      values += voxels * ((long) maps * (features << level) + (level < poolings ? outputs : 0));
    }
    return values;
  }

  private static final class LinkNet extends AbstractBlock {
    private final List<Block> down = new ArrayList<>();
    private final List<Block> narrow = new ArrayList<>();
    private final List<Block> up = new ArrayList<>();
    private final List<Block> heads = new ArrayList<>();
    private final int outputs;
    private final boolean deepSupervision;

    LinkNet(OwnTopology network, int outputs, boolean deepSupervision) {
      this.deepSupervision = deepSupervision;
      this.outputs = outputs;
      for (int level = 0; level <= network.poolings(); level++) {
        int width = network.features() << level;
        down.add(addChildBlock("down" + level, convolution(3, level == 0 ? 1 : 2, width)));
        if (level < network.poolings()) {
          narrow.add(addChildBlock("narrow" + level, convolution(1, 1, width)));
          up.add(addChildBlock("up" + level, convolution(3, 1, width)));
          // also without deep supervision, so that the same weights fit both
          heads.add(addChildBlock("head" + level, kernel(1, 1, outputs).build()));
        }
      }
    }

    private static Conv3d.Builder kernel(int edge, int stride, int filters) {
      return Conv3d.builder()
          .setKernelShape(new Shape(edge, edge, edge))
          .optStride(new Shape(stride, stride, stride))
          .optPadding(new Shape(edge / 2, edge / 2, edge / 2))
          .setFilters(filters);
    }

    /** A layer of the library is a DJL block like any other. */
    private static Block convolution(int edge, int stride, int filters) {
      return new SequentialBlock()
          .add(kernel(edge, stride, filters).optBias(false).build())
          .add(Normalizations.instance().build(filters))
          .add(Activation.reluBlock());
    }

    @Override
    protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
      Shape shape = inputs[0];
      List<Shape> skips = new ArrayList<>();
      for (Block block : down) {
        block.initialize(manager, type, shape);
        shape = block.getOutputShapes(new Shape[] {shape})[0];
        skips.add(shape);
      }
      for (int level = up.size() - 1; level >= 0; level--) {
        narrow.get(level).initialize(manager, type, skips.get(level + 1));
        up.get(level).initialize(manager, type, skips.get(level));
        heads.get(level).initialize(manager, type, skips.get(level));
      }
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> arguments) {
      List<NDArray> skips = new ArrayList<>();
      NDArray x = inputs.singletonOrThrow();
      for (Block block : down) {
        x = run(block, store, x, training);
        skips.add(x);
      }
      NDList logits = new NDList();
      for (int level = up.size() - 1; level >= 0; level--) {
        NDArray wide = doubled(run(narrow.get(level), store, x, training));
        x = run(up.get(level), store, wide.add(skips.get(level)), training);
        if (deepSupervision || level == 0) {
          logits.add(0, run(heads.get(level), store, x, training));
        }
      }
      return logits; // finest first
    }

    private static NDArray run(Block block, ParameterStore store, NDArray x, boolean training) {
      return block.forward(store, new NDList(x), training).singletonOrThrow();
    }

    /** Every voxel eight times. */
    private static NDArray doubled(NDArray x) {
      return x.repeat(2, 2).repeat(3, 2).repeat(4, 2);
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      Shape[] shapes = new Shape[deepSupervision ? heads.size() : 1];
      Arrays.setAll(shapes, level -> outputShape(inputShapes[0], level));
      return shapes;
    }

    private Shape outputShape(Shape input, int level) {
      long[] shape = input.getShape().clone();
      shape[1] = outputs;
      for (int axis = 2; axis < shape.length; axis++) {
        shape[axis] >>= level;
      }
      return new Shape(shape);
    }
  }
}
