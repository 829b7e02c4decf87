package io.github.nnunet4j.preprocess;

/** How torch interpolates along an axis ({@code mode} of {@code interpolate}). */
public enum TorchMode {
  /** Two neighbours ({@code linear}, {@code bilinear}, {@code trilinear}). */
  LINEAR("linear"),
  /** The sample in whose voxel the target's centre lies ({@code nearest-exact}). */
  NEAREST_EXACT("nearest-exact"),
  /**
   * The sample in whose voxel the target's lower edge lies ({@code nearest}), as torch always had.
   */
  NEAREST("nearest");

  private final String word;

  TorchMode(String word) {
    this.word = word;
  }

  /**
   * What torch and nnU-Net's plans call it.
   *
   * @return the word
   */
  public String word() {
    return word;
  }

  /**
   * The mode of a word.
   *
   * @param word linear, nearest-exact or nearest
   * @return the mode
   * @throws IllegalArgumentException if there is none of that word
   */
  public static TorchMode ofWord(String word) {
    for (TorchMode mode : values()) {
      if (mode.word.equals(word)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "\"" + word + "\" is none of linear, nearest-exact, nearest");
  }

  LinearAxis axis(int in, int out) {
    return LinearAxis.torch(in, out, this);
  }
}
