package io.github.nnunet4j.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class PredictorConfigTest {
  @Test
  void hasTheDefaultsOfTheReference() {
    PredictorConfig config = PredictorConfig.defaults();
    assertThat(config.tileStep()).isEqualTo(0.5);
    assertThat(config.tileWeight()).isEqualTo(TileWeights.gaussian());
    assertThat(config.mirroring()).isEqualTo(Mirroring.all());
    assertThat(config.batchSize()).isEqualTo(1);
    assertThat(config.threads()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(config.device()).isEmpty();
  }

  @Test
  void changesOneThingAtATime() {
    PredictorConfig config =
        PredictorConfig.defaults()
            .withTileStep(0.75)
            .withTileWeight(TileWeights.uniform())
            .withMirroring(Mirroring.none())
            .withBatchSize(4)
            .withThreads(1)
            .withDevice(Device.cpu());
    assertThat(config.tileStep()).isEqualTo(0.75);
    assertThat(config.tileWeight()).isEqualTo(TileWeights.uniform());
    assertThat(config.mirroring()).isEqualTo(Mirroring.none());
    assertThat(config.batchSize()).isEqualTo(4);
    assertThat(config.threads()).isEqualTo(1);
    assertThat(config.device()).contains(Device.cpu());
    assertThat(config).isEqualTo(config.withThreads(1)).isNotEqualTo(config.withThreads(2));
    assertThat(config).hasSameHashCodeAs(config.withThreads(1));
    assertThat(config.toString()).contains("0.75", "Uniform");
  }

  @Test
  void refusesImpossibleValues() {
    PredictorConfig config = PredictorConfig.defaults();
    assertThatIllegalArgumentException().isThrownBy(() -> config.withTileStep(0));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withTileStep(1.5));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withBatchSize(0));
    assertThatIllegalArgumentException().isThrownBy(() -> config.withThreads(0));
  }
}
