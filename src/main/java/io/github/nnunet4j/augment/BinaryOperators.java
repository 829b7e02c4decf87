package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Dilates, erodes, closes or opens the last channels, which hold the labels of the previous stage
 * as zeros and ones (nnU-Net {@code ApplyRandomBinaryOperatorTransform}). The channels take their
 * turn in random order; what one gains all others of them lose. The parameters are the steps in
 * order.
 *
 * @param channels how many of the last channels hold labels
 * @param operators to choose from, each equally likely
 * @param radius distribution of the radius of the ball, in voxels; not rounded
 * @param labelProbability of each label to be changed
 * @param edition whose arithmetic: v1 takes a ball of three axes in two dimensions too, and differs
 *     by one voxel in erosions by an even edge
 */
public record BinaryOperators(
    int channels, Set<Operator> operators, Draw radius, double labelProbability, Edition edition)
    implements ParametricAugmentation<List<BinaryOperators.Step>> {
  /** Checks the numbers. */
  public BinaryOperators {
    Checks.positive(channels, "number of label channels");
    Checks.probability(labelProbability, "probability per label");
    Checks.argument(!operators.isEmpty(), "there must be an operator to choose from");
    operators = Collections.unmodifiableSet(EnumSet.copyOf(operators));
  }

  /** What is done to a label. */
  public enum Operator {
    /** Adds what is near. */
    DILATION,
    /** Removes what is near the outside; outside of the patch counts as inside of the label. */
    EROSION,
    /** Dilates, then erodes. */
    CLOSING,
    /** Erodes, then dilates. */
    OPENING
  }

  /**
   * One step.
   *
   * @param channel of the image, from 0
   * @param operator what is done
   * @param radius of the ball, in voxels
   */
  public record Step(int channel, Operator operator, double radius) {}

  @Override
  public List<Step> draw(int all, RandomGenerator random) {
    List<Operator> choices = new ArrayList<>(operators);
    List<Step> steps = new ArrayList<>();
    for (int channel : Channels.shuffledLast(channels, all, random)) {
      if (random.nextDouble() < labelProbability) {
        Operator chosen = choices.get(random.nextInt(choices.size()));
        steps.add(new Step(channel, chosen, radius.draw(random)));
      }
    }
    return List.copyOf(steps);
  }

  @Override
  public void changeIn(SampleBuffer buffer, List<Step> steps) {
    int first = Channels.firstOfLast(channels, buffer.channels());
    for (Step step : steps) {
      Checks.argument(
          step.channel() >= first && step.channel() < buffer.channels(),
          "channel %d is none of the last %d of %d",
          step.channel(),
          channels,
          buffer.channels());
      Morphology morphology = new Morphology(buffer.extent(), step.radius(), edition);
      float[] voxels = buffer.write(step.channel());
      boolean[] before = Morphology.mask(voxels);
      boolean[] after = morphology.apply(before, step.operator());
      for (int channel = first; channel < buffer.channels(); channel++) {
        if (channel != step.channel()) {
          clear(buffer.write(channel), before, after);
        }
      }
      for (int i = 0; i < voxels.length; i++) {
        voxels[i] = after[i] ? 1 : 0;
      }
    }
  }

  private static void clear(float[] voxels, boolean[] before, boolean[] after) {
    for (int i = 0; i < voxels.length; i++) {
      if (after[i] && !before[i]) {
        voxels[i] = 0;
      }
    }
  }
}
