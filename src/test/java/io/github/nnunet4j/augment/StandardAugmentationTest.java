package io.github.nnunet4j.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Extent;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandardAugmentationTest {
  @Test
  void enlargesPatchesAsTheReferenceDoes() {
    for (JsonNode golden : Goldens.cases("patch_size_v2")) {
      Extent patch = Goldens.extent(golden.get("final_patch_size"));
      double[] radians =
          Goldens.doubles(golden.get("rotation_radians")).stream().mapToDouble(d -> d).toArray();
      double scale = golden.get("scale_range").get(0).asDouble();
      assertThat(InitialPatch.of(patch, radians, scale))
          .as("%s", golden)
          .isEqualTo(Goldens.extent(golden.get("initial_patch_size")));
    }
  }

  @Test
  void derivesRotationDummyMirroringAndInitialPatchFromThePatch() {
    for (JsonNode golden : Goldens.json("patch_size_v2").get("trainers")) {
      Extent patch = Goldens.extent(golden.get("patch_size"));
      String trainer = golden.get("trainer").asText();
      StandardAugmentation.Builder builder =
          StandardAugmentation.builder(patch)
              .chain(trainer.equals("DA5") ? StandardChain.V2_DA5 : StandardChain.V2);
      if (trainer.equals("no dummy 2D") && patch.rank() == 3) {
        builder.dummy2d(false);
      }
      StandardAugmentation standard = builder.build();
      assertThat(standard.initialPatch())
          .as("%s", golden)
          .isEqualTo(Goldens.patch(golden.get("initial_patch_size")));
      assertThat(standard.dummy2d()).isEqualTo(golden.get("dummy_2d").asBoolean());
      assertThat(standard.rotation())
          .isCloseTo(golden.get("rotation_radians").get(1).asDouble(), within(1e-12));
      assertThat(standard.mirrorAxes()).isEqualTo(Goldens.ints(golden.get("mirror_axes")));
    }
  }

  @Test
  void enlargesPatchesAsTheTrainersOfVersionOne() {
    for (JsonNode golden : Goldens.cases("patch_size_v1")) {
      Extent patch = Goldens.extent(golden.get("patch_size"));
      String trainer = golden.get("trainer").asText();
      Extent expected = Goldens.patch(golden.get("initial_patch_size"));
      if (trainer.equals("no augmentation")) {
        Extent space = Goldens.space(patch);
        assertThat(Augmentations.none().inputExtent(space)).isEqualTo(expected);
        continue;
      }
      StandardChain chain =
          switch (trainer) {
            case "DA2" -> StandardChain.V1_DA2;
            case "DA3" -> StandardChain.V1_DA3;
            case "DA5" -> StandardChain.V1_DA5;
            case "insane" -> StandardChain.V1_INSANE;
            case "old trainer (2018)" -> StandardChain.V1_2018;
            default -> StandardChain.V1;
          };
      StandardAugmentation.Builder builder = StandardAugmentation.builder(patch).chain(chain);
      if (patch.rank() == 3) {
        builder.dummy2d(golden.get("dummy_2d").asBoolean());
      }
      StandardAugmentation standard = builder.build();
      assertThat(standard.initialPatch()).as("%s", golden).isEqualTo(expected);
      assertThat(standard.rotation())
          .isCloseTo(golden.get("rotation_x").get(1).asDouble(), within(1e-12));
    }
  }

  @Test
  void survivesARoundTripThroughItsBuilder() {
    StandardAugmentation standard =
        Augmentations.standard(
            Extent.of(20, 64, 64),
            b ->
                b.chain(StandardChain.V1_DA3)
                    .mirrorAxes(1, 2)
                    .rotation(0.3)
                    .scalePerAxis(1)
                    .elastic(Elastic.NONE)
                    .sampling(Spatial.Sampling.NEAREST)
                    .cascade(CascadeInput.v1(List.of(1)))
                    .maskedChannels(Set.of(0)));
    assertThat(standard.toBuilder().build())
        .isEqualTo(standard)
        .hasSameHashCodeAs(standard)
        .hasToString(standard.toString());
    assertThat(standard.patch()).isEqualTo(Extent.of(20, 64, 64));
    assertThat(standard.maskedChannels()).containsExactly(0);
    assertThat(standard.dummy2d()).isTrue();
    assertThat(standard.kind()).isEqualTo(StandardChain.V1_DA3);
    assertThat(standard).isNotEqualTo(Augmentations.standard(Extent.of(20, 64, 64)));
    assertThat(standard.toString()).contains("GaussianBlur").contains("0.2").contains("V1_DA3");
  }

  @Test
  void tellsPredictionWhatItMirrors() {
    assertThat(Augmentations.standard(Extent.of(32, 32)).mirroredAxes()).containsOnly(1, 2);
    assertThat(Augmentations.standard(Extent.of(8, 8, 8), b -> b.mirrorAxes(0, 1)).mirroredAxes())
        .containsOnly(0, 1);
    assertThat(Augmentations.standard(Extent.of(8, 8, 8), b -> b.mirrorAxes()).mirroredAxes())
        .isEmpty();
    for (StandardChain chain : StandardChain.values()) {
      assertThat(Augmentations.standard(Extent.of(8, 8, 8), chain).mirroredAxes())
          .containsOnly(0, 1, 2);
    }
    assertThat(Augmentations.mirror(2).repeat(2).mirroredAxes()).containsOnly(2);
    assertThat(Augmentations.mirror(2).repeat(0).mirroredAxes()).isEmpty();
  }

  @Test
  void editsStandardAugmentationsOnly() {
    Extent patch = Extent.of(16, 16, 16);
    assertThat(
            Augmentations.edit(b -> b.chain(StandardChain.V2_DA5))
                .apply(Augmentations.standard(patch, b -> b.maskedChannels(Set.of(1)))))
        .isEqualTo(
            Augmentations.standard(
                patch, b -> b.chain(StandardChain.V2_DA5).maskedChannels(Set.of(1))));
    assertThatThrownBy(() -> Augmentations.edit(b -> {}).apply(Augmentations.none()))
        .hasMessageContaining("only a standard augmentation");
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
    assertThatThrownBy(() -> Augmentations.standard(flat, b -> b.scalePerAxis(2)))
        .hasMessageContaining("probability");
  }
}
