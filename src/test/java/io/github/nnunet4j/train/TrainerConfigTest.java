package io.github.nnunet4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("engine")
class TrainerConfigTest {
  private static TrainerConfig.Builder defaults() {
    return TrainerConfig.defaultsFor(
        TinyTraining.configuration(TinyTraining.network()), TinyTraining.LABELS);
  }

  private static Arguments bad(
      String named, Function<TrainerConfig.Builder, TrainerConfig.Builder> edit) {
    return Arguments.of(named, edit);
  }

  static Stream<Arguments> impossibleSettings() {
    return Stream.of(
        bad("epochs", t -> t.epochs(0)),
        bad("iterations", t -> t.iterations(-1)),
        bad("validationIterations", t -> t.validationIterations(-1)),
        bad("batchSize", t -> t.batchSize(0)),
        bad(
            "oversampling is for the default sampler",
            t -> t.samplerFor(PatchSamplers::standard).oversampling(Oversamplings.lastPart(0.5))),
        bad("clipNorm", t -> t.clipNorm(0)),
        bad("loaderThreads", t -> t.loaderThreads(0)),
        bad("checkpointEvery", t -> t.checkpointEvery(0)),
        bad("period", t -> t.checkpointEvery(Duration.ofSeconds(-1))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("impossibleSettings")
  void anImpossibleSettingIsNamed(
      String named, Function<TrainerConfig.Builder, TrainerConfig.Builder> edit) {
    assertThatThrownBy(() -> edit.apply(defaults()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(named);
  }

  @Test
  void whatIsCarriedOutOtherwiseIsNoOtherTraining() {
    TrainingListener listener = new TrainingListener() {};
    TrainerConfig other =
        defaults()
            .loaderThreads(3)
            .checkpointEvery(7)
            .checkpointEvery(Duration.ZERO)
            .listener(listener)
            .build();
    assertThat(other.loaderThreads()).isEqualTo(3);
    assertThat(other.checkpointEpochs()).isEqualTo(7);
    assertThat(other.checkpointPeriod()).isZero();
    assertThat(other.listeners()).containsExactly(listener);
    assertThat(other).hasToString(defaults().build().toString());
    assertThat(defaults().seed(1).build().toString()).isNotEqualTo(other.toString());
  }

  @Test
  void aBuilderUsedAgainLeavesWhatItBuiltAlone() {
    List<TrainerConfig> built = new ArrayList<>();
    TrainerConfig.Builder builder = defaults().epochs(2);
    built.add(builder.build());
    built.add(builder.epochs(3).listener(new TrainingListener() {}).build());
    assertThat(built.get(0).epochs()).isEqualTo(2);
    assertThat(built.get(0).listeners()).isEmpty();
  }
}
