package io.github.nnunet4j.samples;

import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.InitialWeights;
import java.util.List;

/**
 * A warm start of one's own: shrink and perturb (Ash and Adams 2020, arXiv 1910.08475). A network
 * that goes on from old weights when new cases have come generalizes worse than one from drawn
 * weights; a mixture of both does not. What the old network lacks, or has in another shape, stays
 * drawn.
 *
 * @param old weights of the training before
 * @param shrink factor of the old weights, 0 to 1
 * @param perturb factor of the drawn ones, at least 0
 */
public record OwnInitialWeights(Weights old, double shrink, double perturb)
    implements InitialWeights {
  @Override
  public Weights replace(Weights drawn) {
    Weights.Builder start = Weights.builder();
    for (String name : drawn.names()) {
      List<Long> shape = drawn.shape(name);
      if (old.names().contains(name) && old.shape(name).equals(shape)) {
        float[] values = mixed(old.values(name), drawn.values(name));
        start.put(name, values, shape.stream().mapToLong(Long::longValue).toArray());
      } else {
        start.take(name, drawn, name);
      }
    }
    return start.build();
  }

  private float[] mixed(float[] before, float[] noise) {
    float[] sum = new float[before.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = (float) (shrink * before[i] + perturb * noise[i]);
    }
    return sum;
  }
}
