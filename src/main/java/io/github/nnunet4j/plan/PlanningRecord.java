package io.github.nnunet4j.plan;

import static io.github.nnunet4j.plan.PlanText.say;
import static io.github.nnunet4j.plan.PlanText.sizes;

import io.github.nnunet4j.fingerprint.Fingerprint;
import io.github.nnunet4j.image.Spacing;
import io.github.nnunet4j.plan.PlanReason.About;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes down what a planner decides, and makes sentences of what led to the final plan. */
final class PlanningRecord implements PlanningTrace {
  private final Planner planner;
  private final Fingerprint fingerprint;
  private final Map<String, Attempt> attempts = new HashMap<>();
  private final List<StagePlan> coarser = new ArrayList<>();
  private @Nullable SpacingReasons spacing;
  private @Nullable StagePlan full;
  private Optional<StagePlan> low = Optional.empty();
  private List<Configuration> planned = List.of();

  /** One search of a patch; of a low resolution search only the last one counts. */
  private static final class Attempt {
    final List<PatchReasons.Step> steps = new ArrayList<>();
    final List<String> measured = new ArrayList<>();
    OptionalInt batch = OptionalInt.empty();
    @Nullable MemoryUse use;
  }

  PlanningRecord(Planner planner, Fingerprint fingerprint) {
    this.planner = planner;
    this.fingerprint = fingerprint;
  }

  private PlannerRules rules() {
    return planner.rules();
  }

  @Override
  public void target(Spacing target, List<Integer> order, MedianSize size) {
    spacing = new SpacingReasons(rules(), fingerprint, target, order);
  }

  private Attempt attempt(String configuration) {
    Attempt attempt = attempts.get(configuration);
    if (attempt == null || attempt.batch.isPresent()) {
      attempt = new Attempt();
      attempts.put(configuration, attempt);
    }
    return attempt;
  }

  @Override
  public void candidate(
      String configuration, PatchCandidate candidate, MemoryUse use, boolean fits) {
    attempt(configuration).steps.add(new PatchReasons.Step(candidate, use, fits, ""));
  }

  @Override
  public void shrunk(String configuration, int axis, int voxels) {
    List<PatchReasons.Step> steps = attempt(configuration).steps;
    if (!steps.isEmpty()) {
      PatchReasons.Step last = steps.remove(steps.size() - 1);
      steps.add(last.then(say("axis %d becomes %d shorter", axis, voxels)));
    }
  }

  @Override
  public void measured(String configuration, int batch, long bytes, boolean fits) {
    attempt(configuration)
        .measured
        .add(
            say(
                "%d samples take %s of %s: %s",
                batch,
                PatchReasons.bytes((double) bytes),
                PlanText.memory((double) Objects.requireNonNull(rules().fit).bytes()),
                fits ? "fit" : "too many"));
  }

  @Override
  public void batch(String configuration, MemoryUse use, int batch) {
    Attempt attempt = attempts.computeIfAbsent(configuration, name -> new Attempt());
    attempt.use = use;
    attempt.batch = OptionalInt.of(batch);
  }

  @Override
  public void coarser(StagePlan stage) {
    coarser.add(stage);
  }

  @Override
  public void lowResolution(StagePlan fine, Optional<StagePlan> kept) {
    full = fine;
    low = kept;
  }

  @Override
  public void planned(List<Configuration> configurations) {
    planned = configurations;
  }

  /** The plan with its origin; what a revision changed shows beside what was planned. */
  Plan sign(Plan plan) {
    List<PlanReason> reasons = new ArrayList<>();
    for (Configuration c : planned) {
      Attempt attempt = attempts.get(c.name());
      if (attempt != null && c.inheritsFrom().isEmpty()) {
        for (About about : About.values()) {
          List<String> because = because(c, about, attempt);
          if (!because.isEmpty()) {
            reasons.add(new PlanReason(c.name(), about, about.value(c), because));
          }
        }
      }
    }
    return plan.toBuilder()
        .origin(new PlanOrigin(planner.toString(), PlanOrigin.digest(fingerprint), reasons))
        .build();
  }

  private List<String> because(Configuration c, About about, Attempt attempt) {
    return switch (about) {
      case SPACING ->
          c.name().equals(Planning.LOW)
              ? lowResolution()
              : Objects.requireNonNull(spacing).of(c.isTwoDimensional());
      case STAGES -> stages(c);
      case PATCH -> PatchReasons.patch(rules(), c, attempt.steps);
      case NETWORK -> PatchReasons.network(rules(), attempt.steps);
      case BATCH ->
          PatchReasons.batch(rules(), Objects.requireNonNull(attempt.use), attempt.measured);
    };
  }

  private List<String> stages(Configuration c) {
    StagePlan fine = full;
    if (fine == null || !c.name().equals(Planning.FULL)) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        say(
            "a patch sees %s of the median case (%s)",
            PlanText.percent(fine.seen()), PlanText.rule(rules().lowResolution)));
    if (low.isPresent()) {
      lines.add("so there is " + Planning.LOW);
    } else if (coarser.isEmpty()) {
      lines.add("so there is no " + Planning.LOW);
    } else {
      StagePlan last = coarser.get(coarser.size() - 1);
      lines.add(
          say(
              "%d coarser spacings were tried, up to %s mm, where a patch sees %s; the median case"
                  + " has only %s times fewer voxels there, so there is no %s",
              coarser.size(),
              sizes(last.spacing().toArray()),
              PlanText.percent(last.seen()),
              gain(fine, last),
              Planning.LOW));
    }
    return lines;
  }

  private List<String> lowResolution() {
    StagePlan fine = Objects.requireNonNull(full);
    StagePlan kept = low.orElseThrow();
    return List.of(
        say(
            "a patch of %s sees %s of the median case",
            Planning.FULL, PlanText.percent(fine.seen())),
        say(
            "%d steps from %s mm until it sees %s (%s)",
            coarser.size(),
            sizes(fine.spacing().toArray()),
            PlanText.percent(kept.seen()),
            PlanText.rule(rules().lowResolution)),
        say(
            "the median case has %s times fewer voxels: %s in place of %s",
            gain(fine, kept), sizes(kept.size().planned()), sizes(fine.size().planned())));
  }

  private static String gain(StagePlan fine, StagePlan coarse) {
    return PlanText.number(
        MedianSize.product(fine.size().exact()) / MedianSize.product(coarse.size().exact()));
  }
}
