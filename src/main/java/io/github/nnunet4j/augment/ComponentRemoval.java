package io.github.nnunet4j.augment;

import io.github.nnunet4j.internal.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/**
 * Removes one connected component from some of the last channels, which hold the labels of the
 * previous stage as zeros and ones (nnU-Net {@code
 * RemoveRandomConnectedComponentFromOneHotEncodingTransform}). Voxels that share a corner are
 * connected. The channels take their turn in random order. The parameters are the steps in order.
 *
 * <p>nnU-Net v1 exchanges two arguments of it, so that a largest share of 0 removes nothing, ever;
 * {@link CascadeInput} has that by name.
 *
 * @param channels how many of the last channels hold labels
 * @param labelProbability of each label to lose a component
 * @param largestShare only components of fewer voxels than this share of the patch are removed
 * @param fillProbability of the voxels to be given to another of the labels
 */
public record ComponentRemoval(
    int channels, double labelProbability, double largestShare, double fillProbability)
    implements ParametricAugmentation<List<ComponentRemoval.Step>> {
  /** Checks the numbers. */
  public ComponentRemoval {
    Checks.positive(channels, "number of label channels");
    Checks.probability(labelProbability, "probability per label");
    Checks.probability(largestShare, "largest share");
    Checks.probability(fillProbability, "probability of filling");
  }

  /**
   * One step.
   *
   * @param channel of the image, from 0
   * @param choice which component of those that may go, in the order of their first voxels: 0 is
   *     the first, just below 1 the last
   * @param filled the channel that gets the voxels, if any
   */
  public record Step(int channel, double choice, OptionalInt filled) {
    /** Checks the choice. */
    public Step {
      Checks.argument(
          choice >= 0 && choice < 1, "a choice lies within 0 and below 1, not %s", choice);
    }
  }

  @Override
  public List<Step> draw(int all, RandomGenerator random) {
    List<Step> steps = new ArrayList<>();
    int first = Channels.firstOfLast(channels, all);
    for (int channel : Channels.shuffledLast(channels, all, random)) {
      if (random.nextDouble() < labelProbability) {
        double choice = random.nextDouble();
        boolean fills = random.nextDouble() < fillProbability && channels > 1;
        int other = fills ? first + random.nextInt(channels - 1) : -1;
        OptionalInt filled =
            fills ? OptionalInt.of(other < channel ? other : other + 1) : OptionalInt.empty();
        steps.add(new Step(channel, choice, filled));
      }
    }
    return List.copyOf(steps);
  }

  @Override
  public void changeIn(SampleBuffer buffer, List<Step> steps) {
    Channels.firstOfLast(channels, buffer.channels());
    for (Step step : steps) {
      int channel = Channels.require(step.channel(), buffer);
      Components components = Components.of(buffer.read(channel), buffer.extent());
      int chosen = components.choose(largestShare, step.choice());
      if (chosen > 0) {
        components.write(chosen, buffer.write(channel), 0);
        step.filled()
            .ifPresent(
                other ->
                    components.write(chosen, buffer.write(Channels.require(other, buffer)), 1));
      }
    }
  }
}
