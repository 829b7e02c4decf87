package io.github.nnunet4j.samples.trainers;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.github.nnunet4j.loss.LossFunction;
import io.github.nnunet4j.loss.Prediction;
import io.github.nnunet4j.loss.Target;
import io.github.nnunet4j.train.Progress;
import io.github.nnunet4j.train.TrainerConfig;
import io.github.nnunet4j.train.TrainingListener;
import java.util.ArrayList;
import java.util.List;

/** Writes down the losses of a training and how many arrays are alive at each of them. */
final class Watch {
  private final List<Double> losses = new ArrayList<>();
  private final List<Integer> arrays = new ArrayList<>();
  private final List<Integer> alive = new ArrayList<>();

  /** The configuration, watched. */
  TrainerConfig over(TrainerConfig.Builder t) {
    LossFunction loss = t.build().loss();
    return t.loss(new Counting(loss, arrays)).listener(new Ear()).build();
  }

  private final class Ear implements TrainingListener {
    @Override
    public void iterationEnded(Progress progress, int iteration, double loss) {
      losses.add(loss);
      alive.add(arrays.get(arrays.size() - 1));
    }
  }

  /** Prints and counts as the loss within, so that nothing else sees a difference. */
  private record Counting(LossFunction loss, List<Integer> counts) implements LossFunction {
    @Override
    public NDArray evaluate(NDArray logits, Target target) {
      count(logits);
      return loss.evaluate(logits, target);
    }

    @Override
    public NDArray evaluate(Prediction prediction, Target target) {
      count(prediction.logits());
      return loss.evaluate(prediction, target);
    }

    @Override
    public LossFunction at(double progress) {
      return new Counting(loss.at(progress), counts);
    }

    private void count(NDArray logits) {
      int sum = 0;
      for (NDManager m = logits.getManager(); m != null; m = m.getParentManager()) {
        sum += m.getManagedArrays().size();
      }
      counts.add(sum);
    }

    @Override
    public String toString() {
      return loss.toString();
    }
  }

  /** The second epoch has at each step as many as its first step, and as the first epoch's last. */
  void requireNoArraysLeft(int iterations) {
    assertThat(alive).hasSize(2 * iterations);
    int usual = alive.get(iterations - 1);
    assertThat(usual).isPositive();
    assertThat(alive.subList(iterations, 2 * iterations)).containsOnly(usual);
  }

  /** The last epoch's mean loss is below that of the first steps. */
  void requireFallen(int iterations) {
    double first = mean(losses.subList(0, iterations / 2));
    double last = mean(losses.subList(losses.size() - iterations, losses.size()));
    assertThat(last).as("loss, from %s", first).isLessThan(first);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }
}
