package io.github.nnunet4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.internal.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/splits");

  /** Ids whose order is that of their numbers. */
  private static List<String> ids(int n) {
    return IntStream.range(0, n).mapToObj(i -> String.format("case_%04d", i)).toList();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> named(JsonNode indices, List<String> ids) {
    return StreamSupport.stream(indices.spliterator(), false).map(i -> ids.get(i.asInt())).toList();
  }

  @Test
  void foldsAreThoseOfScikitLearn() throws IOException {
    for (JsonNode c : Json.read(GOLDEN.resolve("kfold.json")).get("cases")) {
      if (c.has("ids")) {
        continue;
      }
      FoldStrategy strategy =
          Folds.crossValidation(c.get("n_splits").asInt(), c.get("seed").asLong());
      List<String> ids = ids(c.get("n").asInt());
      if (c.has("error")) {
        assertThatThrownBy(() -> strategy.split(ids))
            .isInstanceOf(DatasetException.class)
            .hasMessageContaining(ids.size() + " cases");
        continue;
      }
      List<Split> splits = strategy.split(ids);
      assertThat(splits).hasSize(c.get("val").size());
      for (int fold = 0; fold < splits.size(); fold++) {
        List<String> validation = named(c.get("val").get(fold), ids);
        List<String> training = new ArrayList<>(ids);
        training.removeAll(validation);
        assertThat(splits.get(fold)).isEqualTo(new Split(training, validation));
      }
    }
  }

  @Test
  void sortsIdsByCodePointAndWritesWhatPythonWrites(@TempDir Path folder) throws IOException {
    for (JsonNode c : Json.read(GOLDEN.resolve("kfold.json")).get("cases")) {
      if (!c.has("ids")) {
        continue;
      }
      List<String> sorted = CaseIds.sorted(texts(c.get("ids")));
      assertThat(sorted).isEqualTo(texts(c.get("sorted_ids")));
      List<Split> splits = Folds.crossValidation().split(sorted);
      Path file = folder.resolve("splits_final.json");
      SplitsJson.write(splits, file);
      assertThat(Json.read(file)).isEqualTo(c.get("splits_final"));
      assertThat(SplitsJson.read(file)).isEqualTo(splits);
    }
    assertThat(CaseIds.sorted(List.of("\ud83d\ude00", "\uffee")))
        .containsExactly("\uffee", "\ud83d\ude00");
  }

  @Test
  void drawsAFoldThatTheSplitsDoNotHave() throws IOException {
    for (JsonNode c : Json.read(GOLDEN.resolve("random_folds.json")).get("cases")) {
      List<String> ids = ids(c.get("n").asInt());
      List<String> mixed = new ArrayList<>(ids);
      Collections.shuffle(mixed, new Random(1));
      Split split = Fold.of(c.get("fold").asInt()).split(Folds.crossValidation().split(ids), mixed);
      assertThat(split).isEqualTo(new Split(named(c.get("train"), ids), named(c.get("val"), ids)));
    }
  }

  @Test
  void trainsOnAllCasesOrOnFixedLists() {
    List<String> ids = List.of("b", "a", "c");
    assertThat(Fold.all().split(List.of(), ids))
        .isEqualTo(new Split(List.of("a", "b", "c"), List.of("a", "b", "c")));
    Split split = new Split(List.of("c", "a"), List.of("b"));
    assertThat(Fold.of(0).split(Folds.fixed(List.of(split)).split(ids), ids)).isEqualTo(split);
  }

  @Test
  void refusesSplitsThatDoNotFitTheCases() {
    List<String> ids = List.of("a", "b");
    List<Split> unknown = List.of(new Split(List.of("a"), List.of("x")));
    assertThatThrownBy(() -> Fold.of(0).split(unknown, ids))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("fold_0: expected only cases of the data set, found x");
    List<Split> both = List.of(new Split(List.of("a", "b"), List.of("b")));
    assertThatThrownBy(() -> Fold.of(0).split(both, ids)).hasMessageContaining("both");
    assertThatThrownBy(() -> Fold.all().split(List.of(), List.of()))
        .hasMessageContaining("fold_all: expected at least one case");
  }

  @Test
  void readsAndWritesTheWordOfAFold() {
    assertThat(Fold.parse("all")).isEqualTo(Fold.all()).hasToString("fold_all");
    assertThat(Fold.parse("3")).isEqualTo(Fold.of(3)).hasToString("fold_3");
    assertThatThrownBy(() -> Fold.parse("-1")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Fold.of(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void saysWhereASplitsFileIsWrong(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("splits_final.json"), "[{\"train\": [\"a\"]}]");
    assertThatThrownBy(() -> SplitsJson.read(file))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("$[0]")
        .hasMessageContaining("\"val\"");
  }

  @Property(tries = 200)
  void everyCaseValidatesOnce(
      @ForAll @IntRange(min = 2, max = 60) int n,
      @ForAll @IntRange(min = 2, max = 10) int folds,
      @ForAll @IntRange(min = 0) int seed) {
    if (n < folds) {
      return;
    }
    List<String> ids = ids(n);
    List<String> validated = new ArrayList<>();
    for (Split split : Folds.crossValidation(folds, seed).split(ids)) {
      validated.addAll(split.validation());
      List<String> all = new ArrayList<>(split.training());
      all.addAll(split.validation());
      assertThat(all).containsExactlyInAnyOrderElementsOf(ids);
      assertThat(split.validation().size()).isBetween(n / folds, n / folds + 1);
    }
    assertThat(validated).containsExactlyInAnyOrderElementsOf(ids);
  }
}
