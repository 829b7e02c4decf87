package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class StandardAugmentationTest {
  private static Extent extent(JsonNode sizes) {
    int[] axes = new int[sizes.size()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = sizes.get(i).asInt();
    }
    return Extent.of(axes);
  }

  private static Set<Integer> set(JsonNode list) {
    Set<Integer> set = new HashSet<>();
    list.forEach(v -> set.add(v.asInt()));
    return set;
  }

  @Test
  void enlargesPatchesAsTheReferenceDoes() {
    for (JsonNode golden : Goldens.cases("patch_size_v2")) {
      Extent patch = extent(golden.get("final_patch_size"));
      double[] radians =
          Goldens.doubles(golden.get("rotation_radians")).stream().mapToDouble(d -> d).toArray();
      double scale = golden.get("scale_range").get(0).asDouble();
      assertThat(InitialPatch.of(patch, radians, scale))
          .as("%s", golden)
          .isEqualTo(extent(golden.get("initial_patch_size")));
    }
  }

  @Test
  void derivesRotationDummyMirroringAndInitialPatchFromThePatch() {
    for (JsonNode golden : Goldens.json("patch_size_v2").get("trainers")) {
      Extent patch = extent(golden.get("patch_size"));
      Consumer<StandardAugmentation.Builder> change =
          golden.get("trainer").asText().equals("no dummy 2D") && patch.rank() == 3
              ? b -> b.dummy2d(false)
              : b -> {};
      StandardAugmentation standard = Augmentations.standard(patch, change);
      Extent expected = extent(golden.get("initial_patch_size"));
      if (expected.rank() == 2) {
        expected = Extent.of(1, expected.get(0), expected.get(1));
      }
      assertThat(standard.initialPatch()).as("%s", golden).isEqualTo(expected);
      assertThat(standard.dummy2d()).isEqualTo(golden.get("dummy_2d").asBoolean());
      assertThat(standard.rotation())
          .isCloseTo(golden.get("rotation_radians").get(1).asDouble(), within(1e-12));
      assertThat(standard.mirrorAxes()).isEqualTo(set(golden.get("mirror_axes")));
    }
  }

  @Test
  void hasTheStepsOfTheReference() {
    for (JsonNode golden : Goldens.cases("chains_v2")) {
      if (golden.get("name").asText().startsWith("validation")) {
        continue;
      }
      StandardAugmentation standard = build(golden);
      List<String> names = new ArrayList<>();
      List<Double> probabilities = new ArrayList<>();
      for (JsonNode step : golden.get("steps")) {
        String name = step.get("transform").asText();
        boolean extra =
            name.startsWith("slices")
                || name.startsWith("channels")
                || name.startsWith("downsample");
        if (!extra) {
          names.add(name);
          probabilities.add(
              step.get("probability").isNull() ? 1 : step.get("probability").asDouble());
        }
      }
      List<Augmentation> steps = ((Chain) standard.chain()).steps();
      assertThat(steps.stream().map(StandardAugmentationTest::name))
          .as(golden.get("name").asText())
          .containsExactlyElementsOf(names);
      assertThat(steps.stream().map(s -> s instanceof WithProbability w ? w.probability() : 1.0))
          .containsExactlyElementsOf(probabilities);
      checkParameters(golden, steps);
    }
  }

  private static StandardAugmentation build(JsonNode golden) {
    Extent patch = extent(golden.get("patch_size"));
    return Augmentations.standard(
        patch,
        b -> {
          if (patch.rank() == 3) {
            b.dummy2d(golden.get("dummy_2d").asBoolean());
          }
          JsonNode mirror = golden.get("mirror_axes");
          b.mirrorAxes(mirror == null || mirror.isNull() ? Set.of() : set(mirror));
          JsonNode masks = golden.path("arguments").path("use_mask_for_norm");
          Set<Integer> masked = new HashSet<>();
          for (int c = 0; c < masks.size(); c++) {
            if (masks.get(c).asBoolean()) {
              masked.add(c);
            }
          }
          b.maskedChannels(masked);
          if (golden.get("name").asText().startsWith("nearest")) {
            b.sampling(Spatial.Sampling.NEAREST_LABELS);
          }
        });
  }

  private static void checkParameters(JsonNode golden, List<Augmentation> steps) {
    JsonNode first = golden.get("steps").get(0);
    JsonNode spatial =
        first.get("transform").asText().equals("spatial") ? first : golden.get("steps").get(1);
    JsonNode p = spatial.get("parameters");
    Spatial ours = (Spatial) steps.get(0);
    assertThat(ours.rotation().probability()).isEqualTo(p.get("p_rotation").asDouble());
    assertThat(ours.scaling().probability()).isEqualTo(p.get("p_scaling").asDouble());
    assertThat(ours.rotation().largest())
        .isCloseTo(p.get("rotation").get(1).asDouble(), within(1e-12));
    assertThat(ours.scaling().factor())
        .isEqualTo(
            Draws.uniform(p.get("scaling").get(0).asDouble(), p.get("scaling").get(1).asDouble()));
    boolean nearest = p.get("mode_seg").asText().equals("nearest");
    assertThat(ours.sampling())
        .isEqualTo(nearest ? Spatial.Sampling.NEAREST_LABELS : Spatial.Sampling.LINEAR);
    LowResolution low = (LowResolution) ((WithProbability) steps.get(5)).augmentation();
    assertThat(low.fixedAxes())
        .isEqualTo(ours.inPlane() && golden.get("patch_size").size() == 3 ? Set.of(0) : Set.of());
  }

  private static String name(Augmentation step) {
    Augmentation inner = step instanceof WithProbability w ? w.augmentation() : step;
    if (inner instanceof Spatial) {
      return "spatial";
    } else if (inner instanceof GaussianNoise) {
      return "gaussian noise";
    } else if (inner instanceof GaussianBlur) {
      return "gaussian blur";
    } else if (inner instanceof Brightness) {
      return "brightness multiplicative";
    } else if (inner instanceof Contrast) {
      return "contrast";
    } else if (inner instanceof LowResolution) {
      return "simulate low resolution";
    } else if (inner instanceof Gamma) {
      return "gamma";
    } else if (inner instanceof Mirror) {
      return "mirror";
    } else if (inner instanceof MaskOutside) {
      return "mask image";
    }
    return "replace label";
  }

  @Test
  void survivesARoundTripThroughItsBuilder() {
    StandardAugmentation standard =
        Augmentations.standard(
            Extent.of(20, 64, 64), b -> b.mirrorAxes(1, 2).rotation(0.3).maskedChannels(Set.of(0)));
    assertThat(standard.toBuilder().build())
        .isEqualTo(standard)
        .hasSameHashCodeAs(standard)
        .hasToString(standard.toString());
    assertThat(standard.patch()).isEqualTo(Extent.of(20, 64, 64));
    assertThat(standard.maskedChannels()).containsExactly(0);
    assertThat(standard.dummy2d()).isTrue();
    assertThat(standard).isNotEqualTo(Augmentations.standard(Extent.of(20, 64, 64)));
    assertThat(standard.toString()).contains("GaussianBlur").contains("0.2");
  }

  @Test
  void refusesSettingsThatDoNotFitThePatch() {
    Extent flat = Extent.of(32, 32);
    assertThatThrownBy(() -> Augmentations.standard(flat, b -> b.mirrorAxes(2)))
        .hasMessageContaining("axes 0 to 1");
    assertThatThrownBy(() -> Augmentations.standard(flat, b -> b.dummy2d(true)))
        .hasMessageContaining("dummy 2D");
    assertThatThrownBy(() -> Augmentations.standard(Extent.of(0, 4, 4)))
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> Augmentations.standard(Extent.of(8, 8, 8), b -> b.rotation(-1)))
        .hasMessageContaining("largest angle");
  }
}
