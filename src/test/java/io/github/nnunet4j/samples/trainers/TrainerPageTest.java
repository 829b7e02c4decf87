package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.samples.RowPage;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerPageTest {
  private static final String PAGE = "from-trainer.html";

  private static List<String> names(Version version) throws IOException {
    JsonNode all = Json.read(Path.of("src/test/resources/golden/trainers/names.json"));
    List<String> names = new ArrayList<>();
    all.get(version.name().toLowerCase(Locale.ROOT)).forEach(n -> names.add(n.textValue()));
    return names;
  }

  @Test
  void standsAsTheRowsAreCompiled() throws IOException {
    RowPage.requireCurrent(PAGE, TrainerPage.html());
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void everyTrainerOfTheReferenceHasItsRow(Version version) throws IOException {
    assertThat(
            Trainers.rows()
                .filter(row -> row.version() == version)
                .flatMap(row -> row.names().stream()))
        .containsExactlyInAnyOrderElementsOf(names(version));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void everyTrainerStandsOnThePageOnce(Version version) throws IOException {
    assertThat(RowPage.classes(PAGE, version)).containsExactlyInAnyOrderElementsOf(names(version));
  }

  @Test
  void linksLeadToRows() throws IOException {
    RowPage.requireLinks(PAGE);
  }

  @Test
  void everyRowSaysWhatItIs() {
    assertThat(Trainers.rows()).noneMatch(row -> row.names().isEmpty());
    assertThat(Trainers.rows().filter(row -> row.edits().isEmpty()))
        .allSatisfy(row -> assertThat(row.difference()).isNotBlank());
    assertThat(Trainers.find(Version.V1, "nnUNetTrainer"))
        .isNotEqualTo(Trainers.find(Version.V2, "nnUNetTrainer"));
  }
}
