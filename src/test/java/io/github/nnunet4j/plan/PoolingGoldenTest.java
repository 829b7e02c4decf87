package io.github.nnunet4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pooling functions of nnU-Net v1 and v2 on the reference's own cases. */
class PoolingGoldenTest {
  private static final Path FILE = Path.of("src/test/resources/golden/planning/topology.json");

  /** Where the reference's function fails or has a result. */
  private record Case(JsonNode golden, PoolingRule rule) {
    Pooling pooling() {
      return rule.fit(
          Spacing.millimetres(
              doubles(golden.get("spacing")).stream().mapToDouble(Double::doubleValue).toArray()),
          doubles(golden.get("patch_size")));
    }
  }

  static Stream<JsonNode> cases() throws IOException {
    return StreamSupport.stream(Json.read(FILE).get("cases").spliterator(), false);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void poolingByVersion2EqualsTheReference(JsonNode golden) {
    Case one =
        new Case(golden, PoolingRules.standard(edge(golden), golden.get("max_numpool").asInt()));
    assertSame(golden.get("v2"), one, 0);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void poolingBySpacingEqualsTheReference(JsonNode golden) {
    Case one =
        new Case(golden, PoolingRules.bySpacing(edge(golden), golden.get("max_numpool").asInt()));
    assertSame(golden.get("v1"), one, 1);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void latePoolingEqualsTheReference(JsonNode golden) {
    Case one = new Case(golden, PoolingRules.late(edge(golden), golden.get("max_numpool").asInt()));
    assertSame(golden.get("v1_poolLateV2"), one, 1);
  }

  /** Version 1's second function is version 2's, but fails where an axis cannot pool any more. */
  @ParameterizedTest
  @MethodSource("cases")
  void theUnusedFunctionOfVersion1IsThatOfVersion2WhereItWorks(JsonNode golden) {
    Case one =
        new Case(golden, PoolingRules.standard(edge(golden), golden.get("max_numpool").asInt()));
    assertSame(golden.get("v1_v2"), one, 1);
  }

  private static void assertSame(JsonNode expected, Case one, int leading) {
    Pooling pooling = one.pooling();
    if (expected.has("error")) {
      assertThat(pooling.patch().voxels()).isPositive();
      return;
    }
    assertThat(text(pooling.strides().subList(leading, pooling.stages())))
        .isEqualTo(text(expected, "pool_op_kernel_sizes"));
    assertThat(text(pooling.kernels())).isEqualTo(text(expected, "conv_kernel_sizes"));
    assertThat(Arrays.toString(pooling.patch().toArray()).replace(" ", ""))
        .isEqualTo(text(expected, "patch_size_padded"));
    assertThat(text(List.of(pooling.divisor())))
        .isEqualTo("[" + text(expected, "must_be_divisible_by") + "]");
  }

  @Test
  void kernelsCanBeAlike() {
    Spacing thick = Spacing.millimetres(5, 1, 1);
    List<Double> patch = List.of(20.0, 256.0, 256.0);
    Pooling plain = PoolingRules.late().fit(thick, patch);
    Pooling alike = PoolingRules.late().withKernels(3).fit(thick, patch);
    assertThat(plain.kernels()).contains(List.of(1, 3, 3));
    assertThat(alike.kernels()).containsOnly(List.of(3, 3, 3)).hasSize(plain.stages());
    assertThat(alike.strides()).isEqualTo(plain.strides());
    assertThat(PoolingRules.late()).isEqualTo(PoolingRules.late(4, 999_999));
  }

  private static int edge(JsonNode golden) {
    return golden.get("min_feature_map_size").asInt();
  }

  private static String text(List<List<Integer>> lists) {
    return lists.toString().replace(" ", "");
  }

  private static String text(JsonNode node, String key) {
    return Json.line(node.get(key)).replace(" ", "");
  }

  private static List<Double> doubles(JsonNode node) {
    List<Double> values = new ArrayList<>();
    node.forEach(value -> values.add(value.asDouble()));
    return values;
  }
}
