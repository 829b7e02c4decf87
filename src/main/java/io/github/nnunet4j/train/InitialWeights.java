package io.github.nnunet4j.train;

import io.github.nnunet4j.error.ModelException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.network.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a training starts from in place of drawn numbers: transfer from another training. Asked
 * once, at the first start; a resumed training has the weights of its checkpoint.
 *
 * <pre>{@code
 * t.initialWeights(InitialWeights.of(NnUNet.load(folder).weights()))
 * t.initialWeights(InitialWeights.encoder(InitialWeights.read(file)))
 * }</pre>
 *
 * <p>An own one is a function from the drawn numbers to those that replace them. It should print
 * what it does: by that a resumed training is known to be the same.
 */
@FunctionalInterface
public interface InitialWeights {
  /**
   * The numbers to start from.
   *
   * @param drawn what the network's initialisation has drawn: float32 tensors under torch's names
   * @return the same names and shapes, finite
   * @throws ModelException if what is to be loaded does not fit the network
   */
  Weights replace(Weights drawn);

  /**
   * Lets another one replace numbers after this one.
   *
   * @param next is given what this one returns
   * @return both
   */
  default InitialWeights then(InitialWeights next) {
    return new WeightsInTurn(this, next);
  }

  /**
   * The weights of a file, such as {@code fold_0.safetensors} of a model folder or a checkpoint of
   * a training.
   *
   * @param file a safetensors file of float32 tensors
   * @return for the other methods here
   * @throws ModelException if it cannot be read
   */
  static Weights read(Path file) {
    try {
      return Weights.read(file);
    } catch (IOException e) {
      throw new ModelException(
          new Problem(
              "initial weights " + file,
              "a safetensors file that can be read",
              e.toString(),
              "Name the weights of a model, such as RUN/model/fold_0.safetensors."),
          e);
    }
  }

  /**
   * A whole network but for its segmentation heads, as nnU-Net v2's {@code -pretrained_weights} has
   * it: all other tensors of the network must be there, by name and with the same shape; the heads
   * stay as drawn, even if they would fit. What else is given does not matter.
   *
   * @param given such as {@code model.weights()}
   * @return refuses what does not fit, naming what is missing, of another shape or unknown
   */
  static InitialWeights of(Weights given) {
    return of(given, WholeNetwork.HEADS);
  }

  /**
   * A whole network but for chosen parts, as {@link #of(Weights)}.
   *
   * @param given the weights
   * @param drawn tensors whose names contain one of these texts stay as drawn; none to take all
   * @return refuses what does not fit
   */
  static InitialWeights of(Weights given, Set<String> drawn) {
    return new WholeNetwork(given, drawn);
  }

  /**
   * Every tensor that the network has by the same name and shape; all others stay as drawn.
   *
   * @param given the weights
   * @return refuses weights of which nothing fits
   */
  static InitialWeights fitting(Weights given) {
    return fitting(given, Set.of());
  }

  /**
   * Every tensor that the network has by the same name and shape, if those that matter are among
   * them. nnU-Net v1's {@code -pretrained_weights} is {@code fitting(given, Set.of("conv_blocks"))}
   * for its networks: heads are taken as well if they fit.
   *
   * @param given the weights
   * @param required tensors of the network whose names contain one of these texts must fit
   * @return refuses weights of which nothing fits, or not all that is required
   */
  static InitialWeights fitting(Weights given, Set<String> required) {
    return new FittingWeights(given, required);
  }

  /**
   * The encoder alone, as nnU-Net v2's {@code PretrainedTrainer} takes it from self-supervised
   * training: the tensors under {@code encoder.} or, of Primus, {@code down_projection.} and {@code
   * eva.}. They must be the same on both sides, but a first convolution that has seen one channel
   * serves several: its weights are repeated and divided by the number. The decoder stays as drawn.
   *
   * @param given the weights; {@link Weights.Builder#take} gives them other names, {@link
   *     io.github.nnunet4j.network.Primus#resized} other positions
   * @return refuses what does not fit, naming what is missing, of another shape or unknown
   */
  static InitialWeights encoder(Weights given) {
    return new EncoderWeights(given, false);
  }

  /**
   * What fits of the encoder, as nnU-Net v2's {@code DynamicPretrainedTrainer} has it for plans of
   * their own: as {@link #encoder}, but stages and blocks may be missing on either side, and a
   * kernel is averaged along the axes on which the network's has extent 1. What does not fit then
   * stays as drawn, also where nnU-Net would end: at kernels of other extents and at stems of
   * another width.
   *
   * @param given the weights
   * @return refuses weights of which nothing fits
   */
  static InitialWeights adaptedEncoder(Weights given) {
    return new EncoderWeights(given, true);
  }
}
