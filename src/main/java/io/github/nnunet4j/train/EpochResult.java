package io.github.nnunet4j.train;

import java.util.List;

/**
 * What an epoch came to; one line of the training log.
 *
 * @param epoch from 0
 * @param rates in force during the epoch
 * @param loss of training and validation
 * @param dice of the validation iterations
 * @param time spent
 */
public record EpochResult(int epoch, Rates rates, Loss loss, Dice dice, Time time) {
  /**
   * Mean losses over the iterations.
   *
   * @param training of the training iterations
   * @param validation of the validation iterations, NaN if there are none
   */
  public record Loss(double training, double validation) {}

  /**
   * Online Dice over random validation patches, which stand for whole cases, and that of whole
   * volumes where they were scored.
   *
   * @param perClass per foreground class or region, 0 to 1; NaN if neither present nor predicted
   * @param mean over the classes that have a Dice, NaN if none has
   * @param movingAverage of the means: 0.9 old + 0.1 new; decides which epoch is the best
   * @param volumes of whole validation volumes, per foreground class or region, 0 to 1; empty if
   *     they were not scored after this epoch
   */
  public record Dice(
      List<Double> perClass, double mean, double movingAverage, List<Double> volumes) {
    /** Copies the lists. */
    public Dice {
      perClass = List.copyOf(perClass);
      volumes = List.copyOf(volumes);
    }

    /**
     * The Dice of patches alone.
     *
     * @param perClass per foreground class or region, 0 to 1
     * @param mean over the classes that have a Dice
     * @param movingAverage of the means
     */
    public Dice(List<Double> perClass, double mean, double movingAverage) {
      this(perClass, mean, movingAverage, List.of());
    }
  }

  /**
   * Wall-clock time.
   *
   * @param seconds of the whole epoch, summed over its parts if it was interrupted
   * @param waiting seconds of these in which the trainer waited for data
   */
  public record Time(double seconds, double waiting) {
    /**
     * The share of time spent waiting; near 0 if data loading keeps up.
     *
     * @return 0 to 1
     */
    public double waitShare() {
      return seconds > 0 ? waiting / seconds : 0;
    }
  }
}
