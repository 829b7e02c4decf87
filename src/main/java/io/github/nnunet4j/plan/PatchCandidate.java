package io.github.nnunet4j.plan;

import io.github.nnunet4j.network.NetworkTopology;
import java.util.List;

/**
 * A patch and its network, before anybody knows whether they fit into memory.
 *
 * @param pooling of the patch; {@code pooling().patch()} is the patch
 * @param network builds the network for the pooling
 * @param wanted voxels per axis before they were padded to what the network pools
 * @param first whether this is the initial patch
 * @param input facts of the data set: channels, labels
 */
public record PatchCandidate(
    Pooling pooling, TopologyRule network, List<Double> wanted, boolean first, PlannerInput input) {
  /** Copies the list. */
  public PatchCandidate {
    wanted = List.copyOf(wanted);
  }

  /** {@return the network: made anew each time} */
  public NetworkTopology topology() {
    return network.fit(pooling);
  }

  /** {@return the number of input channels} */
  public int channels() {
    return input.channels().size();
  }

  /** {@return the number of labels, background and ignored ones included} */
  public int labels() {
    return input.labels().declared().size();
  }
}
