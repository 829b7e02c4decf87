package io.github.nnunet4j.samples;

import io.github.nnunet4j.Experiment;
import io.github.nnunet4j.dataset.Dataset;
import io.github.nnunet4j.dataset.Fold;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.evaluate.Summary;
import io.github.nnunet4j.evaluate.SummaryJson;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Grid;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.plan.Configuration;
import io.github.nnunet4j.plan.Plan;
import io.github.nnunet4j.plan.PlanCodec;
import io.github.nnunet4j.plan.Pooling;
import io.github.nnunet4j.plan.TopologyRules;
import io.github.nnunet4j.train.TrainerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Editing a plan: roads in aerial pictures are planned, then trained with smaller patches and
 * larger batches, and the variants are compared by their cross-validation.
 */
public final class EditingAPlan {
  private EditingAPlan() {}

  /** Pictures of three channels, 0 to 255: green land with grey roads, which are to be found. */
  public static Dataset roads(int pictures, int edge) {
    Dataset.Builder builder =
        Dataset.builder("Dataset120_Roads").channels("R", "G", "B").labels(Labels.of("road"));
    for (int i = 0; i < pictures; i++) {
      Grid grid = Grid.of(Extent.of(1, edge, edge), Spacing.millimetres(999, 1, 1));
      LabelMap roads = roads(grid, new SplittableRandom(i));
      builder.add("picture_" + i, picture(roads, new SplittableRandom(-i)), roads);
    }
    return builder.build();
  }

  private static LabelMap roads(Grid grid, SplittableRandom random) {
    int edge = grid.extent().get(1);
    short[] labels = new short[edge * edge];
    for (int road = 0; road < 4; road++) {
      double angle = random.nextDouble(Math.PI);
      double offset = random.nextDouble(-0.3, 0.3) * edge;
      double width = edge / 40.0 + 1;
      for (int i = 0; i < labels.length; i++) {
        int row = i / edge;
        double y = row - edge / 2.0;
        double x = i % edge - edge / 2.0;
        if (Math.abs(y * Math.cos(angle) + x * Math.sin(angle) - offset) < width) {
          labels[i] = 1;
        }
      }
    }
    return LabelMap.wrap(grid, labels);
  }

  private static Volume picture(LabelMap roads, SplittableRandom random) {
    float[][] land = {{60, 110, 50}, {130, 128, 125}};
    short[] truth = roads.unsafeArray();
    float[][] colours = new float[3][truth.length];
    for (int i = 0; i < truth.length; i++) {
      double light = random.nextDouble(0.6, 1.2);
      for (int c = 0; c < 3; c++) {
        colours[c][i] = (float) Math.rint(light * land[truth[i]][c]);
      }
    }
    return Volume.wrap(roads.grid(), colours);
  }

  /** The planned configuration and two more, of smaller patches and larger batches. */
  public static Plan variants(Plan plan) {
    return plan.inheriting("2d_512", "2d", c -> square(c, plan, 512).batchSize(12))
        .inheriting("2d_256", "2d", c -> square(c, plan, 256).batchSize(60));
  }

  /** A square patch, and the network that pools it as the planner would. */
  public static Configuration.Builder square(Configuration.Builder c, Plan plan, int edge) {
    Spacing spacing = plan.configuration("2d").recipe().targetSpacing();
    Pooling pooling = Pooling.of(spacing, edge, edge);
    return c.patch(pooling.patch()).topology(TopologyRules.plain().fit(pooling));
  }

  /** Trains all folds of each configuration; all of them share the prepared pictures. */
  public static Map<String, Double> compare(
      Experiment experiment,
      List<String> configurations,
      int folds,
      UnaryOperator<TrainerConfig.Builder> training,
      Path runs)
      throws IOException {
    Map<String, Double> dice = new LinkedHashMap<>();
    for (String name : configurations) {
      Experiment variant =
          experiment.withConfiguration(name).withPreparedData(runs.resolve("prepared"));
      List<Summary.CaseScores> cases = new ArrayList<>();
      for (int fold = 0; fold < folds; fold++) {
        Path run = runs.resolve(name);
        variant.withFold(Fold.of(fold)).train(training, run);
        Path summary = run.resolve("fold_" + fold).resolve("validation/summary.json");
        cases.addAll(SummaryJson.read(summary).cases());
      }
      dice.put(name, Summary.of(cases).foregroundMean().dice());
    }
    return dice;
  }

  /** Edits that break a rule, and the answers. */
  public static Map<String, String> mistakes(Plan plan) {
    Map<String, String> answers = new LinkedHashMap<>();
    Map<String, UnaryOperator<Plan>> edits = new LinkedHashMap<>();
    edits.put(
        "a patch that the network cannot pool",
        p -> p.with("2d", c -> c.patch(Extent.of(500, 512))));
    edits.put("a patch of three axes", p -> p.with("2d", c -> c.patch(Extent.of(64, 64, 64))));
    edits.put(
        "a spacing of three axes",
        p -> p.with("2d", c -> c.recipe(r -> r.targetSpacing(Spacing.millimetres(1, 1, 1)))));
    edits.put(
        "a normalization too few",
        p -> p.with("2d", c -> c.recipe(r -> r.channels(r.build().channels().subList(0, 2)))));
    edits.put(
        "a parent that is not there", p -> p.inheriting("2d_64", "2d_32", c -> c.batchSize(2)));
    edits.put("parents in a circle", p -> p.with("2d", c -> c.inheritsFrom("2d")));
    edits.put(
        "a previous stage that is not there", p -> p.with("2d", c -> c.previousStage("3d_lowres")));
    edits.put("another order of axes", p -> p.toBuilder().axisOrder(List.of(1, 0, 2)).build());
    edits.forEach((what, edit) -> answers.put(what, answer(() -> edit.apply(plan))));
    return answers;
  }

  /** The same for a file that is edited by hand: text to look for, text to put there. */
  public static Map<String, String> mistakesInAFile(Plan plan) {
    String json = PlanCodec.standard().encode(plan);
    String[][] edits = {
      {"no batch at all", "\"batch_size\": \\d+", "\"batch_size\": 0"},
      {"a spacing of zero", "\"spacing\": \\[\\s*1.0", "\"spacing\": [0.0"},
      {"a patch in quotes", "\"patch_size\": \\[[^]]*]", "\"patch_size\": \"512x512\""},
      {"a word that nobody knows", "\"ZScoreNormalization\"", "\"ZScoreNormalisation\""},
      {"a network that nobody knows", "\"dynamic_[a-z_.A-Z]*PlainConvUNet\"", "\"my.Net\""},
      {"a stride too few", "\"strides\": \\[\\s*\\[\\s*1,\\s*1\\s*],", "\"strides\": ["},
      {"an even kernel", "\"kernel_sizes\": \\[\\s*\\[\\s*3", "\"kernel_sizes\": [[4"},
      {"a misspelt key", "\"batch_dice\"", "\"batchdice\""},
      {"a comma too many", "\"batch_dice\": true", "\"batch_dice\": true,,"},
    };
    Map<String, String> answers = new LinkedHashMap<>();
    for (String[] edit : edits) {
      String edited = json.replaceFirst(edit[1], edit[2]);
      answers.put(edit[0], answer(() -> PlanCodec.standard().decode(edited)));
    }
    return answers;
  }

  private static String answer(Supplier<Plan> edit) {
    try {
      return "no mistake in " + edit.get().plansName();
    } catch (PlanException e) {
      return e.problems().get(0).toString();
    }
  }
}
