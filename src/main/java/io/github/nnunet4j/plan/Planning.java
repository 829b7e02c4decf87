package io.github.nnunet4j.plan;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Percentiles;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.IntensityNormalizations;
import io.github.nnunet4j.preprocess.Recipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** One run of a planner (nnU-Net v2 {@code plan_experiment}). */
final class Planning {
  /** Below this part of the median case in a patch, a low resolution configuration is made. */
  private static final double LOW_RESOLUTION_THRESHOLD = 0.25;

  private static final double LOW_RESOLUTION_STEP = 1.03;

  /** A low resolution configuration must save at least this factor of voxels. */
  private static final double LOW_RESOLUTION_GAIN = 2;

  /** Below this median part of cropped voxels, z-scores are computed inside the nonzero region. */
  private static final double MASK_THRESHOLD = 0.75;

  private final Planner planner;
  private final Fingerprint fingerprint;
  private final PlannerInput input;
  private final Map<Pooling, Double> estimates = new HashMap<>();
  private final int[] order;

  Planning(Planner planner, Fingerprint fingerprint, PlannerInput input) {
    input.requireFits(fingerprint);
    this.planner = planner;
    this.fingerprint = fingerprint;
    this.input = input;
    order = order(planner.spacing().target(fingerprint));
  }

  private int[] order(Spacing target) {
    if (!planner.transposes()) {
      return new int[] {0, 1, 2};
    }
    int worst = SpacingRules.worst(target.toArray());
    return IntStream.concat(
            IntStream.of(worst), IntStream.range(0, 3).filter(axis -> axis != worst))
        .toArray();
  }

  Plan plan() {
    Spacing original = planner.spacing().target(fingerprint);
    double[] spacing = original.permuted(order).toArray();
    double[] median = permuted(medianExtent(original));
    double datasetVoxels = product(median) * input.cases();
    List<Configuration> configurations = new ArrayList<>();
    Configuration flat =
        configuration(
                "2d",
                Arrays.copyOfRange(spacing, 1, 3),
                Arrays.copyOfRange(median, 1, 3),
                datasetVoxels)
            .batchDice(true)
            .build();
    configurations.add(flat);
    if (median[0] != 1) {
      volumes(spacing, median, datasetVoxels, configurations);
    }
    return Plan.builder(input.name())
        .plansName(planner.plansName())
        .originalMedianSpacing(
            Spacing.millimetres(
                3, a -> median(fingerprint.spacings().stream().map(s -> s.get(order[a])).toList())))
        .originalMedianExtent(
            Extent.of(
                3,
                a ->
                    (int)
                        Math.rint(
                            median(
                                fingerprint.extents().stream()
                                    .map(e -> (double) e.get(order[a]))
                                    .toList()))))
        .imageReaderWriter(input.imageReaderWriter())
        .axisOrder(Arrays.stream(order).boxed().toList())
        .configurations(configurations)
        .experimentPlanner(planner.word())
        .intensities(fingerprint.intensities())
        .build();
  }

  /** Full resolution, and low resolution with a cascade where a patch sees too little of a case. */
  private void volumes(
      double[] spacing, double[] median, double datasetVoxels, List<Configuration> out) {
    Configuration.Builder full = configuration("3d_fullres", spacing, median, datasetVoxels);
    Configuration fine = full.build();
    Configuration.Builder low = null;
    double medianVoxels = product(median);
    double patchVoxels = (double) fine.patch().voxels();
    double[] coarse = spacing.clone();
    while (patchVoxels / medianVoxels < LOW_RESOLUTION_THRESHOLD) {
      coarsen(coarse);
      double[] size = new double[3];
      for (int a = 0; a < 3; a++) {
        size[a] = spacing[a] / coarse[a] * median[a];
      }
      medianVoxels = product(size);
      double[] rounded = Arrays.stream(size).map(Math::rint).toArray();
      low = configuration("3d_lowres", coarse, rounded, medianVoxels * input.cases());
      patchVoxels = (double) low.build().patch().voxels();
    }
    if (low == null || product(median) / medianVoxels < LOW_RESOLUTION_GAIN) {
      out.add(full.batchDice(false).build());
      return;
    }
    out.add(low.batchDice(false).nextStages(List.of("3d_cascade_fullres")).build());
    Configuration parent = full.batchDice(true).build();
    out.add(parent);
    out.add(
        parent.toBuilder()
            .name("3d_cascade_fullres")
            .inheritsFrom("3d_fullres")
            .previousStage("3d_lowres")
            .build());
  }

  /** One step: axes of less than half the largest spacing first, then all. */
  private static void coarsen(double[] spacing) {
    double largest = Arrays.stream(spacing).max().orElseThrow();
    boolean[] fine = new boolean[3];
    boolean any = false;
    for (int a = 0; a < 3; a++) {
      fine[a] = largest / spacing[a] > 2;
      any |= fine[a];
    }
    for (int a = 0; a < 3; a++) {
      if (fine[a] || !any) {
        spacing[a] *= LOW_RESOLUTION_STEP;
      }
    }
  }

  private Configuration.Builder configuration(
      String name, double[] spacing, double[] median, double datasetVoxels) {
    Spacing target = Spacing.millimetres(spacing);
    int rank = target.rank();
    PatchSearch.Found found = new PatchSearch(planner, target, median, this::estimate).find(name);
    int batch =
        planner
            .memory()
            .batch(
                found.estimate(), (double) found.pooling().patch().voxels(), datasetVoxels, rank);
    return Configuration.builder(name)
        .dataIdentifier(planner.identifier(name))
        .preprocessor(planner.preprocessor())
        .batchSize(batch)
        .patch(found.pooling().patch())
        .medianSize(Arrays.stream(median).boxed().toList())
        .recipe(recipe(target))
        .topology(planner.topology().fit(found.pooling()));
  }

  private double estimate(Pooling pooling) {
    return estimates.computeIfAbsent(
        pooling,
        p ->
            (double)
                planner
                    .topology()
                    .fit(p)
                    .featureMapValues(
                        p.patch(), input.channels().size(), input.labels().declared().size()));
  }

  private Recipe recipe(Spacing target) {
    boolean cropped = fingerprint.medianRelativeSizeAfterCropping() < MASK_THRESHOLD;
    List<Recipe.ChannelRecipe> channels = new ArrayList<>();
    for (int c = 0; c < input.channels().size(); c++) {
      IntensityNormalization normalization =
          planner.normalization().choose(input.channels().get(c));
      boolean useMask = cropped && normalization.equals(IntensityNormalizations.zScore());
      channels.add(
          new Recipe.ChannelRecipe(normalization, useMask, fingerprint.intensities().get(c)));
    }
    ResamplingRule resampling = planner.resampling();
    return Recipe.builder()
        .axisOrder(Arrays.stream(order).boxed().toList())
        .targetSpacing(target)
        .channels(channels)
        .imageResampling(resampling.images())
        .labelResampling(resampling.labels())
        .probabilityResampling(resampling.probabilities())
        .build();
  }

  /** The median over the cases of their extents on the target spacing. */
  private double[] medianExtent(Spacing target) {
    double[] median = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      List<Double> sizes = new ArrayList<>();
      for (int i = 0; i < fingerprint.extents().size(); i++) {
        double ratio = fingerprint.spacings().get(i).get(axis) / target.get(axis);
        sizes.add(Math.rint(ratio * fingerprint.extents().get(i).get(axis)));
      }
      median[axis] = median(sizes);
    }
    return median;
  }

  private static double median(List<Double> values) {
    return Percentiles.median(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private double[] permuted(double[] values) {
    return Arrays.stream(order).mapToDouble(axis -> values[axis]).toArray();
  }

  private static double product(double[] values) {
    double product = 1;
    for (double value : values) {
      product *= value;
    }
    return product;
  }
}
