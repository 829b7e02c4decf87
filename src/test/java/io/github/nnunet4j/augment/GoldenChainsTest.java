package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each trainer variant's list of transforms with all parameters, written out by both sides. */
class GoldenChainsTest {
  static Stream<JsonNode> v1() {
    return Goldens.cases("chains_v1").stream();
  }

  static Stream<JsonNode> v2() {
    return Goldens.cases("chains_v2").stream();
  }

  @ParameterizedTest
  @MethodSource("v1")
  void hasTheStepsOfVersionOne(JsonNode golden) {
    check(golden, true);
  }

  @ParameterizedTest
  @MethodSource("v2")
  void hasTheStepsOfVersionTwo(JsonNode golden) {
    check(golden, false);
  }

  private static void check(JsonNode golden, boolean first) {
    check(golden, first, build(golden, first));
  }

  /** Steps, parameters, enlarged patch and rotation. */
  static void check(JsonNode golden, boolean first, Augmentation ours) {
    List<String> expected = new ArrayList<>();
    GoldenChainText text = new GoldenChainText(golden, first);
    golden.get("steps").forEach(step -> text.line(step).ifPresent(expected::add));
    assertThat(lines(ours)).as(golden.get("name").asText()).containsExactlyElementsOf(expected);
    if (ours instanceof StandardAugmentation standard) {
      assertThat(standard.initialPatch())
          .isEqualTo(Goldens.patch(golden.get("initial_patch_size")));
      JsonNode angle = golden.get("rotation_radians");
      JsonNode range = first ? angle.get("rotation_x") : angle;
      assertThat(standard.rotation()).isCloseTo(range.get(1).asDouble(), within(1e-12));
      assertThat(standard.dummy2d()).isEqualTo(golden.get("dummy_2d").asBoolean());
    } else if (!first) {
      assertThat(ours.inputExtent(Extent.of(8, 8, 8))).isEqualTo(Extent.of(8, 8, 8));
    }
  }

  static List<String> lines(Augmentation augmentation) {
    List<String> lines = new ArrayList<>();
    List<Augmentation> steps =
        augmentation instanceof StandardAugmentation standard
            ? standard.steps()
            : ((Chain) Augmentations.chain(augmentation)).steps();
    for (Augmentation step : steps) {
      if (step instanceof CascadeInput input) {
        input.steps().forEach(inner -> lines.add(inner.toString()));
      } else {
        lines.add(step.toString());
      }
    }
    return lines;
  }

  /** The expression for a trainer of the reference. */
  static Augmentation build(JsonNode golden, boolean first) {
    String name = golden.get("name").asText();
    List<Integer> labels = labels(golden);
    if (name.startsWith("validation") || name.startsWith("no augmentation")) {
      return labels.isEmpty()
          ? Augmentations.none()
          : Augmentations.none().then(CascadeInput.plain(labels));
    }
    StandardAugmentation.Builder builder =
        StandardAugmentation.builder(Goldens.extent(golden.get("patch_size")))
            .chain(
                first
                    ? chainV1(name)
                    : name.startsWith("DA5") ? StandardChain.V2_DA5 : StandardChain.V2)
            .maskedChannels(masked(golden));
    if (golden.get("patch_size").size() == 3) {
      builder.dummy2d(golden.get("dummy_2d").asBoolean());
    }
    if (name.equals("scale per axis")) {
      builder.scalePerAxis(1);
    }
    if (name.startsWith("nearest segmentation")
        || name.equals("DA5 nearest for the segmentation")) {
      builder.sampling(Spatial.Sampling.NEAREST_LABELS);
    } else if (name.equals("DA5 nearest for both")) {
      builder.sampling(Spatial.Sampling.NEAREST);
    }
    if (name.equals("no mirroring")) {
      builder.mirrorAxes();
    } else if (!first) {
      builder.mirrorAxes(Goldens.ints(golden.get("mirror_axes")));
    }
    if (!labels.isEmpty()) {
      builder.cascade(first ? cascadeV1(name, labels) : cascadeV2(name, labels));
    }
    return builder.build();
  }

  private static CascadeInput cascadeV1(String name, List<Integer> labels) {
    CascadeInput meant =
        switch (name) {
          case "cascade noConnComp" -> CascadeInput.v1NoRemoval(labels);
          case "cascade smallerBinStrel" -> CascadeInput.v1Smaller(labels);
          case "cascade EducatedGuess" -> CascadeInput.v1EducatedGuess(labels, 1);
          case "cascade EducatedGuess2" -> CascadeInput.v1EducatedGuess(labels, 2);
          case "cascade EducatedGuess3" -> CascadeInput.v1EducatedGuess(labels, 3);
          default -> CascadeInput.v1(labels);
        };
    return meant.asReleased();
  }

  private static CascadeInput cascadeV2(String name, List<Integer> labels) {
    return name.startsWith("DA5") || name.startsWith("nearest")
        ? CascadeInput.v2EveryLabel(labels)
        : CascadeInput.v2(labels);
  }

  private static StandardChain chainV1(String name) {
    if (name.startsWith("old")) {
      return StandardChain.V1_2018;
    }
    for (String word : List.of("DA2", "DA3", "DA4", "DA5", "insane", "MMS")) {
      if (name.contains(word)) {
        return StandardChain.valueOf("V1_" + word.toUpperCase(Locale.ROOT));
      }
    }
    return StandardChain.V1;
  }

  static List<Integer> labels(JsonNode golden) {
    List<Integer> labels = new ArrayList<>();
    for (JsonNode step : golden.get("steps")) {
      if (step.get("transform").asText().startsWith("move segmentation")) {
        JsonNode p = step.get("parameters");
        (p.has("all_labels") ? p.get("all_labels") : p.get("all_seg_labels"))
            .forEach(label -> labels.add(label.asInt()));
      }
    }
    return labels;
  }

  static Set<Integer> masked(JsonNode golden) {
    Set<Integer> masked = new HashSet<>();
    for (JsonNode step : golden.get("steps")) {
      if (step.get("transform").asText().equals("mask image")) {
        masked.addAll(GoldenChainText.masked(step.get("parameters")));
      }
    }
    return masked;
  }
}
