package io.github.nnunet4j.samples.trainers;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.train.Optimizer;
import io.github.nnunet4j.train.Optimizers;
import io.github.nnunet4j.train.Optimizers.AdamSettings;
import io.github.nnunet4j.train.Optimizers.AdanSettings;
import io.github.nnunet4j.train.Optimizers.RAdamSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** The reference's own numbers. */
final class Reference {
  private static final Path FOLDER = Path.of("src/test/resources/golden");

  private Reference() {}

  static JsonNode facts(String topic, String name) {
    try {
      return Json.read(FOLDER.resolve(topic).resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> cases(String topic, String name) {
    return list(facts(topic, name).get("cases"));
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  static List<Integer> integers(JsonNode array) {
    return list(array).stream().map(JsonNode::intValue).toList();
  }

  /** A number, or one of the words that JSON has no number for. */
  static double number(JsonNode value) {
    return value.isTextual() ? Double.parseDouble(value.textValue()) : value.doubleValue();
  }

  /** The optimizer as a trainer class has constructed it. */
  static Optimizer optimizer(JsonNode o) {
    double decay = o.get("weight_decay").doubleValue();
    return switch (o.get("kind").textValue()) {
      case "SGD" ->
          Optimizers.sgd(
              o.get("momentum").doubleValue(),
              o.get("nesterov").booleanValue(),
              decay,
              o.get("dampening").doubleValue());
      case "Ranger" ->
          Optimizers.lookahead(
              Optimizers.rAdam(
                  new RAdamSettings(
                      beta(o, 0),
                      beta(o, 1),
                      eps(o),
                      decay,
                      o.get("N_sma_threshhold").doubleValue())),
              o.get("k").intValue(),
              o.get("alpha").doubleValue());
      case "Adan" ->
          Optimizers.adan(new AdanSettings(beta(o, 0), beta(o, 1), beta(o, 2), eps(o), decay));
      case "Adam" -> Optimizers.adam(adam(o, decay));
      case "AdamW" -> Optimizers.adamW(adam(o, decay));
      default -> throw new AssertionError(o);
    };
  }

  private static AdamSettings adam(JsonNode o, double decay) {
    return new AdamSettings(beta(o, 0), beta(o, 1), eps(o), decay, o.get("amsgrad").booleanValue());
  }

  private static double beta(JsonNode optimizer, int index) {
    return optimizer.get("betas").get(index).doubleValue();
  }

  private static double eps(JsonNode optimizer) {
    return optimizer.get("eps").doubleValue();
  }
}
