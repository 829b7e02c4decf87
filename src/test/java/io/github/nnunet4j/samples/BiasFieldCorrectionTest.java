package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.preprocess.Prepared;
import io.github.nnunet4j.preprocess.Preprocessor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class BiasFieldCorrectionTest {
  private static final Path RAW = Path.of("samples/data/Dataset004_Hippocampus");

  @Test
  void preparesACaseWithoutItsBiasField() throws IOException {
    Prepared prepared = BiasFieldCorrection.firstCase(RAW);
    Dataset dataset = Dataset.open(RAW);
    Plan plan = NnUNet.plan(dataset).plan();
    Volume plain =
        Preprocessor.of(plan.configuration("3d_fullres").recipe())
            .prepare(dataset.cases().get(0), dataset.labels())
            .image();
    float[] with = prepared.image().unsafeArray(0);
    float[] without = plain.unsafeArray(0);
    assertThat(prepared.image().grid()).isEqualTo(plain.grid());
    double mean = 0;
    double product = 0;
    double apart = 0;
    for (int i = 0; i < with.length; i++) {
      mean += with[i] / with.length;
      product += with[i] * without[i] / with.length;
      apart = Math.max(apart, Math.abs(with[i] - without[i]));
    }
    assertThat(mean).isCloseTo(0, within(0.01));
    assertThat(product).as("correlation of two z-scores").isBetween(0.9, 0.99999);
    assertThat(apart).isGreaterThan(0.05);
  }

  @Test
  void plansWithItCanBeSavedAndRead() throws IOException {
    Plan plan = BiasFieldCorrection.in(NnUNet.plan(Dataset.open(RAW)).plan());
    String json = BiasFieldCorrection.CODEC.encode(plan);
    assertThat(json).contains("n4-otsu-zscore/1");
    assertThat(BiasFieldCorrection.CODEC.decode(json)).isEqualTo(plan);
  }
}
