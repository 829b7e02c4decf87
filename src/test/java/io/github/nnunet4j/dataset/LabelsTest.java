package io.github.nnunet4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.error.DatasetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
  @Test
  void plainClassesHaveOneHeadEachWithBackground() {
    Labels labels = Labels.of("liver", "tumour");
    assertThat(labels.hasRegions()).isFalse();
    assertThat(labels.all()).containsExactly(0, 1, 2);
    assertThat(labels.foreground()).containsExactly(1, 2);
    assertThat(labels.heads()).isEqualTo(3);
    assertThat(labels.ignore()).isEmpty();
    assertThat(labels).isEqualTo(Labels.of("liver", "tumour")).hasToString(labels.toString());
    assertThat(labels).hasSameHashCodeAs(Labels.of("liver", "tumour"));
  }

  @Test
  void regionsHaveOneHeadEachAndAPaintingOrder() {
    Labels labels =
        Labels.of(
            entries("background", List.of(0), "whole", List.of(1, 2), "core", List.of(2)),
            List.of(1, 2));
    assertThat(labels.hasRegions()).isTrue();
    assertThat(labels.regions()).containsExactly(List.of(1, 2), List.of(2));
    assertThat(labels.heads()).isEqualTo(2);
    assertThat(labels.toString()).contains("painted [1, 2]");
  }

  @Test
  void theIgnoreLabelIsNoClass() {
    Labels labels =
        Labels.of(
            entries("background", List.of(0), "a", List.of(1), "ignore", List.of(2)), List.of());
    assertThat(labels.ignore()).hasValue(2);
    assertThat(labels.all()).containsExactly(0, 1);
    assertThat(labels.heads()).isEqualTo(2);
  }

  @Test
  void brokenRulesAreRefused() {
    assertThatThrownBy(() -> Labels.of(entries("a", List.of(1)), List.of()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("\"background\": 0");
    assertThatThrownBy(
            () ->
                Labels.of(
                    entries("background", List.of(0), "a", List.of(1), "ignore", List.of(3)),
                    List.of()))
        .hasMessageContaining("expected \"ignore\": 2, found 3");
    assertThatThrownBy(
            () -> Labels.of(entries("background", List.of(0), "a", List.of(1, 2)), List.of()))
        .hasMessageContaining("1 entries in regions_class_order");
    assertThatThrownBy(
            () -> Labels.of(entries("background", List.of(0), "a", List.of()), List.of()))
        .hasMessageContaining("a label for \"a\"");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, List<Integer>> entries(Object... pairs) {
    Map<String, List<Integer>> map = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (List<Integer>) pairs[i + 1]);
    }
    return map;
  }
}
