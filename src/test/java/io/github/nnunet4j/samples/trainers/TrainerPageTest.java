package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainerPageTest {
  private static final Path PAGE = Path.of("javadoc/doc-files/from-trainer.html");
  private static final Path WANTED = Path.of("target/from-trainer.html");

  private static List<String> names(Version version) throws IOException {
    JsonNode all = Json.read(Path.of("src/test/resources/golden/trainers/names.json"));
    List<String> names = new ArrayList<>();
    all.get(version.name().toLowerCase(Locale.ROOT)).forEach(n -> names.add(n.textValue()));
    return names;
  }

  @Test
  void standsAsTheRowsAreCompiled() throws IOException {
    String wanted = TrainerPage.html();
    if (!wanted.equals(Files.readString(PAGE))) {
      Files.createDirectories(WANTED.getParent());
      Files.writeString(WANTED, wanted);
    }
    assertThat(Files.readString(PAGE))
        .as("the rows have changed; look at %s, then copy it over %s", WANTED, PAGE)
        .isEqualTo(wanted);
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
    Matcher ids =
        Pattern.compile("id=\"" + version.name().toLowerCase(Locale.ROOT) + "\\.(\\w+)\"")
            .matcher(Files.readString(PAGE));
    assertThat(ids.results().map(id -> id.group(1)))
        .containsExactlyInAnyOrderElementsOf(names(version));
  }

  @Test
  void linksLeadToRows() throws IOException {
    String page = Files.readString(PAGE);
    Pattern.compile("href=\"#([^\"]+)\"")
        .matcher(page)
        .results()
        .forEach(link -> assertThat(page).contains("id=\"" + link.group(1) + "\""));
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
