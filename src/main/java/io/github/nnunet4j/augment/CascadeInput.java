package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How the labels of the previous stage become input of a cascade's later stage: one channel per
 * label, distorted, so that the network does not trust them too much (nnU-Net {@code
 * nnUNetTrainerV2CascadeFullRes} and v2's cascade).
 *
 * <p>v1 exchanges two arguments of the removal, and so its trainers never remove anything. The
 * factories here do what was meant; {@link #asReleased()} does what v1 really did.
 *
 * @param labels in the order of the channels; usually all foreground labels
 * @param operators how often labels grow and shrink
 * @param removal how often components go
 * @param edition whose arithmetic
 */
public record CascadeInput(
    List<Integer> labels, Operators operators, Removal removal, Edition edition)
    implements BufferAugmentation {
  private static final double LARGEST = 8;
  private static final double SMALLER = 5;

  /** Copies the labels. */
  public CascadeInput {
    labels = List.copyOf(labels);
    Checks.argument(!labels.isEmpty(), "a cascade needs at least one foreground label");
  }

  /**
   * How often labels grow and shrink.
   *
   * @param probability per sample
   * @param labelProbability of each label, given that
   * @param radius distribution of the radius of the structuring element, in voxels
   */
  public record Operators(double probability, double labelProbability, Draw radius) {
    /** Checks the probabilities. */
    public Operators {
      Checks.probability(probability, "probability of binary operators");
      Checks.probability(labelProbability, "probability per label");
    }
  }

  /**
   * How often components go.
   *
   * @param probability per sample; at 0 the step does not exist
   * @param labelProbability of each label, given that
   * @param largestShare only components of fewer voxels than this share of the patch go
   * @param fillProbability of the voxels to be given to another label
   */
  public record Removal(
      double probability, double labelProbability, double largestShare, double fillProbability) {
    /** Checks the probabilities. */
    public Removal {
      Checks.probability(probability, "probability of a removal");
      Checks.probability(labelProbability, "probability per label");
      Checks.probability(largestShare, "largest share");
      Checks.probability(fillProbability, "probability of filling");
    }
  }

  /**
   * Nothing but the channels, for validation and prediction.
   *
   * @param labels in the order of the channels
   * @return without chance
   */
  public static CascadeInput plain(List<Integer> labels) {
    return of(labels, 0, 0, LARGEST, 0, 0, Edition.V2);
  }

  /**
   * As {@code nnUNetTrainer} of nnU-Net v2.
   *
   * @param labels in the order of the channels
   * @return each label with probability one half
   */
  public static CascadeInput v2(List<Integer> labels) {
    return new CascadeInput(
        labels,
        new Operators(0.4, 0.5, Draws.uniform(1, LARGEST)),
        new Removal(0.2, 0.5, 0.15, 0),
        Edition.V2);
  }

  /**
   * As {@code nnUNetTrainerDA5} and {@code nnUNetTrainer_DASegOrd0} of nnU-Net v2.
   *
   * @param labels in the order of the channels
   * @return every label, once a sample is chosen
   */
  public static CascadeInput v2EveryLabel(List<Integer> labels) {
    return of(labels, 0.4, 1, LARGEST, 0.2, 0.15, Edition.V2);
  }

  /**
   * As {@code nnUNetTrainerV2CascadeFullRes} of nnU-Net v1.
   *
   * @param labels in the order of the channels
   * @return every label, once a sample is chosen
   */
  public static CascadeInput v1(List<Integer> labels) {
    return of(labels, 0.4, 1, LARGEST, 0.2, 0.15, Edition.V1);
  }

  /**
   * As {@code nnUNetTrainerV2CascadeFullRes_noConnComp}.
   *
   * @param labels in the order of the channels
   * @return without removal
   */
  public static CascadeInput v1NoRemoval(List<Integer> labels) {
    return of(labels, 0.4, 1, LARGEST, 0, 0.15, Edition.V1);
  }

  /**
   * As {@code nnUNetTrainerV2CascadeFullRes_smallerBinStrel}.
   *
   * @param labels in the order of the channels
   * @return with radii up to 5
   */
  public static CascadeInput v1Smaller(List<Integer> labels) {
    return of(labels, 0.4, 1, SMALLER, 0.2, 0.15, Edition.V1);
  }

  /**
   * As {@code nnUNetTrainerV2CascadeFullRes_EducatedGuess}, {@code _EducatedGuess2} and {@code
   * _EducatedGuess3}.
   *
   * @param labels in the order of the channels
   * @param number 1, 2 or 3
   * @return the guess
   */
  public static CascadeInput v1EducatedGuess(List<Integer> labels, int number) {
    Checks.argument(number >= 1 && number <= 3, "there are guesses 1 to 3, not %d", number);
    return number == 3
        ? of(labels, 1, 0.33, SMALLER, 0, 0.15, Edition.V1)
        : of(labels, 0.5, 0.5, SMALLER, number == 1 ? 0.2 : 0, 0.1, Edition.V1);
  }

  private static CascadeInput of(
      List<Integer> labels,
      double operators,
      double perLabel,
      double radius,
      double removal,
      double share,
      Edition edition) {
    return new CascadeInput(
        labels,
        new Operators(operators, perLabel, Draws.uniform(1, radius)),
        new Removal(removal, 1, share, 0),
        edition);
  }

  /**
   * The same with share and filling exchanged, as nnU-Net v1 was released: nothing is removed.
   *
   * @return the input that v1's trainers really make
   */
  public CascadeInput asReleased() {
    Removal meant = removal;
    double share = meant.fillProbability();
    double fill = meant.largestShare();
    Removal released = new Removal(meant.probability(), meant.labelProbability(), share, fill);
    return new CascadeInput(labels, operators, released, edition);
  }

  /** The steps, for tests. */
  List<Augmentation> steps() {
    List<Augmentation> steps = new ArrayList<>();
    steps.add(new PreviousStage(labels, true));
    if (operators.probability() > 0) {
      steps.add(
          new BinaryOperators(
                  labels.size(),
                  EnumSet.allOf(BinaryOperators.Operator.class),
                  operators.radius(),
                  operators.labelProbability(),
                  edition)
              .withProbability(operators.probability()));
    }
    if (removal.probability() > 0) {
      steps.add(
          new ComponentRemoval(
                  labels.size(),
                  removal.labelProbability(),
                  removal.largestShare(),
                  removal.fillProbability())
              .withProbability(removal.probability()));
    }
    return steps;
  }

  @Override
  public void applyTo(SampleBuffer buffer, RandomGenerator random) {
    for (Augmentation step : steps()) {
      step.applyTo(buffer, random);
    }
  }
}
