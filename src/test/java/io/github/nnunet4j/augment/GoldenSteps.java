package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Box;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.Safetensors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Single steps with the reference's recorded parameters. */
final class GoldenSteps {
  static final RandomGenerator NONE = new SplittableRandom(0);

  private final Edition edition;
  private final Safetensors.Content tensors;

  GoldenSteps(Edition edition, Safetensors.Content tensors) {
    this.edition = edition;
    this.tensors = tensors;
  }

  /** Applies one step; the prefix is that of its tensors. */
  void apply(SampleBuffer buffer, String name, JsonNode p, String prefix) {
    JsonNode channels = p.path("channels");
    if (channels.isMissingNode()) {
      channels = Json.array().add(0).add(1);
    }
    JsonNode factor = p.has("factor") ? p.get("factor") : p.path("multiplier");
    switch (name) {
      case "gaussian noise" -> noise(buffer, channels, p, tensors.get(prefix + "standard_normal"));
      case "gaussian blur" -> blur(buffer, channels, p);
      case "brightness multiplicative" ->
          Augmentations.brightness().changeIn(buffer, Goldens.byChannel(channels, factor));
      case "brightness additive" ->
          new BrightnessShift(Draws.constant(0), 1, false)
              .changeIn(buffer, Goldens.byChannel(channels, p.get("shift")));
      case "contrast" ->
          new Contrast(Draws.constant(1), p.path("preserve_range").asBoolean(true), 1, false)
              .changeIn(buffer, Goldens.byChannel(channels, factor));
      case "simulate low resolution" -> lowResolution(buffer, channels, p);
      case "gamma" -> gamma(buffer, channels, p);
      case "median filter" -> median(buffer, channels, p.get("edge_length"));
      case "sharpening" ->
          new Sharpening(
                  Draws.constant(1), p.get("clamp_to_old_range").asBoolean(), 1, false, edition)
              .changeIn(buffer, Goldens.byChannel(channels, p.get("strength")));
      case "blank rectangles" -> rectangles(buffer, p.get("rectangles_per_channel"));
      case "brightness gradient additive" -> gradient(buffer, p);
      case "local gamma" -> localGamma(buffer, p);
      case "mirror" -> Augmentations.mirror(0, 1, 2).changeIn(buffer, axes(buffer, p));
      case "replace label" -> new ReplaceLabel(-1, 0).applyTo(buffer, NONE);
      case "rotate by 90 degrees" -> turn(buffer, p);
      case "transpose axes" -> transpose(buffer, p);
      case "random binary operator" -> binary(buffer, p);
      case "remove random connected component" -> remove(buffer, p);
      case "move segmentation channel to the image as one-hot" -> oneHot(buffer, p);
      default -> assertThat(name).matches("slices.*|channels.*|downsample.*|convert.*");
    }
  }

  private static int flat(SampleBuffer buffer) {
    return buffer.extent().get(0) == 1 ? 1 : 0;
  }

  static Set<Integer> axes(SampleBuffer buffer, JsonNode parameters) {
    Set<Integer> axes = new HashSet<>();
    parameters.get("axes").forEach(axis -> axes.add(axis.asInt() + flat(buffer)));
    return axes;
  }

  private static void noise(
      SampleBuffer buffer, JsonNode channels, JsonNode p, Safetensors.Tensor tensor) {
    Volume field = Goldens.volume(tensor);
    List<Integer> order = new ArrayList<>();
    channels.forEach(c -> order.add(c.asInt()));
    Goldens.byChannel(channels, p.get("standard_deviation"))
        .forEach(
            (channel, deviation) ->
                GaussianNoise.add(
                    buffer.write(channel),
                    field.unsafeArray(
                        field.channels() == buffer.channels() ? channel : order.indexOf(channel)),
                    deviation.floatValue()));
  }

  private void blur(SampleBuffer buffer, JsonNode channels, JsonNode p) {
    JsonNode sigmas =
        p.has("sigma_per_channel")
            ? p.get("sigma_per_channel")
            : p.get("sigma_per_channel_and_axis");
    new GaussianBlur(Draws.constant(1), 1, true, edition)
        .changeIn(buffer, Goldens.axesByChannel(channels, sigmas));
  }

  private void lowResolution(SampleBuffer buffer, JsonNode channels, JsonNode p) {
    boolean zoom = p.has("zoom_per_channel");
    Map<Integer, List<Double>> scales =
        Goldens.axesByChannel(
            channels, p.get(zoom ? "zoom_per_channel" : "scale_per_channel_and_axis"));
    if (zoom && p.get("axes_left_alone").size() > 0) {
      scales.replaceAll((channel, list) -> List.of(1.0, list.get(1), list.get(2)));
    }
    new LowResolution(Draws.constant(1), 1, true, Set.of(), edition).changeIn(buffer, scales);
  }

  private void gamma(SampleBuffer buffer, JsonNode channels, JsonNode p) {
    new Gamma(
            Draws.constant(1),
            p.get("invert").asBoolean(),
            p.get("retain_statistics").asBoolean(),
            1,
            edition)
        .changeIn(buffer, Goldens.byChannel(channels, p.get("gamma")));
  }

  private static void median(SampleBuffer buffer, JsonNode channels, JsonNode edges) {
    Map<Integer, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < channels.size(); i++) {
      map.put(channels.get(i).asInt(), edges.get(i).asInt());
    }
    new MedianFilter(2, 7, 1, false).changeIn(buffer, map);
  }

  private static void rectangles(SampleBuffer buffer, JsonNode perChannel) {
    Map<Integer, List<Box>> boxes = new LinkedHashMap<>();
    for (int c = 0; c < perChannel.size(); c++) {
      List<Box> list = new ArrayList<>();
      for (JsonNode rectangle : perChannel.get(c)) {
        list.add(
            Box.between(
                corner(rectangle.get("from"), 0), corner(rectangle.get("to_exclusive"), 1)));
      }
      boxes.put(c, list);
    }
    new ChainSteps(StandardChain.V2_DA5, buffer.extent(), Set.of(), Set.of())
        .build().stream()
            .filter(step -> step.toString().contains("BlankRectangles"))
            .map(step -> (BlankRectangles) ((WithProbability) step).augmentation())
            .forEach(step -> step.changeIn(buffer, boxes));
  }

  private static int[] corner(JsonNode list, int ofZ) {
    return list.size() == 3
        ? new int[] {list.get(0).asInt(), list.get(1).asInt(), list.get(2).asInt()}
        : new int[] {ofZ, list.get(0).asInt(), list.get(1).asInt()};
  }

  private static LocalField.Place place(JsonNode p, int channel) {
    return new LocalField.Place(
        Goldens.axes(p.get("centre_as_fraction_of_size").get(channel), 0),
        Goldens.axes(p.get("sigma_voxels").get(channel), 1));
  }

  private void gradient(SampleBuffer buffer, JsonNode p) {
    Map<Integer, BrightnessGradient.Spot> spots = new LinkedHashMap<>();
    for (int c = 0; c < p.get("strength").size(); c++) {
      spots.put(c, new BrightnessGradient.Spot(place(p, c), p.get("strength").get(c).asDouble()));
    }
    LocalField field = LocalField.of(buffer.extent());
    boolean centred = p.get("mean_centred").asBoolean();
    new BrightnessGradient(field, Draws.constant(1), centred, 1, edition).changeIn(buffer, spots);
  }

  private void localGamma(SampleBuffer buffer, JsonNode p) {
    Map<Integer, LocalGamma.Power> powers = new LinkedHashMap<>();
    for (int c = 0; c < p.get("gamma").size(); c++) {
      powers.put(c, new LocalGamma.Power(place(p, c), p.get("gamma").get(c).asDouble()));
    }
    new LocalGamma(LocalField.of(buffer.extent()), Draws.constant(1), 1, edition)
        .changeIn(buffer, powers);
  }

  private static void turn(SampleBuffer buffer, JsonNode p) {
    int shift = flat(buffer);
    new QuarterTurns(Set.of(1, 2))
        .changeIn(
            buffer,
            new QuarterTurns.Turn(
                p.get("axes").get(0).asInt() + shift,
                p.get("axes").get(1).asInt() + shift,
                p.get("times").asInt()));
  }

  private static void transpose(SampleBuffer buffer, JsonNode p) {
    List<Integer> order = new ArrayList<>();
    for (int axis = 0; axis < flat(buffer); axis++) {
      order.add(axis);
    }
    p.get("output_axis_takes_input_axis").forEach(a -> order.add(a.asInt() + flat(buffer)));
    new AxesTransposition(Set.of(1, 2)).changeIn(buffer, order);
  }

  private void binary(SampleBuffer buffer, JsonNode p) {
    List<BinaryOperators.Step> steps = new ArrayList<>();
    for (JsonNode step : p.get("steps_in_order")) {
      String operator = step.get("operator").asText();
      steps.add(
          new BinaryOperators.Step(
              step.get("channel").asInt(),
              BinaryOperators.Operator.valueOf(operator.toUpperCase(Locale.ROOT)),
              step.get("radius").asDouble()));
    }
    int last = buffer.channels() - 1;
    new BinaryOperators(
            p.has("one_hot_channels") ? p.get("one_hot_channels").size() : last,
            Set.of(BinaryOperators.Operator.values()),
            Draws.constant(1),
            1,
            edition)
        .changeIn(buffer, steps);
  }

  private static void remove(SampleBuffer buffer, JsonNode p) {
    double share =
        Double.parseDouble(p.get("removable_if").asText().replaceAll("[^0-9.]*([0-9.]+).*", "$1"));
    List<ComponentRemoval.Step> steps = new ArrayList<>();
    for (JsonNode step : p.get("steps_in_order")) {
      JsonNode removable = step.get("removable_ids");
      int index = 0;
      for (int i = 0; i < removable.size(); i++) {
        index = removable.get(i).asInt() == step.path("chosen_id").asInt() ? i : index;
      }
      double choice = removable.size() == 0 ? 0.5 : (index + 0.5) / removable.size();
      steps.add(
          new ComponentRemoval.Step(
              step.get("channel").asInt(),
              choice,
              step.has("filled_into_channel")
                  ? OptionalInt.of(step.get("filled_into_channel").asInt())
                  : OptionalInt.empty()));
    }
    new ComponentRemoval(3, 1, share, 0).changeIn(buffer, steps);
  }

  private static void oneHot(SampleBuffer buffer, JsonNode p) {
    List<Integer> labels = new ArrayList<>();
    JsonNode list = p.has("labels") ? p.get("labels") : p.get("all_labels");
    list.forEach(label -> labels.add(label.asInt()));
    new PreviousStage(labels, p.path("remove_from_seg").asBoolean(true)).applyTo(buffer, NONE);
  }
}
