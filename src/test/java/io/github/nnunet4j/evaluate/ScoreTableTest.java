package io.github.nnunet4j.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
  private static final Grid GRID = Grid.of(1, 1, 4);

  private static LabelMap map(int... values) {
    short[] labels = new short[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (short) values[i];
    }
    return LabelMap.wrap(GRID, labels);
  }

  @Test
  void namesTheStructuresOfOneCase() {
    Labels labels = Labels.of("liver", "tumour of the liver", "spleen");
    Scores scores = Evaluation.compare(map(1, 1, 0, 2), map(1, 0, 0, 2), labels);
    assertThat(scores.table(labels).lines())
        .containsExactly(
            "                          Dice      IoU",
            "liver                   0.6667   0.5000",
            "tumour of the liver     1.0000   1.0000",
            "spleen                     NaN      NaN",
            "foreground              0.8333   0.7500");
    assertThat(scores.table(Labels.of("liver")).lines())
        .contains("2              1.0000   1.0000"); // of a label that it does not know
  }

  @Test
  void namesRegions() {
    Map<String, List<Integer>> entries = new LinkedHashMap<>();
    entries.put("background", List.of(0));
    entries.put("whole", List.of(1, 2));
    entries.put("core", List.of(2));
    Labels labels = Labels.of(entries, List.of(1, 2));
    Scores scores = Evaluation.compare(map(1, 2, 0, 0), map(1, 1, 0, 0), labels);
    assertThat(scores.table(labels).lines())
        .containsExactly(
            "                 Dice      IoU",
            "whole          1.0000   1.0000",
            "core           0.0000   0.0000",
            "foreground     0.5000   0.5000");
  }

  @Test
  void summariesHaveTheSameTable() {
    Labels labels = Labels.of("liver");
    Scores scores = Evaluation.compare(map(1, 1, 0, 0), map(1, 0, 0, 0), labels);
    Summary summary = Summary.of(List.of(new Summary.CaseScores("a", "a", scores)));
    assertThat(summary.table(labels)).isEqualTo(scores.table(labels) + "1 cases");
    assertThat(summary.toString()).contains("1              0.6667   0.5000");
  }
}
