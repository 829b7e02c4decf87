package io.github.nnunet4j.train;

/**
 * How far a training is.
 *
 * @param epoch the current epoch, from 0
 * @param epochs the planned number of epochs
 */
public record Progress(int epoch, int epochs) {
  /**
   * The finished part.
   *
   * @return epoch / epochs, 0 to 1
   */
  public double fraction() {
    return (double) epoch / epochs;
  }
}
