package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.random.RandomGenerator;

/** The built-in rules for which samples of a batch must contain foreground. */
public final class Oversamplings {
  private Oversamplings() {}

  /**
   * The last part of each batch: sample i is forced unless {@code i < round(size * (1 -
   * fraction))}, halves to even. nnU-Net's default with {@link PatchSamplers#FOREGROUND_FRACTION}.
   *
   * @param fraction 0 to 1
   * @return the rule
   * @throws IllegalArgumentException if out of range
   */
  public static Oversampling lastPart(double fraction) {
    return new LastPart(fraction);
  }

  /**
   * Each sample by itself with a given probability (nnU-Net v2 {@code
   * nnUNetTrainer_probabilisticOversampling_033} and {@code _010}).
   *
   * @param probability 0 to 1
   * @return the rule
   * @throws IllegalArgumentException if out of range
   */
  public static Oversampling probabilistic(double probability) {
    return new Probabilistic(probability);
  }

  /**
   * Each sample by itself, with the share of forced samples that {@link #lastPart} has in a batch
   * of the same size (nnU-Net v2 {@code nnUNetTrainer_probabilisticOversampling}).
   *
   * @param fraction 0 to 1
   * @return the rule
   * @throws IllegalArgumentException if out of range
   */
  public static Oversampling probabilisticLike(double fraction) {
    return new ProbabilisticLike(new LastPart(fraction));
  }

  /**
   * As nnU-Net v2 forces samples when a batch is shared out among several devices: each device has
   * its share of the rule for the whole batch, and applies it to its own samples. The first devices
   * take one sample more where the batch cannot be divided.
   *
   * @param fraction 0 to 1
   * @param devices at least 1, at most the batch size
   * @return the rule
   * @throws IllegalArgumentException if out of range
   */
  public static Oversampling acrossDevices(double fraction, int devices) {
    return new AcrossDevices(fraction, devices);
  }

  /**
   * As nnU-Net v1 forces samples when a batch is shared out among several devices: as {@link
   * #acrossDevices}, but with a share that is not rounded to whole samples, and with all devices
   * but the last taking as many samples as the division rounded up gives. In v1 the batch of the
   * plan is that of one device unless it is told to share it out.
   *
   * @param fraction 0 to 1
   * @param devices at least 1; the last must be left at least one sample
   * @return the rule
   * @throws IllegalArgumentException if out of range
   */
  public static Oversampling acrossDevicesOfV1(double fraction, int devices) {
    return new AcrossDevicesOfV1(fraction, devices);
  }

  record LastPart(double fraction) implements Oversampling {
    LastPart {
      Checks.probability(fraction, "fraction");
    }

    boolean forced(int index, int batchSize) {
      return !(index < Math.rint(batchSize * (1 - fraction)));
    }

    /** How many of the samples from..to - 1 are forced. */
    int count(int from, int to, int batchSize) {
      int count = 0;
      for (int i = from; i < to; i++) {
        count += forced(i, batchSize) ? 1 : 0;
      }
      return count;
    }

    @Override
    public boolean forced(int index, int batchSize, RandomGenerator random) {
      return forced(index, batchSize);
    }

    @Override
    public String toString() {
      return "lastPart(" + fraction + ")";
    }
  }

  private record Probabilistic(double probability) implements Oversampling {
    Probabilistic {
      Checks.probability(probability, "probability");
    }

    @Override
    public boolean forced(int index, int batchSize, RandomGenerator random) {
      return random.nextDouble() < probability;
    }

    @Override
    public String toString() {
      return "probabilistic(" + probability + ")";
    }
  }

  private record ProbabilisticLike(LastPart rule) implements Oversampling {
    @Override
    public boolean forced(int index, int batchSize, RandomGenerator random) {
      return random.nextDouble() < (double) rule.count(0, batchSize, batchSize) / batchSize;
    }

    @Override
    public String toString() {
      return "probabilisticLike(" + rule.fraction() + ")";
    }
  }
}
