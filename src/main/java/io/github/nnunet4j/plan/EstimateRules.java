package io.github.nnunet4j.plan;

import java.util.List;
import java.util.stream.IntStream;

/** The memory estimates of nnU-Net v2 and v1. */
public final class EstimateRules {
  private EstimateRules() {}

  /**
   * The default: what the network says of itself by {@code NetworkTopology.featureMapValues}, as
   * nnU-Net v2 does.
   *
   * @return the rule
   */
  public static EstimateRule ofTopology() {
    return new OfTopology();
  }

  /**
   * {@code Generic_UNet.compute_approx_vram_consumption} of nnU-Net v1: convolutions and transposed
   * convolution of each stage, the input and the logits; sizes are truncated at each stage.
   *
   * @param base features of the first stage, which double
   * @param most features of a stage; v1's planners say 320 in 3D and, unlike its network, 512 in 2D
   * @param convolutions per stage
   * @return the rule
   */
  public static EstimateRule genericUNet(int base, int most, int convolutions) {
    return new Generic(base, most, convolutions);
  }

  /**
   * {@code FabiansUNet.compute_approx_vram_consumption} of nnU-Net v1, for a batch of 2 and the
   * default blocks, 1, 2, 3, 4, 4, ... down and 1 up; sizes stay fractional.
   *
   * @param base features of the first stage, which double up to 320
   * @return the rule
   */
  public static EstimateRule fabiansUNet(int base) {
    return new Fabians(base, false);
  }

  /**
   * {@link #fabiansUNet} with the slip of {@code ExperimentPlanner3DFabiansResUNet_v21}: the
   * initial patch is measured before it is padded to what the network pools, so that one that is a
   * little too large may pass.
   *
   * @param base features of the first stage, which double up to 320
   * @return the rule
   */
  public static EstimateRule fabiansUNetUnpaddedFirst(int base) {
    return new Fabians(base, true);
  }

  /**
   * One rule for the initial patch and another for those that follow: {@code
   * ExperimentPlanner2D_v21} counts 30 features first and 32 features from then on.
   *
   * @param first for the initial patch
   * @param then for all others
   * @return the rule
   */
  public static EstimateRule firstThen(EstimateRule first, EstimateRule then) {
    return new FirstThen(first, then);
  }

  private record OfTopology() implements EstimateRule {
    @Override
    public double values(PatchCandidate candidate) {
      return (double)
          candidate
              .topology()
              .featureMapValues(
                  candidate.pooling().patch(), candidate.channels(), candidate.labels());
    }
  }

  private record Generic(int base, int most, int convolutions) implements EstimateRule {
    @Override
    public double values(PatchCandidate candidate) {
      return (double)
          new V1Memory(base, most, candidate.channels(), candidate.labels())
              .genericUNet(
                  candidate.pooling().patch(), candidate.pooling().strides(), convolutions, false);
    }
  }

  private record Fabians(int base, boolean unpaddedFirst) implements EstimateRule {
    private static final StageRule BLOCKS = StageRules.of(1, 2, 3, 4);
    private static final int MOST = 320;
    private static final int BATCH = 2;

    @Override
    public double values(PatchCandidate candidate) {
      List<List<Integer>> strides = candidate.pooling().strides();
      List<Double> patch =
          unpaddedFirst && candidate.first()
              ? candidate.wanted()
              : IntStream.of(candidate.pooling().patch().toArray())
                  .mapToObj(n -> (double) n)
                  .toList();
      return BATCH
          * new V1Memory(base, MOST, candidate.channels(), candidate.labels())
              .fabiansUNet(
                  patch,
                  strides,
                  IntStream.range(0, strides.size()).map(s -> BLOCKS.at(s, patch.size())).toArray(),
                  IntStream.range(1, strides.size()).map(s -> 1).toArray());
    }
  }

  private record FirstThen(EstimateRule first, EstimateRule then) implements EstimateRule {
    @Override
    public double values(PatchCandidate candidate) {
      return (candidate.first() ? first : then).values(candidate);
    }
  }
}
