package io.github.nnunet4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.network.Weights;
import org.junit.jupiter.api.Test;

class TrainedModelWeightsTest {
  @Test
  void areThoseOfTheOnlyFold() {
    Dataset dataset = Phantoms.volumes(2);
    Weights weights = Weights.builder().put("a", new float[1], 1).build();
    TrainedModel.Builder builder =
        TrainedModel.builder()
            .plan(NnUNet.plan(dataset).plan())
            .configuration("2d")
            .dataset(dataset.description())
            .fold("0", weights);
    assertThat(builder.build().weights()).isEqualTo(weights);
    TrainedModel two = builder.fold("1", weights).build();
    assertThatThrownBy(two::weights)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected one fold, found the folds [0, 1]")
        .hasMessageContaining("model.folds().get(\"0\")");
  }
}
