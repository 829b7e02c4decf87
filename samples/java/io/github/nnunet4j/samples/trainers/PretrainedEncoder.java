package io.github.nnunet4j.samples.trainers;

import io.github.nnunet4j.network.Weights;
import io.github.nnunet4j.train.InitialWeights;
import java.nio.file.Path;

/**
 * Starts from an encoder that was trained elsewhere. The file is read when a training starts, not
 * before and not when it is resumed.
 *
 * @param file weights under the names of nnU-Net, as a model or checkpoint holds them
 * @param adapted whether kernels of other sizes are averaged and stages that are not there are left
 *     out, or everything must fit
 */
public record PretrainedEncoder(Path file, boolean adapted) implements InitialWeights {
  /**
   * An encoder that must fit.
   *
   * @param file its weights
   * @return what nnU-Net's {@code PretrainedTrainer} does
   */
  public static InitialWeights of(Path file) {
    return new PretrainedEncoder(file, false);
  }

  /**
   * An encoder of which is taken what fits.
   *
   * @param file its weights
   * @return what nnU-Net's {@code DynamicPretrainedTrainer} does
   */
  public static InitialWeights adapted(Path file) {
    return new PretrainedEncoder(file, true);
  }

  @Override
  public Weights replace(Weights drawn) {
    Weights given = InitialWeights.read(file);
    InitialWeights rule =
        adapted ? InitialWeights.adaptedEncoder(given) : InitialWeights.encoder(given);
    return rule.replace(drawn);
  }
}
