package io.github.nnunet4j.train;

import io.github.nnunet4j.internal.Checks;
import java.util.random.RandomGenerator;

/** The built-in rules of which samples of a batch must contain foreground. */
public final class Oversamplings {
  private Oversamplings() {}

  /**
   * The last part of each batch: sample i is forced unless {@code i < round(size * (1 -
   * fraction))}, halves to even. nnU-Net v2's default is {@code
   * lastPart(PatchSamplers.FOREGROUND_FRACTION)}.
   *
   * @param fraction 0 to 1
   * @return the rule
   */
  public static Oversampling lastPart(double fraction) {
    return new LastPart(fraction);
  }

  /**
   * Each sample by itself with a given probability.
   *
   * @param probability 0 to 1
   * @return the rule
   */
  public static Oversampling probabilistic(double probability) {
    return new Probabilistic(probability);
  }

  /**
   * Each sample by itself, with the share of forced samples that {@link #lastPart} has in a batch
   * of that size (nnU-Net v2 {@code nnUNetTrainer_probabilisticOversampling}).
   *
   * @param fraction 0 to 1
   * @param batchSize positive
   * @return the rule
   */
  public static Oversampling probabilisticLike(double fraction, int batchSize) {
    Checks.positive(batchSize, "batch size");
    return new Probabilistic((batchSize - new LastPart(fraction).unforced(batchSize)) / batchSize);
  }

  private record LastPart(double fraction) implements Oversampling {
    LastPart {
      Checks.probability(fraction, "fraction");
    }

    double unforced(int batchSize) {
      return Math.rint(batchSize * (1 - fraction));
    }

    @Override
    public boolean forced(int index, int batchSize, RandomGenerator random) {
      return !(index < unforced(batchSize));
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
  }
}
