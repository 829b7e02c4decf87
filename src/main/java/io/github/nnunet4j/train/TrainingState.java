package io.github.nnunet4j.train;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.nnunet4j.internal.Json;
import io.github.nnunet4j.internal.JsonView;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a training stands, apart from its arrays: the next iteration, what the current epoch has
 * come to so far, the finished epochs. All random streams follow from seed and place.
 */
final class TrainingState {
  private int epoch;
  private int iteration;
  private double lossSum;
  private double seconds;
  private double waiting;
  private double bestAverage = Double.NaN;
  private boolean stopped;
  private final List<EpochResult> history = new ArrayList<>();

  /** The current epoch, from 0; the number of epochs when all are done. */
  int epoch() {
    return epoch;
  }

  /** The next training iteration; the number of iterations when only validation is left. */
  int iteration() {
    return iteration;
  }

  List<EpochResult> history() {
    return List.copyOf(history);
  }

  /** Whether the training was ended before its last epoch. */
  boolean isStopped() {
    return stopped;
  }

  void stop() {
    stopped = true;
  }

  void add(double loss) {
    lossSum += loss;
    iteration++;
  }

  void spend(double moreSeconds, double moreWaiting) {
    seconds += moreSeconds;
    waiting += moreWaiting;
  }

  double meanLoss() {
    return lossSum / iteration;
  }

  EpochResult.Time time() {
    return new EpochResult.Time(seconds, waiting);
  }

  /** The moving average after the last finished epoch, NaN if there is none. */
  double movingAverage() {
    return history.isEmpty() ? Double.NaN : history.get(history.size() - 1).dice().movingAverage();
  }

  /** Closes the epoch; whether it is the best so far. */
  boolean finish(EpochResult result) {
    history.add(result);
    epoch++;
    iteration = 0;
    lossSum = 0;
    seconds = 0;
    waiting = 0;
    double average = result.dice().movingAverage();
    boolean best = Double.isNaN(bestAverage) ? !Double.isNaN(average) : average > bestAverage;
    if (best) {
      bestAverage = average;
    }
    return best;
  }

  ObjectNode toJson() {
    ObjectNode node = Json.object().put("epoch", epoch).put("iteration", iteration);
    node.put("loss_sum", lossSum).put("seconds", seconds).put("seconds_waiting", waiting);
    node.put("best_ema_fg_dice", bestAverage).put("stopped", stopped);
    ArrayNode epochs = node.putArray("history");
    history.forEach(result -> epochs.add(EpochLog.toJson(result)));
    return node;
  }

  static TrainingState fromJson(JsonView v) {
    TrainingState state = new TrainingState();
    state.epoch = v.get("epoch").integer();
    state.iteration = v.get("iteration").integer();
    state.lossSum = v.get("loss_sum").number();
    state.seconds = v.get("seconds").number();
    state.waiting = v.get("seconds_waiting").number();
    state.bestAverage = v.get("best_ema_fg_dice").number();
    state.stopped = v.find("stopped").map(JsonView::bool).orElse(false);
    state.history.addAll(v.get("history").list(EpochLog::fromJson));
    return state;
  }
}
