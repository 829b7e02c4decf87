package io.github.nnunet4j.network;

import ai.djl.nn.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * nnU-Net's initial values ({@code InitWeights_He(1e-2)}): convolution weights normal with variance
 * 2 / ((1 + 0.01^2) fan_in), where fan_in is the product of all axes but the first; biases 0; the
 * last norm of a residual block 0. Normalization layers keep the values they were built with.
 */
final class HeInitialization {
  private static final double SLOPE = 1e-2;
  private static final String NORM = ".norm.";
  private static final String LAST_NORM = ".conv2" + NORM;

  private HeInitialization() {}

  static Map<String, float[]> draw(
      Map<String, Parameter> parameters, boolean residual, RandomGenerator random) {
    Map<String, float[]> values = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> {
          long[] shape = parameter.getShape().getShape();
          int size = Math.toIntExact(parameter.getShape().size());
          if (name.contains(NORM)) {
            if (residual && name.contains(LAST_NORM) && isAffine(parameter)) {
              values.put(name, new float[size]);
            }
          } else if (parameter.getType() == Parameter.Type.WEIGHT && shape.length > 2) {
            double deviation = Math.sqrt(2 / (1 + SLOPE * SLOPE) / ((double) size / shape[0]));
            values.put(name, normal(size, deviation, random));
          } else if (parameter.getType() == Parameter.Type.BIAS) {
            values.put(name, new float[size]);
          }
        });
    return values;
  }

  private static boolean isAffine(Parameter parameter) {
    return parameter.getType() == Parameter.Type.GAMMA
        || parameter.getType() == Parameter.Type.BETA;
  }

  private static float[] normal(int size, double deviation, RandomGenerator random) {
    float[] out = new float[size];
    for (int i = 0; i < size; i++) {
      out[i] = (float) (random.nextGaussian() * deviation);
    }
    return out;
  }
}
