package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.Prepared;
import io.github.nnunet4j.preprocess.Preprocessor;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreprocessingOfYourOwnTest {
  private Dataset dataset;
  private Plan planned;

  @BeforeEach
  void plan() throws IOException {
    dataset = Dataset.open(Path.of("samples/data/Dataset004_Hippocampus"));
    planned = NnUNet.plan(dataset).plan();
  }

  private float[] firstCase(Plan plan) throws IOException {
    Prepared prepared =
        Preprocessor.of(plan.configuration("3d_fullres").recipe())
            .prepare(dataset.cases().get(0), dataset.labels());
    return prepared.image().unsafeArray(0);
  }

  @Test
  void bytesAreDividedBy255() throws IOException {
    float[] given = dataset.cases().get(0).image().toArray(0);
    float[] found = firstCase(PreprocessingOfYourOwn.bytes(planned));
    assertThat(found).hasSameSizeAs(given); // this set keeps its spacing
    for (int i = 0; i < given.length; i++) {
      assertThat(found[i]).isEqualTo(given[i] / 255);
    }
    PlanCodec standard = PlanCodec.standard();
    Plan bytes = PreprocessingOfYourOwn.bytes(planned);
    assertThat(standard.decode(standard.encode(bytes))).isEqualTo(bytes);
  }

  @Test
  void aWindowEndsAtItsBorders() throws IOException {
    float[] given = dataset.cases().get(0).image().toArray(0);
    Plan soft = PreprocessingOfYourOwn.softTissue(planned);
    float[] found = firstCase(soft);
    for (int i = 0; i < given.length; i++) {
      float expected = given[i] <= -160 ? 0 : given[i] >= 240 ? 1 : (given[i] + 160) / 400;
      assertThat(found[i]).isEqualTo(expected);
    }
    String json = PreprocessingOfYourOwn.CODEC.encode(soft);
    assertThat(PreprocessingOfYourOwn.CODEC.decode(json)).isEqualTo(soft);
    assertThatThrownBy(() -> PlanCodec.standard().decode(json))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("soft-tissue/1");
  }
}
