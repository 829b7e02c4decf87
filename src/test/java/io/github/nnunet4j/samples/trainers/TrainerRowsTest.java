package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.samples.trainers.TrainerRow.Version;
import io.github.nnunet4j.train.TrainerConfig;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerRowsTest {
  /** These need three axes, in the reference as well. */
  private static final Set<String> SPATIAL = Set.of("PrimusTrainers", "PretrainedTrainers");

  static Stream<Arguments> usable() {
    return Trainers.groups().stream()
        .flatMap(
            group ->
                group.rows().stream()
                    .filter(row -> row.edits().isPresent())
                    .flatMap(row -> experiments(group.source()).map(e -> Arguments.of(row, e))));
  }

  private static Stream<Experiment> experiments(String source) {
    return SPATIAL.contains(source)
        ? Stream.of(SmallExperiments.volumes())
        : Stream.of(SmallExperiments.volumes(), SmallExperiments.slices());
  }

  @ParameterizedTest(name = "{index} {0}, {1}")
  @MethodSource("usable")
  void buildsAndPrintsReadably(TrainerRow row, Experiment planned) {
    Experiment experiment = row.on(planned);
    TrainerConfig config = row.settings(experiment).build();
    assertThat(config + " " + experiment.configuration())
        .doesNotContain("Lambda", "null")
        .doesNotContainPattern("@[0-9a-f]{4,}")
        .doesNotContainPattern("[a-z]\\.[A-Z]\\w*\\$");
  }

  /** Rows are values that are built anew by every call: nothing is shared between two trainings. */
  @Test
  void givesTheSameTwice() {
    Experiment experiment = SmallExperiments.volumes();
    assertThat(Trainers.rows().filter(row -> row.edits().isPresent()))
        .allSatisfy(
            row ->
                assertThat(SmallExperiments.settings(row, experiment))
                    .hasToString(SmallExperiments.settings(row, experiment).toString()));
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> Trainers.find(Version.V2, "nnUNetTrainerV2"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessageContaining("nnUNetTrainerV2");
  }
}
