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
import ai.djl.training.initializer.ConstantInitializer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The single layers of the reference, all of them: values and gradients. */
@Tag("engine")
class GoldenUnitsTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden/networks");

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
          Map.entry("CELU 1", new Nonlinearities.Celu(1)),
          Map.entry("CELU 2", new Nonlinearities.Celu(2)),
          Map.entry("SELU", Nonlinearities.selu()),
          Map.entry("SiLU", Nonlinearities.silu()),
          Map.entry("Softplus", Nonlinearities.Curve.SOFTPLUS),
          Map.entry("Hardswish", Nonlinearities.Curve.HARDSWISH),
          Map.entry("ReLU6", Nonlinearities.Curve.RELU6),
          Map.entry("Sigmoid", Nonlinearities.Curve.SIGMOID),
          Map.entry("Tanh", Nonlinearities.Curve.TANH));

  private record Unit(JsonNode json, Safetensors.Content tensors) {
    String name() {
      return json.get("name").asText();
    }

    /** The first or the second part of the name. */
    String part(int number) {
      String[] parts = name().split("/", -1);
      return number < parts.length ? parts[number] : "";
    }

    @Override
    public String toString() {
      return name();
    }
  }

  private static Stream<Unit> units() throws IOException {
    Safetensors.Content v2 = Safetensors.read(FOLDER.resolve("units.safetensors"));
    Safetensors.Content v1 = Safetensors.read(FOLDER.resolve("units-v1.safetensors"));
    return Stream.concat(
        GoldenCase.read("units.json").map(unit -> new Unit(unit.json(), v2)),
        GoldenCase.read("units-v1.json").map(unit -> new Unit(unit.json(), v1)));
  }

  static Stream<Unit> nonlinearities() throws IOException {
    return units().filter(unit -> unit.part(0).equals("nonlinearity"));
  }

  static Stream<Unit> norms() throws IOException {
    return units().filter(unit -> List.of("norm", "frn").contains(unit.part(0)));
  }

  static Stream<Unit> layers() throws IOException {
    return units()
        .filter(unit -> unit.json().has("state") && !unit.part(0).equals("drop-path"))
        .filter(unit -> !List.of("norm", "frn").contains(unit.part(0)));
  }

  static Stream<Unit> widths() throws IOException {
    return units().filter(unit -> unit.json().has("widths"));
  }

  @ParameterizedTest
  @MethodSource("nonlinearities")
  void nonlinearitiesHaveTheValuesAndDerivativesOfTheReference(Unit unit) {
    JsonNode json = unit.json();
    compareCurve(
        unit, NONLINEARITIES.get(unit.part(1)), json.get("input").textValue(), unit.name());
  }

  @Test
  void theMishOfV1IsTheSameFunction() throws IOException {
    Unit mish = units().filter(unit -> unit.name().equals("mish")).findFirst().orElseThrow();
    compareCurve(mish, Nonlinearities.mish(), "mish/x", "mish");
  }

  private static void compareCurve(Unit unit, Nonlinearity curve, String x, String name) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
        GradientCollector gradients = Engine.getInstance().newGradientCollector()) {
      NDArray points = array(manager, unit.tensors().get(x));
      points.setRequiresGradient(true);
      NDArray y = curve.apply(points);
      close(y, unit.tensors().get(name + "/y"), "values");
      gradients.backward(y.sum());
      close(points.getGradient(), unit.tensors().get(name + "/dy"), "derivatives");
    }
  }

  @ParameterizedTest
  @MethodSource("norms")
  void normsHaveTheValuesAndGradientsOfTheReference(Unit unit) {
    compareNorm(unit, !unit.json().path("mode").asText("train").equals("eval"));
    if (unit.part(1).startsWith("group")) {
      // in training in one piece, otherwise composed
      compareNorm(unit, false);
    }
  }

  private static void compareNorm(Unit unit, boolean training) {
    List<Integer> shape = GoldenCase.ints(unit.json().get("x"));
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      Block block = norm(unit).build(shape.get(1));
      block.initialize(
          manager, DataType.FLOAT32, new Shape(shape.stream().mapToLong(i -> i).toArray()));
      Map<String, Parameter> parameters = new LinkedHashMap<>();
      block.getParameters().forEach(pair -> parameters.put(pair.getKey(), pair.getValue()));
      Layer layer = (store, x, train) -> block.forward(store, new NDList(x), train).get(0);
      compare(unit, manager, parameters, layer, training);
    }
  }

  private static Normalization norm(Unit unit) {
    JsonNode json = unit.json();
    double eps = json.get("eps").doubleValue();
    if (unit.part(0).equals("frn")) {
      return new Normalizations.FilterResponse(eps);
    }
    return switch (json.get("norm").textValue()) {
      case "instance" -> new Normalizations.Instance(eps, json.get("affine").booleanValue());
      case "batch" -> new Normalizations.Batch(eps, true, json.get("momentum").doubleValue());
      case "group" -> new Normalizations.Group(json.get("groups").intValue(), eps);
      default -> new Normalizations.ChannelWise(eps);
    };
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layersHaveTheValuesAndGradientsOfTheReference(Unit unit) {
    Collected names = new Collected();
    Layer layer = layer(unit, names);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      names.parameters.values().forEach(p -> p.initialize(manager, DataType.FLOAT32));
      compare(unit, manager, names.parameters, layer, true);
    }
  }

  private static Layer layer(Unit unit, Names names) {
    JsonNode json = unit.json();
    int in = json.get("x").get(1).intValue();
    int out = json.get("y").get(1).intValue();
    int rank = json.get("x").size() - 2;
    List<Integer> kernel = json.has("kernel") ? GoldenCase.ints(json.get("kernel")) : List.of();
    boolean bias = json.path("bias").asBoolean();
    return switch (unit.part(0)) {
      case "conv" ->
          new ConvolutionLayer(names, in, out, kernel, GoldenCase.ints(json.get("stride")), bias);
      case "transposed" -> new TransposedConvolutionLayer(names, in, out, kernel, bias);
      case "pool" ->
          unit.part(1).startsWith("avg") ? PoolingLayers.mean(kernel) : PoolingLayers.max(kernel);
      case "upsample" -> LinearResize.byFactors(GoldenCase.ints(json.get("scale")));
      case "squeeze-excitation" ->
          new SqueezeExcitationLayer(
              names, in, rank, new SqueezeExcitation(1.0 / 16, unit.part(1).endsWith("all-axes")));
      default -> throw new IllegalStateException(unit.name());
    };
  }

  @ParameterizedTest
  @MethodSource("widths")
  void squeezedWidthsAreThoseOfTheReference(Unit unit) {
    SqueezeExcitation options = new SqueezeExcitation(unit.json().get("ratio").doubleValue(), true);
    for (Map.Entry<String, JsonNode> width : unit.json().get("widths").properties()) {
      assertThat(options.hidden(Integer.parseInt(width.getKey())))
          .as(width.getKey())
          .isEqualTo(width.getValue().intValue());
    }
  }

  @Test
  void stochasticDepthDropsWholeSamplesAndScalesTheOthers() throws IOException {
    Unit unit = units().filter(u -> u.name().equals("drop-path/mask")).findFirst().orElseThrow();
    JsonNode keep = unit.json().get("keep");
    try (NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch")) {
      NDArray x = array(manager, unit.tensors().get("drop-path/mask/x"));
      DropLayer layer = DropLayer.ofSamples(unit.json().get("drop_prob").doubleValue());
      for (int seed = 0; seed < 500; seed++) {
        manager.getEngine().setRandomSeed(seed);
        NDArray y = layer.forward(new ParameterStore(manager, false), x, true);
        float[] values = y.toFloatArray();
        int size = values.length / keep.size();
        boolean asRecorded = true;
        for (int sample = 0; sample < keep.size(); sample++) {
          asRecorded &= (values[sample * size] != 0) == (keep.get(sample).asDouble() == 1);
        }
        if (asRecorded) {
          close(y, unit.tensors().get("drop-path/mask/y"), "values");
          return;
        }
      }
    }
    throw new AssertionError("the recorded draw never came");
  }

  private static void compare(
      Unit unit,
      NDManager manager,
      Map<String, Parameter> parameters,
      Layer layer,
      boolean training) {
    Safetensors.Content tensors = unit.tensors();
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
    private final Map<String, Parameter> parameters;
    private final String prefix;

    Collected() {
      this(new LinkedHashMap<>(), "");
    }

    private Collected(Map<String, Parameter> parameters, String prefix) {
      this.parameters = parameters;
      this.prefix = prefix;
    }

    @Override
    public Parameter weight(String name, long... shape) {
      Parameter parameter =
          Parameter.builder()
              .setName(name)
              .setType(Parameter.Type.WEIGHT)
              .optShape(new Shape(shape))
              .build();
      parameter.setInitializer(new ConstantInitializer(0));
      parameters.put(prefix + name, parameter);
      return parameter;
    }

    @Override
    public Parameter parameter(String name, Initialization first, long... shape) {
      return weight(name, shape);
    }

    @Override
    public Parameter buffer(String name, long... shape) {
      throw new UnsupportedOperationException("a layer has no buffers");
    }

    @Override
    public void add(Block block) {
      throw new UnsupportedOperationException("a layer has no blocks");
    }

    @Override
    public void addSilent(Block block) {
      add(block);
    }

    @Override
    public void whenStarted(Consumer<NDManager> action) {
      // only whole networks start
    }

    @Override
    public Names at(String child) {
      return new Collected(parameters, prefix + child + ".");
    }
  }
}
