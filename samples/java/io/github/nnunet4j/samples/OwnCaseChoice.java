package io.github.nnunet4j.samples;

import io.github.nnunet4j.train.CaseChoice;
import io.github.nnunet4j.train.Oversampling;
import io.github.nnunet4j.train.PatchSampler;
import io.github.nnunet4j.train.PatchSamplers;
import io.github.nnunet4j.train.PatchWindow;
import io.github.nnunet4j.train.TrainingCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A choice of cases of one's own: every hospital equally often, however few cases it has, so that a
 * network does not learn the largest hospital's scanner alone.
 *
 * @param hospitals by case id; those without one make up one more
 */
public record OwnCaseChoice(Map<String, String> hospitals) implements CaseChoice {
  /** Copies, as every strategy is a value. */
  public OwnCaseChoice {
    hospitals = Map.copyOf(hospitals);
  }

  @Override
  public TrainingCase choose(List<? extends TrainingCase> cases, RandomGenerator random) {
    Map<String, List<TrainingCase>> groups = new TreeMap<>();
    for (TrainingCase one : cases) {
      String hospital = hospitals.getOrDefault(one.id(), "");
      groups.computeIfAbsent(hospital, name -> new ArrayList<>()).add(one);
    }
    List<List<TrainingCase>> all = List.copyOf(groups.values());
    List<TrainingCase> group = all.get(random.nextInt(all.size()));
    return group.get(random.nextInt(group.size()));
  }

  /** Every second sample of a batch shows foreground, the first one anything. */
  public record EverySecond() implements Oversampling {
    @Override
    public boolean forced(int index, int batchSize, RandomGenerator random) {
      return index % 2 == 1;
    }
  }

  /** Both in the library's sampler, for {@code t.samplerFor(choice::sampler)}. */
  public PatchSampler sampler(PatchWindow window) {
    return PatchSamplers.of(window, new EverySecond(), this);
  }
}
