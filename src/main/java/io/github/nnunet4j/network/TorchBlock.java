package io.github.nnunet4j.network;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.initializer.ConstantInitializer;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** A network whose parameters have torch's names, stand in torch's order and know how to start. */
abstract class TorchBlock extends AbstractBlock implements TorchNamed {
  private final Initialization initialization;
  private final Map<String, Parameter> named = new LinkedHashMap<>();
  private final Map<String, Initialization> first = new LinkedHashMap<>();
  private final List<Consumer<NDManager>> whenStarted = new ArrayList<>();

  TorchBlock(Initialization initialization) {
    this.initialization = initialization;
  }

  /** The place of the whole network. */
  final Names root() {
    return new Place("");
  }

  private final class Place implements Names {
    private final String prefix;

    Place(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Parameter weight(String name, long... shape) {
      return parameter(name, initialization, shape);
    }

    @Override
    public Parameter parameter(String name, Initialization values, long... shape) {
      first.put(prefix + name, values);
      return add(name, true, shape);
    }

    @Override
    public Parameter buffer(String name, long... shape) {
      return add(name, false, shape);
    }

    private Parameter add(String name, boolean trained, long... shape) {
      Parameter parameter =
          Parameter.builder()
              .setName(prefix + name)
              .setType(Parameter.Type.WEIGHT)
              .optShape(new Shape(shape))
              .optRequiresGrad(trained)
              .build();
      parameter.setInitializer(new ConstantInitializer(0));
      named.put(prefix + name, addParameter(parameter));
      return parameter;
    }

    @Override
    public void add(Block block) {
      addChildBlock(prefix, block);
      block.getParameters().forEach(pair -> named.put(prefix + pair.getKey(), pair.getValue()));
    }

    @Override
    public void addSilent(Block block) {
      add(block);
      block
          .getParameters()
          .forEach(
              pair -> {
                Parameter.Type type = pair.getValue().getType();
                if (type == Parameter.Type.GAMMA || type == Parameter.Type.BETA) {
                  first.put(
                      prefix + pair.getKey(), (size, random) -> Initializations.constant(size, 0));
                }
              });
    }

    @Override
    public void whenStarted(Consumer<NDManager> action) {
      whenStarted.add(action);
    }

    @Override
    public Names at(String child) {
      return new Place(prefix + child + ".");
    }
  }

  @Override
  public final Map<String, Parameter> torchParameters() {
    return Collections.unmodifiableMap(named);
  }

  @Override
  public final Map<String, float[]> initialValues(RandomGenerator random) {
    Map<String, float[]> values = new LinkedHashMap<>();
    named.forEach(
        (name, parameter) -> {
          Initialization own = first.get(name);
          if (own != null) {
            values.put(name, drawn(name, own, parameter.getShape(), random));
          }
        });
    return values;
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    for (Block child : children.values()) {
      child.initialize(manager, type, shapes);
    }
    whenStarted.forEach(action -> action.accept(manager));
  }

  private static float[] drawn(
      String name, Initialization initialization, Shape shape, RandomGenerator random) {
    float[] values = initialization.draw(shape, random);
    boolean finite = true;
    for (float value : values) {
      finite &= Float.isFinite(value);
    }
    if (values.length != shape.size() || !finite) {
      throw new StrategyException(
          new Problem(
              "initialization " + initialization + ", parameter " + name,
              shape.size() + " finite values for shape " + shape,
              values.length + (finite ? " values" : " values that are not all finite"),
              "Return as many values as the shape has."));
    }
    return values;
  }
}
