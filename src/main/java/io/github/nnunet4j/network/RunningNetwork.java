package io.github.nnunet4j.network;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A network with its numbers on a device: what training and prediction have in common. Owns its
 * parameters; results belong to the manager of the input. Several threads may predict at once.
 */
public final class RunningNetwork implements AutoCloseable {
  private static final String LOGITS =
      "Return logits for every head on the extents that the topology's scales say.";

  private final NetworkTopology topology;
  private final Heads heads;
  private final Block block;
  private final NDManager manager;
  private final ParameterStore store;
  private final Map<String, Parameter> parameters;

  /**
   * What goes in and out.
   *
   * @param inputs input channels
   * @param outputs segmentation heads
   * @param patch what the network usually sees, rank 2 or 3; blocks of the user's are initialised
   *     for it
   * @param deepSupervision whether {@link #forward} returns all scales
   */
  public record Heads(int inputs, int outputs, Extent patch, boolean deepSupervision) {}

  private RunningNetwork(NetworkTopology topology, Heads heads, Device device) {
    this.topology = topology;
    this.heads = heads;
    block = topology.build(heads.inputs(), heads.outputs(), heads.deepSupervision());
    long[] shape = new long[2 + heads.patch().rank()];
    shape[0] = 1;
    shape[1] = heads.inputs();
    for (int a = 0; a < heads.patch().rank(); a++) {
      shape[2 + a] = heads.patch().get(a);
    }
    manager = NDManager.newBaseManager(device, "PyTorch");
    try {
      block.initialize(manager, DataType.FLOAT32, new Shape(shape));
      store = new ParameterStore(manager, false);
      parameters = named(block);
    } catch (Throwable t) { // a block of the user's may throw anything
      manager.close();
      throw t;
    }
  }

  /** Closes this network if it cannot be filled. */
  private RunningNetwork filled(Runnable fill) {
    try {
      fill.run();
      return this;
    } catch (Throwable t) {
      close();
      throw t;
    }
  }

  private static Map<String, Parameter> named(Block block) {
    if (block instanceof TorchNamed named) {
      return named.torchParameters();
    }
    Map<String, Parameter> out = new LinkedHashMap<>();
    block.getParameters().forEach(pair -> out.put(pair.getKey(), pair.getValue()));
    return Collections.unmodifiableMap(out);
  }

  /**
   * A network with its first values: nnU-Net's initialisation for the built-in topologies, the
   * block's own initializers for others. Those draw from the engine's random numbers, of which
   * there is one source per process; it is seeded here.
   *
   * @param topology what to build
   * @param heads what goes in and out
   * @param device where it runs
   * @param seed of the values; equal seeds give equal values
   * @return the network; the caller closes it
   */
  public static RunningNetwork start(
      NetworkTopology topology, Heads heads, Device device, long seed) {
    Engine.getEngine("PyTorch").setRandomSeed((int) seed);
    RunningNetwork network = new RunningNetwork(topology, heads, device);
    return network.filled(
        () -> {
          if (network.block instanceof TorchNamed named) {
            network.set(named.initialValues(new SplittableRandom(seed)));
          }
        });
  }

  /**
   * A network with given numbers.
   *
   * @param topology what to build
   * @param heads what goes in and out
   * @param device where it runs
   * @param weights of the same topology
   * @return the network; the caller closes it
   * @throws io.github.nnunet4j.error.ModelException if names or shapes differ
   */
  public static RunningNetwork load(
      NetworkTopology topology, Heads heads, Device device, Weights weights) {
    RunningNetwork network = new RunningNetwork(topology, heads, device);
    return network.filled(() -> network.load(weights));
  }

  /**
   * The manager that owns the parameters.
   *
   * @return closed with the network
   */
  public NDManager manager() {
    return manager;
  }

  /**
   * The parameters by torch's names (a user's block: by its own), in order. Running statistics are
   * among them and need no gradient.
   *
   * @return unmodifiable
   */
  public Map<String, Parameter> parameters() {
    return parameters;
  }

  /**
   * Runs the network; gradients are recorded if the calling thread records them.
   *
   * @param input (batch, inputs, [z,] y, x) float32; stays open
   * @param training whether normalizations use and update the batch's statistics
   * @return logits (batch, outputs, [z,] y, x), finest scale first, in the input's manager
   * @throws StrategyException if a user's network returns other shapes
   */
  public List<NDArray> forward(NDArray input, boolean training) {
    require(input);
    NDList out = block.forward(store, new NDList(input), training);
    check(input, out);
    return out;
  }

  /**
   * Runs the network without gradients.
   *
   * @param input (batch, inputs, [z,] y, x) float32; stays open
   * @return logits of the finest scale, in the input's manager
   * @throws StrategyException if a user's network returns other shapes
   */
  public NDArray predict(NDArray input) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      List<NDArray> out = forward(input, false);
      out.subList(1, out.size()).forEach(NDArray::close);
      return out.get(0);
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** What the engine would refuse with words of its own, or not at all. */
  private void require(NDArray input) {
    Shape shape = input.getShape();
    List<Integer> divisor = topology.divisor();
    int rank = shape.dimension() - 2;
    if (rank != heads.patch().rank() || shape.get(1) != heads.inputs()) {
      throw problem(
          "an input of " + heads.inputs() + " channels and " + heads.patch().rank() + " axes",
          "shape " + shape,
          "Give the network what it was built for.");
    }
    for (int a = 0; a < divisor.size(); a++) {
      if (shape.get(2 + a) % divisor.get(a) != 0) {
        throw problem(
            "an input whose extents are multiples of " + divisor,
            "shape " + shape,
            "Pad it, or take a patch that the network's strides divide.");
      }
    }
  }

  private void check(NDArray input, NDList out) {
    List<List<Integer>> scales = topology.scales();
    int expected = heads.deepSupervision() && !scales.isEmpty() ? scales.size() : 1;
    if (out.size() != expected) {
      throw problem(expected + " outputs", out.size() + " outputs", LOGITS);
    }
    for (int i = 0; i < expected; i++) {
      long[] shape = input.getShape().getShape().clone();
      shape[1] = heads.outputs();
      for (int a = 2; a < shape.length && !scales.isEmpty(); a++) {
        shape[a] /= scales.get(i).get(a - 2);
      }
      if (!out.get(i).getShape().equals(new Shape(shape))) {
        throw problem(
            "output " + i + " of shape " + new Shape(shape),
            "shape " + out.get(i).getShape(),
            LOGITS);
      }
    }
  }

  private StrategyException problem(String expected, String found, String next) {
    return new StrategyException(new Problem("network " + topology, expected, found, next));
  }

  /**
   * The present numbers.
   *
   * @return a copy
   */
  public Weights weights() {
    Weights.Builder builder = Weights.builder();
    parameters.forEach(
        (name, p) ->
            builder.put(name, p.getArray().toFloatArray(), p.getArray().getShape().getShape()));
    return builder.build();
  }

  /**
   * Replaces all numbers.
   *
   * @param weights of the same topology
   * @throws io.github.nnunet4j.error.ModelException if names or shapes differ; nothing is changed
   */
  public void load(Weights weights) {
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    parameters.forEach(
        (name, p) ->
            shapes.put(name, Arrays.stream(p.getArray().getShape().getShape()).boxed().toList()));
    weights.requireShapes(shapes);
    Map<String, float[]> values = new LinkedHashMap<>();
    weights.names().forEach(name -> values.put(name, weights.values(name)));
    set(values);
  }

  private void set(Map<String, float[]> values) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try (NDManager scratch = manager.newSubManager()) {
      values.forEach(
          (name, numbers) -> {
            Parameter parameter = Objects.requireNonNull(parameters.get(name), name);
            NDArray array = parameter.getArray();
            array.set(new NDIndex("..."), scratch.create(numbers, array.getShape()));
          });
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Draws the first values once more, from another seed; those that the initialisation leaves alone
   * stay as they are.
   *
   * @param seed of the values
   */
  public void drawAgain(long seed) {
    if (block instanceof TorchNamed named) {
      set(named.initialValues(new SplittableRandom(seed)));
      return;
    }
    try (RunningNetwork fresh = start(topology, heads, manager.getDevice(), seed)) {
      load(fresh.weights());
    }
  }

  /**
   * The trainable parameters.
   *
   * @return in order
   */
  public List<Parameter> trainable() {
    List<Parameter> out = new ArrayList<>();
    parameters.values().stream().filter(Parameter::requiresGradient).forEach(out::add);
    return out;
  }

  @Override
  public void close() {
    manager.close();
  }
}
