package io.github.nnunet4j.network;

import io.github.nnunet4j.internal.Checks;
import java.util.List;

/**
 * The convolution before a residual encoder.
 *
 * @param channels its features; 0 for those of the first stage
 * @param kernel odd, per axis; empty for that of the first stage
 */
public record Stem(int channels, List<Integer> kernel) {
  /** Checks the numbers. */
  public Stem {
    Checks.notNegative(channels, "channels");
    kernel = List.copyOf(kernel);
    for (int size : kernel) {
      Checks.argument(size > 0 && size % 2 == 1, "the kernel %s must be odd", kernel);
    }
  }

  /**
   * As the first stage, as in nnU-Net v2.
   *
   * @return the stem
   */
  public static Stem standard() {
    return new Stem(0, List.of());
  }

  /**
   * With a number of features of its own.
   *
   * @param channels its features
   * @return the stem
   */
  public static Stem of(int channels) {
    return new Stem(channels, List.of());
  }
}
