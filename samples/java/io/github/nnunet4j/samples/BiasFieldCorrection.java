package io.github.nnunet4j.samples;

import io.github.nnunet4j.NnUNet;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.StrategyCodec;
import io.github.nnunet4j.preprocess.ForegroundRules;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.N4BiasField;
import io.github.nnunet4j.preprocess.Prepared;
import io.github.nnunet4j.preprocess.Preprocessor;
import java.io.IOException;
import java.nio.file.Path;

/** Magnetic resonance images without the field of the coils: N4 before the z-score. */
public final class BiasFieldCorrection {
  /** Estimated on every second voxel of the tissue, which is enough for so smooth a field. */
  public static final N4BiasField N4 =
      N4BiasField.builder()
          .maximumIterations(50, 50, 30)
          .shrinkFactor(2)
          .foreground(ForegroundRules.otsu())
          .build();

  /** What is done to a channel; prints and compares by the settings. */
  public static final IntensityNormalization MRI =
      N4.normalization().then(IntensityNormalizations.zScore());

  /** Saves and reads plans with it. */
  public static final PlanCodec CODEC =
      PlanCodec.standard()
          .withIntensityNormalization(StrategyCodec.constant("n4-otsu-zscore/1", MRI));

  private BiasFieldCorrection() {}

  /** The plan with the first channel of every configuration corrected and normalized. */
  public static Plan in(Plan plan) {
    Plan changed = plan;
    for (String name : plan.names()) {
      changed = changed.with(name, c -> c.recipe(r -> r.normalization(0, MRI)));
    }
    return changed;
  }

  /** Plans a raw folder and prepares its first case, as training and prediction will do. */
  public static Prepared firstCase(Path raw) throws IOException {
    Dataset dataset = Dataset.open(raw);
    Plan plan = in(NnUNet.plan(dataset).plan());
    return Preprocessor.of(plan.configuration("3d_fullres").recipe())
        .prepare(dataset.cases().get(0), dataset.labels());
  }
}
