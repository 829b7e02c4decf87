package io.github.nnunet4j.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nnunet4j.dataset.Channel;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.fingerprint.IntensityStatistics;
import io.github.nnunet4j.image.Extent;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.plan.Planner;
import io.github.nnunet4j.plan.PlannerInput;
import io.github.nnunet4j.plan.Planners;
import io.github.nnunet4j.plan.V1Planners;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Milliseconds of planning, for every fingerprint of the reference's golden files and planners of
 * both versions: median and largest median over the fingerprints. Argument: the folder of the
 * golden files.
 */
public final class PlanBench {
  private static final int WARM = 3;
  private static final int RUNS = 7;

  private PlanBench() {}

  /** A fingerprint and what else a planner must know. */
  private record Task(String id, Fingerprint fingerprint, PlannerInput input) {}

  /**
   * Prints one line per planner.
   *
   * @param args folder of the golden files
   * @throws IOException if they cannot be read
   */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args.length > 0 ? args[0] : "src/test/resources/golden/planning");
    List<Task> tasks = new ArrayList<>();
    for (JsonNode input : Json.read(folder.resolve("v2_inputs.json")).get("cases")) {
      JsonNode print = input.get("fingerprint");
      tasks.add(
          task(
              "v2 " + input.get("id").asText(),
              print.get("shapes_after_crop"),
              print.get("spacings"),
              print.get("foreground_intensity_properties_per_channel").size(),
              input.get("dataset_json").get("labels").size() - 1));
    }
    for (JsonNode input : Json.read(folder.resolve("v1_inputs.json")).get("cases")) {
      JsonNode print = input.get("dataset_properties");
      tasks.add(
          task(
              "v1 " + input.get("id").asText(),
              print.get("all_sizes"),
              print.get("all_spacings"),
              print.get("modalities").size(),
              print.get("all_classes").size()));
    }
    planners().forEach((name, planner) -> measure(name, planner, tasks));
  }

  private static Map<String, Planner> planners() {
    Map<String, Planner> planners = new LinkedHashMap<>();
    planners.put("v2 standard", Planners.standard());
    planners.put("v2 ResEnc M", Planners.residualEncoderM());
    planners.put("v2 ResEnc L", Planners.residualEncoderL());
    planners.put("v2 ResEnc XL", Planners.residualEncoderXl());
    planners.put("v1 volumes", V1Planners.volumes());
    planners.put("v1 slices", V1Planners.slices());
    planners.put("v1 old volumes", V1Planners.oldVolumes());
    planners.put("v1 32 GB", V1Planners.volumes32Gb());
    planners.put("v1 residual", V1Planners.residual());
    planners.put("v1 isotropic in voxels", V1Planners.isotropicVoxels());
    return planners;
  }

  private static Task task(
      String id, JsonNode extents, JsonNode spacings, int channels, int classes) {
    List<Extent> sizes = new ArrayList<>();
    extents.forEach(e -> sizes.add(Extent.of(3, a -> e.get(a).asInt())));
    List<Spacing> distances = new ArrayList<>();
    spacings.forEach(s -> distances.add(Spacing.millimetres(3, a -> s.get(a).asDouble())));
    String[] names = new String[classes];
    Arrays.setAll(names, i -> "class " + i);
    return new Task(
        id,
        new Fingerprint(
            sizes,
            distances,
            Collections.nCopies(channels, IntensityStatistics.builder().build()),
            1),
        new PlannerInput(
            id,
            Collections.nCopies(channels, new Channel("MRI")),
            Labels.of(names),
            sizes.size(),
            "SimpleITKIO"));
  }

  private static void measure(String name, Planner planner, List<Task> tasks) {
    double[] medians = new double[tasks.size()];
    int slowest = 0;
    for (int t = 0; t < medians.length; t++) {
      medians[t] = median(planner, tasks.get(t));
      slowest = medians[t] > medians[slowest] ? t : slowest;
    }
    double[] sorted = medians.clone();
    Arrays.sort(sorted);
    System.out.printf(
        Locale.ROOT,
        "%-24s median %.3f ms, slowest %.3f ms (%s)%n",
        name,
        sorted[sorted.length / 2],
        medians[slowest],
        tasks.get(slowest).id());
  }

  private static double median(Planner planner, Task task) {
    double[] milliseconds = new double[RUNS];
    for (int run = -WARM; run < RUNS; run++) {
      long start = System.nanoTime();
      try {
        planner.plan(task.fingerprint(), task.input());
      } catch (PlanException e) {
        // a planner that refuses an input takes its time, too
        continue;
      }
      if (run >= 0) {
        milliseconds[run] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(milliseconds);
    return milliseconds[RUNS / 2];
  }
}
