package io.github.nnunet4j.samples.planners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.samples.RowPage;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** That plans of rows equal those of the classes is shown by the golden tests of the planner. */
class PlannerPageTest {
  private static final String PAGE = "from-planner.html";
  private static final Path GOLDEN = Path.of("src/test/resources/golden/planning");

  private static List<String> names(String kind) throws IOException {
    List<String> names = new ArrayList<>();
    Json.read(GOLDEN.resolve("names.json")).get(kind).forEach(n -> names.add(n.textValue()));
    assertThat(names).isNotEmpty();
    return names;
  }

  private static List<String> rows(Version version) {
    return PlannerRows.rows()
        .filter(row -> row.version() == version)
        .map(PlannerRow::name)
        .toList();
  }

  @Test
  void standsAsTheRowsAreCompiled() throws IOException {
    RowPage.requireCurrent(PAGE, PlannerPage.html());
  }

  @Test
  void everyClassOfTheReferenceStandsOnThePageOnce() throws IOException {
    List<String> v1 = new ArrayList<>(names("v1-planners"));
    v1.addAll(names("v1-preprocessors"));
    assertThat(RowPage.classes(PAGE, Version.V1)).containsExactlyInAnyOrderElementsOf(v1);
    assertThat(RowPage.classes(PAGE, Version.V2))
        .containsExactlyInAnyOrderElementsOf(names("v2-planners"));
  }

  @Test
  void everyPlannerOfTheReferenceHasItsRow() throws IOException {
    assertThat(rows(Version.V1)).containsExactlyInAnyOrderElementsOf(names("v1-planners"));
    assertThat(rows(Version.V2)).containsExactlyInAnyOrderElementsOf(names("v2-planners"));
  }

  @ParameterizedTest
  @CsvSource({"V1, v1_plans.json", "V2, v2_plans.json"})
  void theGoldenTestsAskEveryRow(Version version, String file) throws IOException {
    JsonNode cases = Json.read(GOLDEN.resolve(file)).get("cases");
    Set<String> asked =
        StreamSupport.stream(cases.spliterator(), false)
            .map(golden -> golden.get("planner").textValue())
            .collect(Collectors.toSet());
    assertThat(asked).containsExactlyInAnyOrderElementsOf(rows(version));
  }

  @Test
  void linksLeadToRows() throws IOException {
    RowPage.requireLinks(PAGE);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void everyRowSaysWhatItsPlansAreLike(Version version) {
    assertThat(PlannerRows.rows().filter(row -> row.version() == version))
        .allSatisfy(row -> assertThat(row.about()).isNotBlank());
  }

  @Test
  void correctedRowsSayWhatTheClassDoes() {
    assertThat(PlannerRows.rows().filter(row -> row.expressions().corrected().isPresent()))
        .hasSize(8)
        .allSatisfy(row -> assertThat(row.difference()).isNotBlank());
  }

  @Test
  void plannersAreFoundByVersionAndName() {
    String name = "ExperimentPlanner";
    assertThat(PlannerRows.find(Version.V1, name)).isNotEqualTo(PlannerRows.find(Version.V2, name));
    PlannerRow pretrained = PlannerRows.find(Version.V1, "ExperimentPlanner3D_v21_Pretrained");
    assertThatThrownBy(pretrained::asMeant)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("plan of another data");
    assertThatThrownBy(() -> PlannerRows.find(Version.V2, "ExperimentPlanner3D_v21"))
        .isInstanceOf(NoSuchElementException.class);
  }
}
