package io.github.nnunet4j.network;

import ai.djl.nn.Parameter;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A block that knows its parameters by torch's names and how to draw their first values. */
interface TorchNamed {
  Map<String, Parameter> torchParameters();

  Map<String, float[]> initialValues(RandomGenerator random);
}
