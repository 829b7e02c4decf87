package io.github.nnunet4j.train;

import ai.djl.ndarray.NDArray;
import io.github.nnunet4j.network.Weights;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** Strategies under a name, which is all that they print. */
final class Named {
  private Named() {}

  record Schedule(OptimizerSchedule schedule, String name) implements OptimizerSchedule {
    Schedule {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public Rates at(Progress progress) {
      return schedule.at(progress);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record UpdateRule(Optimizer optimizer, String name) implements Optimizer {
    UpdateRule {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public void update(NDArray weight, NDArray gradient, OptimizerState state, Rates rates) {
      optimizer.update(weight, gradient, state, rates);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record Sampler(PatchSampler sampler, String name) implements PatchSampler {
    Sampler {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public Patch choose(
        List<? extends TrainingCase> cases, SampleSlot slot, RandomGenerator random) {
      return sampler.choose(cases, slot, random);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record Stop(StoppingRule rule, String name) implements StoppingRule {
    Stop {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public boolean stops(Progress next, Rates rates) {
      return rule.stops(next, rates);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  record Volumes(VolumeValidation validation, String name) implements VolumeValidation {
    Volumes {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public List<Double> dice(Progress progress, Weights weights) {
      return validation.dice(progress, weights);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
