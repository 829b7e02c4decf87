package io.github.nnunet4j.bench;

import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.evaluate.Evaluation;
import io.github.nnunet4j.evaluate.Scores;
import io.github.nnunet4j.image.LabelMap;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Peer task {@code evaluate}, in memory: the scores of 2 or 30 labels in 300x512x512 voxels.
 * Arguments: number of labels (30), timed runs (5). Prints the first run, the median and all runs
 * in seconds.
 */
public final class EvaluateBench {
  private EvaluateBench() {}

  public static void main(String[] args) {
    int labels = args.length > 0 ? Integer.parseInt(args[0]) : 30;
    int runs = args.length > 1 ? Integer.parseInt(args[1]) : 5;
    LabelMap reference = SyntheticLabels.of(labels, 0, 0, 0);
    LabelMap prediction = SyntheticLabels.of(labels, -1, 1, 2);
    List<Region> targets = IntStream.rangeClosed(1, labels).mapToObj(Region::label).toList();
    Evaluation evaluation = Evaluation.of(targets, OptionalInt.empty());
    double[] seconds = new double[runs + 1];
    double dice = 0;
    for (int i = 0; i <= runs; i++) {
      long start = System.nanoTime();
      Scores scores = evaluation.compare(prediction, reference);
      seconds[i] = (System.nanoTime() - start) / 1e9;
      dice = scores.meanDice();
    }
    double[] timed = Arrays.copyOfRange(seconds, 1, seconds.length);
    Arrays.sort(timed);
    System.out.printf(
        "evaluate labels-%d: first %.4f s, median %.4f s, %s, mean Dice %.6f%n",
        labels, seconds[0], timed[timed.length / 2], Arrays.toString(timed), dice);
  }
}
