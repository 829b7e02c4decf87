package io.github.nnunet4j.preprocess;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PreprocessorGoldenTest {
  private static final Path SHARED = Path.of("../shared");
  private static final Path FOLDER = Path.of("src/test/resources/golden/preprocessing");

  @Test
  void preparesCasesAsTheReference() throws IOException {
    Golden golden = Golden.of("preprocessing/v2_synthetic");
    int checked = 0;
    for (JsonNode c : golden.cases()) {
      String name = c.get("name").textValue();
      Spacing spacing = Spacing.millimetres(Golden.doubles(c.get("spacing")));
      Volume image = golden.volume(c.get("input").textValue(), spacing);
      Optional<LabelMap> labels =
          c.get("input_seg").isNull()
              ? Optional.empty()
              : Optional.of(golden.labelMap(c.get("input_seg").textValue(), spacing));
      check(golden, c, name, image, labels);
      checked++;
    }
    assertThat(checked).isEqualTo(22);
  }

  /** Numbers of real images stay outside the repository, like the images. */
  @Test
  void preparesRealCasesAsTheReference() throws IOException {
    Assumptions.assumeTrue(Files.isDirectory(SHARED.resolve("data/ct")), "needs " + SHARED);
    Golden golden = Golden.of(SHARED.resolve("golden"), "preprocessing/v2_real");
    int checked = 0;
    for (JsonNode c : golden.cases()) {
      Volume image =
          ImageFormats.nifti()
              .read(SHARED.resolve("data").resolve(c.get("image_file").textValue()));
      Optional<LabelMap> labels =
          c.get("seg_file").isNull()
              ? Optional.empty()
              : Optional.of(
                  ImageFormats.nifti()
                      .readLabels(SHARED.resolve("data").resolve(c.get("seg_file").textValue())));
      assertThat(image.grid().extent().toArray()).isEqualTo(Golden.ints(c.get("input_shape")));
      check(golden, c, c.get("name").textValue(), image, labels);
      checked++;
    }
    assertThat(checked).isEqualTo(10);
  }

  private static void check(
      Golden golden, JsonNode c, String name, Volume image, Optional<LabelMap> given)
      throws IOException {
    JsonNode plans = Json.read(FOLDER.resolve(c.get("plans").textValue()));
    Recipe recipe = recipe(plans, c.get("configuration").textValue());
    Preprocessor preprocessor = Preprocessor.of(recipe);
    Prepared prepared;
    if (given.isEmpty()) {
      prepared = preprocessor.prepare(name, image);
      assertThat(prepared.classLocations().keys()).isEmpty();
    } else {
      LabelMap labels = given.get();
      Labels meaning = labels(Json.read(FOLDER.resolve(c.get("dataset").textValue())));
      prepared = preprocessor.prepare(Cases.of(name, image, labels), meaning);
      golden.assertSame(
          prepared.labels().orElseThrow(),
          c.get("output_seg").textValue(),
          c.get("near_ties"),
          name);
      if (c.path("near_ties_count").intValue() == 0) {
        assertLocations(prepared.classLocations(), c.get("class_locations"), name);
      }
      assertThat(preprocessor.prepare(name, image, labels).labels()).isEqualTo(prepared.labels());
      if (c.hasNonNull("network_input")) {
        assertStageInput(golden, c, prepared);
      }
    }
    golden.assertClose(
        prepared.image(),
        c.get("output_data").textValue(),
        c.get("tolerance").get("abs").doubleValue(),
        c.get("tolerance").get("rel").doubleValue(),
        name);
    Preprocessor two = preprocessor.threads(2);
    Prepared again =
        given.isPresent() ? two.prepare(name, image, given.get()) : two.prepare(name, image);
    assertThat(again.image()).as(name).isEqualTo(prepared.image());
    assertThat(again.labels()).as(name).isEqualTo(prepared.labels());
    assertRestoration(prepared.restoration(), c.get("properties"), image, name);
  }

  /** Behind the image one channel per foreground label, where the reference has no near tie. */
  private static void assertStageInput(Golden golden, JsonNode c, Prepared prepared) {
    float[] input = golden.arrays().get(c.get("network_input").textValue()).floats();
    short[] near = golden.labels(c.get("near_ties").textValue());
    int[] foreground = Golden.ints(c.get("foreground_labels"));
    int images = prepared.image().channels();
    assertThat(input).hasSize((images + foreground.length) * near.length);
    for (int f = 0; f < foreground.length; f++) {
      float[] channel = prepared.labels().orElseThrow().indicator(foreground[f]);
      for (int i = 0; i < near.length; i++) {
        if (near[i] == 0) {
          assertThat(channel[i]).isEqualTo(input[(images + f) * near.length + i]);
        }
      }
    }
  }

  private static void assertRestoration(
      Restoration restoration, JsonNode properties, Volume image, String name) {
    JsonNode box = properties.get("bbox_used_for_cropping");
    for (int axis = 0; axis < 3; axis++) {
      assertThat(restoration.crop().from(axis)).as(name).isEqualTo(box.get(axis).get(0).intValue());
      assertThat(restoration.crop().to(axis)).as(name).isEqualTo(box.get(axis).get(1).intValue());
    }
    assertThat(restoration.croppedGrid().extent().toArray())
        .isEqualTo(Golden.ints(properties.get("shape_after_cropping_and_before_resampling")));
    assertThat(restoration.original()).isEqualTo(image.grid());
  }

  private static void assertLocations(ClassLocations got, JsonNode want, String name) {
    assertThat(got.keys()).as(name).hasSize(want.size());
    for (int k = 0; k < want.size(); k++) {
      JsonNode one = want.get(k);
      JsonNode key = one.get("key");
      List<Integer> labels =
          key.isArray()
              ? Arrays.stream(Golden.ints(key)).boxed().toList()
              : List.of(key.intValue());
      assertThat(got.keys().get(k)).as(name).isEqualTo(labels);
      assertThat(got.count(k)).as(name + " " + labels).isEqualTo(one.get("count").intValue());
      long order = 0;
      for (int i = 0; i < got.count(k); i++) {
        order = (order + (long) (i + 1) * (got.voxel(k, i) + 1)) % 2147483647L;
      }
      assertThat(order).as(name + " " + labels).isEqualTo(one.path("order_checksum").longValue());
      JsonNode rows = one.path("first_rows");
      for (int r = 0; r < rows.size(); r++) {
        for (int axis = 0; axis < 3; axis++) {
          assertThat(got.coordinate(k, r, axis)).isEqualTo(rows.get(r).get(axis + 1).intValue());
        }
      }
    }
  }

  static Labels labels(JsonNode dataset) {
    Map<String, Region> entries = new LinkedHashMap<>();
    dataset
        .get("labels")
        .properties()
        .forEach(
            e ->
                entries.put(
                    e.getKey(),
                    e.getValue().isArray()
                        ? Region.of(Golden.ints(e.getValue()))
                        : Region.label(e.getValue().intValue())));
    List<Integer> order = new ArrayList<>();
    dataset.path("regions_class_order").forEach(n -> order.add(n.intValue()));
    return Labels.ofRegions(entries, order);
  }

  private static JsonNode field(JsonNode plans, String configuration, String key) {
    JsonNode node = plans.get("configurations").get(configuration);
    return node.has(key) ? node.get(key) : field(plans, node.get("inherits_from").textValue(), key);
  }

  static Recipe recipe(JsonNode plans, String configuration) {
    List<Recipe.ChannelRecipe> channels = new ArrayList<>();
    JsonNode schemes = field(plans, configuration, "normalization_schemes");
    for (int i = 0; i < schemes.size(); i++) {
      JsonNode p = plans.get("foreground_intensity_properties_per_channel").path(String.valueOf(i));
      channels.add(
          new Recipe.ChannelRecipe(
              NormalizationGoldenTest.scheme(schemes.get(i).textValue()),
              field(plans, configuration, "use_mask_for_norm").get(i).booleanValue(),
              IntensityStatistics.builder()
                  .mean(p.path("mean").doubleValue())
                  .standardDeviation(p.path("std").doubleValue())
                  .percentile00_5(p.path("percentile_00_5").doubleValue())
                  .percentile99_5(p.path("percentile_99_5").doubleValue())
                  .build()));
    }
    String word = field(plans, configuration, "resampling_fn_data").textValue();
    boolean none = word.equals("no_resampling_hack");
    boolean torch = word.equals("resample_torch_fornnunet");
    TorchResampling linear = Resamplings.torch(SeparateZ.AUTO);
    return Recipe.builder()
        .axisOrder(Arrays.stream(Golden.ints(plans.get("transpose_forward"))).boxed().toList())
        .targetSpacing(Spacing.millimetres(Golden.doubles(field(plans, configuration, "spacing"))))
        .channels(channels)
        .imageResampling(torch ? linear : none ? Resamplings.none() : Resamplings.images())
        .labelResampling(
            torch ? linear : none ? LabelResamplings.none() : LabelResamplings.labels())
        .probabilityResampling(Resamplings.probabilities())
        .build();
  }
}
