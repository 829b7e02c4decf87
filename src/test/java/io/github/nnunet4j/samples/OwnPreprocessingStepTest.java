package io.github.nnunet4j.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.Preprocessor;
import io.github.nnunet4j.preprocess.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnPreprocessingStepTest {
  private static Plan plan() throws IOException {
    Path file = Path.of("src/test/resources/golden/planning/v2_plans.json");
    return PlanCodec.standard().decode(Json.text(Json.read(file).get("cases").get(0).get("plans")));
  }

  @Test
  void theStepComesFirstAndThePlanRemembersIt() throws IOException {
    Plan plan = OwnPreprocessingStep.in(plan());
    String text = OwnPreprocessingStep.CODEC.encode(plan);
    assertThat(OwnPreprocessingStep.CODEC.decode(text)).isEqualTo(plan);
    assertThatThrownBy(() -> PlanCodec.standard().decode(text))
        .isInstanceOf(PlanException.class)
        .hasMessageContaining("\"log/1\"");
    Configuration full = plan.configuration("3d_fullres");
    Recipe recipe =
        full.recipe().toBuilder()
            .axisOrder(List.of(0, 1, 2))
            .normalization(0, IntensityNormalizations.none())
            .build();
    Grid grid = Grid.of(2, 2, 2).withSpacing(recipe.targetSpacing());
    Volume image = Volume.wrap(grid, new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    Volume prepared = Preprocessor.of(recipe).prepare("one", image).image();
    for (int i = 0; i < 8; i++) {
      assertThat((double) prepared.unsafeArray(0)[i]).isCloseTo(Math.log1p(i + 1), offset(1e-6));
    }
  }
}
