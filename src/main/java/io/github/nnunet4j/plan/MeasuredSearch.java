package io.github.nnunet4j.plan;

import io.github.nnunet4j.error.PlanException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.plan.PatchSearch.Found;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * Chooses patch and batch by measured bytes in place of estimates. The patches are those that the
 * search would try; which of them is accepted the priority rule says of the bytes of two samples,
 * and the batch grows to what fits, within what the batch rule would give without end of memory.
 * Lives as long as one run of a planner, and measures nothing twice.
 */
final class MeasuredSearch {
  private static final MemoryRule.Reference ENDLESS =
      new MemoryRule.Reference(1e300, MeasuredFit.SAMPLES);

  private final MeasuredFit fit;
  private final PlannerRules rules;
  private final PlannerInput input;
  private final PlanningTrace trace;
  private final Map<List<Object>, Long> known = new HashMap<>();

  /** A patch, the cost of two samples of it, and how many fit. */
  record Choice(Found found, int batch) {}

  MeasuredSearch(MeasuredFit fit, PlannerRules rules, PlannerInput input, PlanningTrace trace) {
    this.fit = fit;
    this.rules = rules;
    this.input = input;
    this.trace = trace;
  }

  /**
   * Chooses for one configuration.
   *
   * @param patches that may be chosen, from the largest to the smallest
   * @param candidate the configuration of a patch and a batch size
   */
  Choice choose(List<Found> patches, BiFunction<Found, Integer, Configuration> candidate) {
    List<Found> growing = new ArrayList<>(patches);
    Collections.reverse(growing);
    LargestFit search =
        new LargestFit(
            growing.size(),
            i -> (double) growing.get(i).use().patch().voxels(),
            i -> bytes(candidate.apply(growing.get(i), MeasuredFit.SAMPLES)),
            (i, taken) -> accepted(growing.get(i), taken, candidate));
    OptionalInt patch = search.find(fit.bytes());
    if (patch.isEmpty()) {
      throw tooSmall(candidate.apply(growing.get(0), MeasuredFit.SAMPLES));
    }
    Found found = growing.get(patch.getAsInt());
    long taken = bytes(candidate.apply(found, MeasuredFit.SAMPLES));
    Found measured = new Found(found.candidate(), use(found, taken));
    return new Choice(measured, batch(measured, candidate));
  }

  private boolean accepted(
      Found found, long taken, BiFunction<Found, Integer, Configuration> candidate) {
    MemoryUse use = use(found, taken);
    boolean fits = rules.priority.fits(use);
    String name = candidate.apply(found, MeasuredFit.SAMPLES).name();
    trace.candidate(name, found.candidate(), use, fits);
    return fits;
  }

  private MemoryUse use(Found found, long taken) {
    MemoryUse estimated = found.use();
    return new MemoryUse(
        (double) taken, fit.reference(), estimated.patch(), estimated.datasetVoxels());
  }

  private long bytes(Configuration candidate) {
    List<Object> key = List.of(candidate.patch(), candidate.batchSize(), candidate.topology());
    Long bytes = known.get(key);
    if (bytes == null) {
      bytes = fit.meter().bytes(candidate, input);
      known.put(key, bytes);
    }
    return bytes;
  }

  private int batch(Found found, BiFunction<Found, Integer, Configuration> candidate) {
    MemoryUse use = found.use();
    int most =
        rules.batch.batch(new MemoryUse(use.estimate(), ENDLESS, use.patch(), use.datasetVoxels()));
    int least = Math.min(MeasuredFit.SAMPLES, most);
    String name = candidate.apply(found, least).name();
    LargestFit search =
        new LargestFit(
            most - least + 1,
            i -> least + i,
            i -> bytes(candidate.apply(found, least + i)),
            (i, taken) -> {
              boolean fits = taken <= fit.bytes();
              trace.measured(name, least + i, taken, fits);
              return fits;
            });
    OptionalInt more = search.find(fit.bytes());
    if (more.isEmpty()) {
      throw tooSmall(candidate.apply(found, least));
    }
    return least + more.getAsInt();
  }

  private PlanException tooSmall(Configuration smallest) {
    long taken = bytes(smallest);
    String needs = taken == MemoryMeter.DOES_NOT_FIT ? "more than there is" : taken + " bytes";
    return new PlanException(
        new Problem(
            "configuration " + smallest.name() + ", fitToMemory",
            "room for the smallest patch, "
                + needs
                + " for "
                + smallest.batchSize()
                + " of "
                + smallest.patch(),
            fit.bytes() + " bytes",
            "Give it that many bytes, or plan a smaller network."));
  }
}
