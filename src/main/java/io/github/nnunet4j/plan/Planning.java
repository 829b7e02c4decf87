package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Percentiles;
import io.github.nnunet4j.plan.MeasuredSearch.Choice;
import io.github.nnunet4j.plan.PatchSearch.Estimated;
import io.github.nnunet4j.plan.PatchSearch.Found;
import io.github.nnunet4j.plan.PatchSearch.Target;
import io.github.nnunet4j.plan.PatchSearch.Wanted;
import io.github.nnunet4j.preprocess.IntensityNormalization;
import io.github.nnunet4j.preprocess.Recipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of a planner ({@code plan_experiment}). */
final class Planning {
  static final String FLAT = "2d";
  static final String LOW = "3d_lowres";
  static final String FULL = "3d_fullres";
  static final String CASCADE = "3d_cascade_fullres";

  private final PlannerRules rules;
  private final Fingerprint fingerprint;
  private final PlannerInput input;
  private final PlanningTrace trace;
  private final @Nullable MeasuredSearch measured;
  private final Map<Wanted, Estimated> estimates = new HashMap<>();
  private final Spacing target;
  private final List<Integer> order;
  private final MedianSize size;

  Planning(Planner planner, Fingerprint fingerprint, PlannerInput input, PlanningTrace trace) {
    input.requireFits(fingerprint);
    rules = planner.rules();
    this.fingerprint = fingerprint;
    this.input = input;
    this.trace = trace;
    measured = rules.fit == null ? null : new MeasuredSearch(rules.fit, rules, input, trace);
    Spacing original = spacing();
    order = order(original);
    target = Spacing.millimetres(3, a -> original.get(order.get(a)));
    size = rules.size.median(fingerprint, original).permuted(order);
    trace.target(original, order, size);
  }

  private Spacing spacing() {
    Spacing spacing = rules.spacing.target(fingerprint);
    if (spacing.rank() != 3) {
      throw new PlanException(
          new Problem(
              "rule of the target spacing",
              "three axes",
              spacing + " mm",
              "Correct the rule; images of two dimensions have one slice."));
    }
    return spacing;
  }

  private List<Integer> order(Spacing original) {
    List<Integer> axes = List.copyOf(rules.transpose.order(original));
    if (axes.size() != 3 || !axes.containsAll(List.of(0, 1, 2))) {
      throw new PlanException(
          new Problem(
              "rule of the transposition",
              "a permutation of 0, 1, 2",
              axes.toString(),
              "Correct the rule, or take TransposeRules.none()."));
    }
    return axes;
  }

  Plan plan() {
    List<Configuration> configurations = new ArrayList<>();
    if (rules.rank.plans(2, size)) {
      configurations.add(slices());
    }
    if (rules.rank.plans(3, size)) {
      configurations.addAll(volumes());
    }
    if (configurations.isEmpty()) {
      throw new PlanException(
          new Problem(
              "rule of the ranks", "2, 3 or both", "neither", "Take RankRules.standard()."));
    }
    Plan plan =
        Plan.builder(input.name())
            .plansName(rules.plansName)
            .originalMedianSpacing(medianSpacing())
            .originalMedianExtent(medianExtent())
            .imageReaderWriter(input.imageReaderWriter())
            .axisOrder(order)
            .configurations(configurations)
            .experimentPlanner(rules.word)
            .intensities(fingerprint.intensities())
            .build();
    trace.planned(plan.configurations());
    return rules.revision.revise(plan);
  }

  private Spacing medianSpacing() {
    return Spacing.millimetres(
        3,
        a ->
            Percentiles.median(
                fingerprint.spacings().stream().mapToDouble(s -> s.get(order.get(a))).toArray()));
  }

  private Extent medianExtent() {
    return Extent.of(
        3,
        a ->
            (int)
                Math.rint(
                    Percentiles.median(
                        fingerprint.extents().stream()
                            .mapToDouble(e -> e.get(order.get(a)))
                            .toArray())));
  }

  private Configuration slices() {
    List<Double> plane = size.planned().subList(1, 3);
    Spacing spacing = Spacing.millimetres(target.get(1), target.get(2));
    return configuration(new Target(FLAT, spacing, plane, size.voxels() * input.cases()))
        .batchDice(rules.batchDice.batchDice(FLAT, false))
        .build();
  }

  /** Full resolution, and low resolution with a cascade where the rules want it. */
  private List<Configuration> volumes() {
    StagePlan full = stage(FULL, target, size);
    Optional<StagePlan> low = rules.lowResolution.find(new StageSearch(full, this::coarser));
    trace.lowResolution(full, low);
    Configuration fine =
        full.configuration().toBuilder()
            .batchDice(rules.batchDice.batchDice(FULL, low.isPresent()))
            .build();
    if (low.isEmpty()) {
      return List.of(fine);
    }
    boolean cascade = rules.cascade.follows(low.get(), full);
    Configuration coarse =
        low.get().configuration().toBuilder()
            .batchDice(rules.batchDice.batchDice(LOW, true))
            .nextStages(cascade ? List.of(CASCADE) : List.of())
            .build();
    return cascade
        ? List.of(
            coarse,
            fine,
            fine.toBuilder().name(CASCADE).inheritsFrom(FULL).previousStage(LOW).build())
        : List.of(coarse, fine);
  }

  private StagePlan coarser(Spacing spacing) {
    StagePlan stage = stage(LOW, spacing, size.on(target, spacing));
    trace.coarser(stage);
    return stage;
  }

  private StagePlan stage(String name, Spacing spacing, MedianSize median) {
    Target wanted = new Target(name, spacing, median.planned(), median.voxels() * input.cases());
    return new StagePlan(spacing, median, configuration(wanted).build());
  }

  private Configuration.Builder configuration(Target wanted) {
    PatchSearch search = new PatchSearch(rules, wanted, this::estimate, trace);
    Choice choice =
        measured == null
            ? choice(search.find())
            : measured.choose(
                search.all(), (found, batch) -> configuration(wanted, found, batch).build());
    trace.batch(wanted.configuration(), choice.found().use(), choice.batch());
    return configuration(wanted, choice.found(), choice.batch());
  }

  private Choice choice(Found found) {
    return new Choice(found, rules.batch.batch(found.use()));
  }

  private Configuration.Builder configuration(Target wanted, Found found, int batch) {
    return Configuration.builder(wanted.configuration())
        .dataIdentifier(rules.identifier(wanted.configuration()))
        .preprocessor(rules.preprocessor)
        .batchSize(batch)
        .patch(found.use().patch())
        .medianSize(wanted.median())
        .recipe(recipe(wanted.spacing()))
        .topology(found.candidate().topology());
  }

  /** A low resolution search asks the same again and again. */
  private Estimated estimate(Wanted wanted) {
    return estimates.computeIfAbsent(
        wanted,
        w -> {
          PatchCandidate candidate =
              new PatchCandidate(w.pooling(), rules.topology, w.patch(), w.first(), input);
          return new Estimated(candidate, rules.estimate.values(candidate));
        });
  }

  private Recipe recipe(Spacing spacing) {
    List<Recipe.ChannelRecipe> channels = new ArrayList<>();
    for (int c = 0; c < input.channels().size(); c++) {
      IntensityNormalization normalization = rules.normalization.choose(input.channels().get(c));
      boolean mask = rules.mask.useMask(input.channels().get(c), normalization, fingerprint);
      channels.add(new Recipe.ChannelRecipe(normalization, mask, fingerprint.intensities().get(c)));
    }
    Recipe recipe =
        Recipe.builder()
            .axisOrder(order)
            .targetSpacing(spacing)
            .channels(channels)
            .imageResampling(rules.resampling.images())
            .labelResampling(rules.resampling.labels())
            .probabilityResampling(rules.resampling.probabilities())
            .build();
    return rules.recipe.revise(recipe);
  }
}
