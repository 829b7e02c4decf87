package io.github.nnunet4j.train;

import io.github.nnunet4j.laws.InitialWeightsLaws;
import io.github.nnunet4j.network.Weights;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The laws on everything built in. */
class BuiltInInitialWeightsLawsTest {
  private static Weights network(float value, int inputs) {
    float[] stem = new float[4 * inputs * 27];
    Arrays.fill(stem, value);
    return Weights.builder()
        .put("encoder.stages.0.0.convs.0.conv.weight", stem, 4, inputs, 3, 3, 3)
        .put("encoder.stages.0.0.convs.0.conv.bias", new float[] {value, 1, 2, 3}, 4)
        .put("decoder.stages.0.convs.0.conv.bias", new float[] {value, value}, 2)
        .put("decoder.seg_layers.0.bias", new float[] {value}, 1)
        .build();
  }

  private abstract static class Laws extends InitialWeightsLaws {
    @Override
    protected Weights drawn() {
      return network(0.25f, 2);
    }
  }

  @Nested
  class WholeWithoutHeads extends Laws {
    @Override
    protected InitialWeights strategy() {
      return InitialWeights.of(network(0.5f, 2));
    }
  }

  @Nested
  class WhatFits extends Laws {
    @Override
    protected InitialWeights strategy() {
      return InitialWeights.fitting(network(0.5f, 3), Set.of("bias"));
    }
  }

  @Nested
  class Encoder extends Laws {
    @Override
    protected InitialWeights strategy() {
      return InitialWeights.encoder(network(0.5f, 1));
    }
  }

  @Nested
  class AdaptedEncoder extends Laws {
    @Override
    protected InitialWeights strategy() {
      return InitialWeights.adaptedEncoder(network(0.5f, 3));
    }
  }

  @Nested
  class Together extends Laws {
    @Override
    protected InitialWeights strategy() {
      return InitialWeights.fitting(network(0.5f, 3)).then(InitialWeights.encoder(network(1, 1)));
    }
  }
}
