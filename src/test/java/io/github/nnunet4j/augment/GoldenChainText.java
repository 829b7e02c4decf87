package io.github.nnunet4j.augment;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The reference's description of a step, as our step of the same parameters prints itself: each is
 * built from nothing but the golden numbers.
 */
final class GoldenChainText {
  private final Extent patch;
  private final boolean inPlane;
  private final boolean flat;
  private final Edition edition;

  GoldenChainText(JsonNode golden, boolean first) {
    patch = Goldens.patch(golden.get("patch_size"));
    flat = golden.get("patch_size").size() == 2;
    inPlane = flat || golden.get("dummy_2d").asBoolean();
    edition = first ? Edition.V1 : Edition.V2;
  }

  /** Nothing for what other classes do, or what does nothing. */
  Optional<String> line(JsonNode step) {
    return step(step)
        .map(
            ours ->
                step.get("transform").asText().equals("mirror")
                        || !step.path("probability").isNumber()
                    ? ours
                    : ours.withProbability(step.get("probability").asDouble()))
        .map(Object::toString);
  }

  private Optional<Augmentation> step(JsonNode step) {
    JsonNode p = step.path("parameters");
    return Optional.ofNullable(
        switch (step.get("transform").asText()) {
          case "spatial" -> spatial(p, edition == Edition.V1 ? Spatial.Form.V1 : Spatial.Form.V2);
          case "spatial (second form)" -> spatial(p, Spatial.Form.V1_SECOND);
          case "gaussian noise" ->
              new GaussianNoise(
                  uniform(p.get("noise_variance")),
                  p.get("p_per_channel").asDouble(),
                  edition == Edition.V1
                      ? !p.get("per_channel").asBoolean()
                      : p.get("synchronize_channels").asBoolean());
          case "gaussian blur" ->
              new GaussianBlur(
                  uniform(p.get("blur_sigma")),
                  p.get("p_per_channel").asDouble(),
                  edition == Edition.V1
                      ? !p.get("different_sigma_per_axis").asBoolean()
                      : p.get("synchronize_axes").asBoolean(),
                  edition);
          case "brightness multiplicative" ->
              new Brightness(
                  edition == Edition.V1
                      ? uniform(p.get("multiplier_range"))
                      : half(p.get("multiplier_range").get("range")),
                  p.path("p_per_channel").asDouble(1),
                  false);
          case "brightness additive" ->
              new BrightnessShift(
                  Draws.normal(p.get("mu").asDouble(), p.get("sigma").asDouble()),
                  p.get("p_per_channel").asDouble(),
                  false);
          case "contrast" ->
              new Contrast(
                  half(range(p.get("contrast_range"))),
                  p.get("preserve_range").asBoolean(),
                  p.get("p_per_channel").asDouble(),
                  false);
          case "simulate low resolution" -> lowResolution(p);
          case "gamma" -> gamma(p);
          case "mirror" -> new Mirror(space(p.has("axes") ? p.get("axes") : p.get("allowed_axes")));
          case "mask image" -> masked(p).isEmpty() ? null : new MaskOutside(masked(p), 0);
          case "replace label" -> new ReplaceLabel(-1, 0);
          case "rotate by 90 degrees" ->
              new QuarterTurns(space(p.has("axes") ? p.get("axes") : p.get("allowed_axes")));
          case "transpose axes" ->
              new AxesTransposition(
                  space(
                      p.has("allowed_axes")
                          ? p.get("allowed_axes")
                          : p.get("transpose_any_of_these")));
          case "one of" -> oneOf(step.get("choose_uniformly_from"));
          case "median filter" ->
              new MedianFilter(
                  p.get("filter_size").get(0).asInt(),
                  p.get("filter_size").get(1).asInt() - 1,
                  p.get("p_per_channel").asDouble(),
                  false);
          case "blank rectangles" -> rectangles(p);
          case "brightness gradient additive" ->
              new BrightnessGradient(
                  field(p),
                  Draws.either(Draws.uniform(-5, -1), Draws.uniform(1, 5)),
                  p.get("mean_centered").asBoolean(),
                  p.get("p_per_channel").asDouble(),
                  edition);
          case "local gamma" ->
              new LocalGamma(
                  field(p),
                  Draws.either(Draws.uniform(0.01, 0.8), Draws.uniform(1.5, 4)),
                  p.get("p_per_channel").asDouble(),
                  edition);
          case "sharpening" ->
              new Sharpening(
                  uniform(p.get("strength")),
                  p.path("p_clamp_intensities").asDouble(1) == 1,
                  p.get("p_per_channel").asDouble(),
                  false,
                  edition);
          case "move segmentation channel to the image as one-hot" -> oneHot(p);
          case "random binary operator" -> binary(p);
          case "remove random connected component" -> removal(p);
          default -> null;
        });
  }

  private Augmentation oneOf(JsonNode choices) {
    List<Augmentation> list = new ArrayList<>();
    choices.forEach(
        choice ->
            list.add(
                step(choice).orElseThrow().withProbability(choice.get("probability").asDouble())));
    return Augmentations.oneOf(list.toArray(new Augmentation[0]));
  }

  private Spatial spatial(JsonNode p, Spatial.Form form) {
    boolean first = edition == Edition.V1;
    Spatial.Rotation rotation =
        new Spatial.Rotation(
            p.get(first ? "p_rot_per_sample" : "p_rotation").asDouble(),
            p.get("p_rot_per_axis").asDouble(),
            Math.toRadians(
                Math.toDegrees((first ? p.get("angle_x") : p.get("rotation")).get(1).asDouble())));
    double perAxis =
        first
            ? p.get("independent_scale_for_each_axis").asBoolean()
                ? p.get("p_independent_scale_per_axis").asDouble()
                : 0
            : 1 - p.get("p_synchronize_scaling_across_axes").asDouble();
    Spatial.Scaling scaling =
        new Spatial.Scaling(
            p.get(first ? "p_scale_per_sample" : "p_scaling").asDouble(),
            first ? half(p.get("scale")) : uniform(p.get("scaling")),
            perAxis,
            enlargedFor(p, form));
    return new Spatial(
        patch,
        inPlane,
        new Spatial.Motion(rotation, scaling, first ? elastic(p, form) : Elastic.NONE),
        first ? Spatial.Sampling.SPLINE : sampling(p),
        form);
  }

  /** Not a parameter of the step; the enlarged patch itself is compared elsewhere. */
  private double enlargedFor(JsonNode p, Spatial.Form form) {
    double upper = p.get(edition == Edition.V1 ? "scale" : "scaling").get(1).asDouble();
    return form == Spatial.Form.V1_SECOND || upper == 1.43 ? 0.7 : 0.85;
  }

  private static Elastic elastic(JsonNode p, Spatial.Form form) {
    if (!p.get("do_elastic_deform").asBoolean()) {
      return Elastic.NONE;
    }
    double probability = p.get("p_el_per_sample").asDouble();
    return form == Spatial.Form.V1_SECOND
        ? new Elastic(
            probability,
            uniform(p.get("deformation_scale")),
            Draws.uniform(0.125, 0.5),
            1,
            Elastic.Kind.V1_SECOND)
        : new Elastic(
            probability, uniform(p.get("sigma")), uniform(p.get("alpha")), 1, Elastic.Kind.V1);
  }

  private static Spatial.Sampling sampling(JsonNode p) {
    boolean image = p.get("mode_image").asText().equals("nearest");
    boolean seg = p.get("mode_seg").asText().equals("nearest");
    return image
        ? Spatial.Sampling.NEAREST
        : seg ? Spatial.Sampling.NEAREST_LABELS : Spatial.Sampling.LINEAR;
  }

  private LowResolution lowResolution(JsonNode p) {
    JsonNode ignored = p.get("ignore_axes");
    return new LowResolution(
        uniform(p.has("zoom_range") ? p.get("zoom_range") : p.get("scale")),
        p.get("p_per_channel").asDouble(),
        p.path("synchronize_axes").asBoolean(true),
        ignored.isNull() ? Set.of() : Goldens.ints(ignored),
        edition);
  }

  private Gamma gamma(JsonNode p) {
    boolean first = edition == Edition.V1;
    return new Gamma(
        half(range(first ? p.get("gamma_range") : p.get("gamma"))),
        first ? p.get("invert_image").asBoolean() : p.get("p_invert_image").asDouble() == 1,
        first ? p.get("retain_stats").asBoolean() : p.get("p_retain_stats").asDouble() == 1,
        p.path("p_per_channel").asDouble(1),
        edition);
  }

  /** v1 includes the upper ends and begins at 1. */
  private BlankRectangles rectangles(JsonNode p) {
    int less = edition == Edition.V1 ? 0 : 1;
    int[] shortest = {1, 1, 1};
    int[] longest = {1, 1, 1};
    JsonNode sizes = p.get("rectangle_size");
    for (int k = 0; k < sizes.size(); k++) {
      int axis = k + 3 - sizes.size();
      shortest[axis] = sizes.get(k).get(0).asInt();
      longest[axis] = sizes.get(k).get(1).asInt() - less;
    }
    JsonNode count = p.get("num_rectangles");
    return new BlankRectangles(
        patch,
        new BlankRectangles.Edges(
            Extent.of(shortest), Extent.of(longest), p.get("force_square").asBoolean()),
        new BlankRectangles.Count(count.get(0).asInt(), count.get(1).asInt() - less),
        p.get("p_per_channel").asDouble(),
        1 - less);
  }

  private LocalField field(JsonNode p) {
    return new LocalField(patch, uniform(p.get("loc")), new LocalField.LogUniform(6));
  }

  private static PreviousStage oneHot(JsonNode p) {
    List<Integer> labels = new ArrayList<>();
    (p.has("all_labels") ? p.get("all_labels") : p.get("all_seg_labels"))
        .forEach(label -> labels.add(label.asInt()));
    return new PreviousStage(labels, true);
  }

  private BinaryOperators binary(JsonNode p) {
    EnumSet<BinaryOperators.Operator> operators = EnumSet.noneOf(BinaryOperators.Operator.class);
    p.get("operators")
        .forEach(
            name ->
                operators.add(
                    BinaryOperators.Operator.valueOf(name.asText().toUpperCase(Locale.ROOT))));
    return new BinaryOperators(
        p.get("channel_idx").size(),
        operators,
        uniform(p.get("strel_size")),
        p.get("p_per_label").asDouble(),
        edition);
  }

  private static ComponentRemoval removal(JsonNode p) {
    JsonNode share =
        p.has("dont_do_if_covers_more_than_x_percent")
            ? p.get("dont_do_if_covers_more_than_x_percent")
            : p.get("dont_do_if_covers_more_than_X_percent");
    return new ComponentRemoval(
        p.get("channel_idx").size(),
        p.get("p_per_label").asDouble(),
        share.asDouble(),
        p.get("fill_with_other_class_p").asDouble());
  }

  static Set<Integer> masked(JsonNode p) {
    Set<Integer> masked = new TreeSet<>();
    if (p.has("apply_to_channels")) {
      masked.addAll(Goldens.ints(p.get("apply_to_channels")));
    } else {
      p.get("dct_for_where_it_was_used")
          .properties()
          .forEach(
              entry -> {
                if (entry.getValue().asBoolean()) {
                  masked.add(Integer.parseInt(entry.getKey()));
                }
              });
    }
    return masked;
  }

  private Set<Integer> space(JsonNode axes) {
    Set<Integer> set = new TreeSet<>();
    axes.forEach(axis -> set.add(axis.asInt() + (flat ? 1 : 0)));
    return set;
  }

  private static JsonNode range(JsonNode node) {
    return node.isArray() ? node : node.get("range");
  }

  private static Draw uniform(JsonNode range) {
    return Draws.uniform(range.get(0).asDouble(), range.get(1).asDouble());
  }

  private static Draw half(JsonNode range) {
    return Draws.halfAndHalf(range.get(0).asDouble(), range.get(1).asDouble());
  }
}
