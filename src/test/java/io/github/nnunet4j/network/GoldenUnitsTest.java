package io.github.nnunet4j.network;

import static io.github.nnunet4j.network.GoldenNetworksTest.array;
import static io.github.nnunet4j.network.GoldenNetworksTest.close;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Single layers of the reference: values and gradients. Of its 54 units the 33 that these networks
 * are made of; the others (pooling, upsampling, squeeze and excitation, stochastic depth, layer
 * norm and six nonlinearities) are not built in.
 */
@Tag("engine")
class GoldenUnitsTest {
  private static final Path TENSORS =
      Path.of("src/test/resources/golden/networks/units.safetensors");

  private static final Map<String, Nonlinearity> NONLINEARITIES =
      Map.ofEntries(
          Map.entry("ReLU", Nonlinearities.relu()),
          Map.entry("LeakyReLU 0.01", Nonlinearities.leakyRelu()),
          Map.entry("LeakyReLU 0.2", Nonlinearities.leakyRelu(0.2)),
          Map.entry("GELU", Nonlinearities.gelu()),
          Map.entry("GELU tanh", Nonlinearities.geluTanh()),
          Map.entry("Mish", Nonlinearities.mish()),
          Map.entry("ELU 1", Nonlinearities.elu()),
          Map.entry("ELU 0.5", new Nonlinearities.Elu(0.5)),
          // CELU with alpha 1 is ELU with alpha 1
          Map.entry("CELU 1", Nonlinearities.elu()),
          Map.entry("SELU", Nonlinearities.selu()),
          Map.entry("SiLU", Nonlinearities.silu()));

  private static Stream<GoldenCase> units(String kind) throws IOException {
    return GoldenCase.read("units.json").filter(unit -> unit.name().startsWith(kind + "/"));
  }

  static Stream<GoldenCase> nonlinearities() throws IOException {
    return units("nonlinearity").filter(unit -> NONLINEARITIES.containsKey(ending(unit)));
  }

  static Stream<GoldenCase> norms() throws IOException {
    Set<String> builtIn = Set.of("instance", "batch", "group");
    return units("norm").filter(unit -> builtIn.contains(unit.json().get("norm").textValue()));
  }

  static Stream<GoldenCase> convolutions() throws IOException {
    return Stream.concat(units("conv"), units("transposed"));
  }

  private static String ending(GoldenCase unit) {
    return unit.name().substring(unit.name().indexOf('/') + 1);
  }

  @ParameterizedTest
  @MethodSource("nonlinearities")
  void nonlinearitiesHaveTheValuesAndDerivativesOfTheReference(GoldenCase unit) throws IOException {
    Safetensors.Content tensors = Safetensors.read(TENSORS);
    Nonlinearity nonlinearity = NONLINEARITIES.get(ending(unit));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = array(manager, tensors.get(unit.json().get("input").textValue()));
      x.setRequiresGradient(true);
      NDArray y = nonlinearity.apply(x);
      close(y, tensors.get(unit.json().get("y").textValue()), "values");
      gradients.backward(y.sum());
      close(x.getGradient(), tensors.get(unit.json().get("dy").textValue()), "derivatives");
    }
  }

  @ParameterizedTest
  @MethodSource("norms")
  void normsHaveTheValuesAndGradientsOfTheReference(GoldenCase unit) throws IOException {
    JsonNode json = unit.json();
    double eps = json.get("eps").doubleValue();
    Normalization norm =
        switch (json.get("norm").textValue()) {
          case "instance" -> new Normalizations.Instance(eps, json.get("affine").booleanValue());
          case "batch" -> new Normalizations.Batch(eps, true, json.get("momentum").doubleValue());
          default -> new Normalizations.Group(json.get("groups").intValue(), eps);
        };
    List<Integer> shape = GoldenCase.ints(json.get("x"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Block block = norm.build(shape.get(1));
      block.initialize(
          manager, DataType.FLOAT32, new Shape(shape.stream().mapToLong(i -> i).toArray()));
      Map<String, Parameter> parameters = new LinkedHashMap<>();
      block.getParameters().forEach(pair -> parameters.put(pair.getKey(), pair.getValue()));
      boolean training = !json.path("mode").asText("train").equals("eval");
      Layer layer = (store, x, train) -> block.forward(store, new NDList(x), train).get(0);
      compare(unit, manager, parameters, layer, training);
    }
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolutionsHaveTheValuesAndGradientsOfTheReference(GoldenCase unit) throws IOException {
    JsonNode json = unit.json();
    List<Integer> kernel = GoldenCase.ints(json.get("kernel"));
    boolean bias = json.get("bias").booleanValue();
    int in = json.get("x").get(1).intValue();
    int out = json.get("y").get(1).intValue();
    Collected names = new Collected();
    Layer layer =
        unit.name().startsWith("conv")
            ? new ConvolutionLayer(
                names, in, out, kernel, GoldenCase.ints(json.get("stride")), bias)
            : new TransposedConvolutionLayer(names, in, out, kernel, bias);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      names.parameters.values().forEach(p -> p.initialize(manager, DataType.FLOAT32));
      compare(unit, manager, names.parameters, layer, true);
    }
  }

  private static void compare(
      GoldenCase unit,
      NDManager manager,
      Map<String, Parameter> parameters,
      Layer layer,
      boolean training)
      throws IOException {
    Safetensors.Content tensors = Safetensors.read(TENSORS);
    String prefix = unit.name() + "/";
    assertThat(parameters.keySet())
        .containsExactlyElementsOf(
            Stream.of(unit.json().get("state"))
                .flatMap(list -> list.valueStream().map(JsonNode::textValue))
                .toList());
    parameters.forEach(
        (name, parameter) -> {
          NDArray values = array(manager, tensors.get(prefix + name));
          assertThat(parameter.getArray().getShape()).isEqualTo(values.getShape());
          values.copyTo(parameter.getArray());
        });
    try (NDManager step = manager.newSubManager();
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray x = array(step, tensors.get(prefix + "x"));
      x.setRequiresGradient(true);
      NDArray y = layer.forward(new ParameterStore(manager, false), x, training);
      close(y, tensors.get(prefix + "y"), "values");
      gradients.backward(y.mul(GoldenNetworksTest.lossWeights(step, y, 0)).sum());
      close(x.getGradient(), tensors.get(prefix + "grad/x"), "gradient of the input");
      parameters.forEach(
          (name, parameter) -> {
            if (tensors.tensors().containsKey(prefix + "grad/" + name)) {
              NDArray gradient = parameter.getArray().getGradient();
              close(gradient, tensors.get(prefix + "grad/" + name), "gradient of " + name);
            }
            if (tensors.tensors().containsKey(prefix + "after/" + name)) {
              close(parameter.getArray(), tensors.get(prefix + "after/" + name), "after " + name);
            }
          });
    }
  }

  /** Parameters of one layer by their names. */
  private static final class Collected implements Names {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();

    @Override
    public Parameter add(String name, Parameter.Type type, long... shape) {
      Parameter parameter =
          Parameter.builder().setName(name).setType(type).optShape(new Shape(shape)).build();
      parameter.setInitializer(new ai.djl.training.initializer.ConstantInitializer(0));
      parameters.put(name, parameter);
      return parameter;
    }

    @Override
    public void add(Block block) {
      throw new UnsupportedOperationException("a layer has no blocks");
    }

    @Override
    public Names at(String child) {
      return this;
    }
  }
}
