package io.github.nnunet4j.train;

import java.io.PrintStream;
import java.util.Locale;

/** A line per epoch, and perhaps one that rewrites itself. */
record PrintedEpochs(PrintStream out, boolean live) implements TrainingListener {
  private static final String START = "\r"; // overwrites what stands in the line

  @Override
  public void iterationEnded(Progress progress, int iteration, double loss) {
    if (live) {
      out.printf(
          Locale.ROOT,
          START + "epoch %2d of %d, iteration %3d, loss %7.4f",
          progress.epoch() + 1,
          progress.epochs(),
          iteration + 1,
          loss);
      out.flush();
    }
  }

  @Override
  public void epochEnded(EpochResult result) {
    out.println((live ? START : "") + line(result));
  }

  /** Without what was not measured. */
  private static String line(EpochResult result) {
    return String.format(
            Locale.ROOT, "epoch %2d: loss %7.4f", result.epoch() + 1, result.loss().training())
        + part(", validation %7.4f", result.loss().validation())
        + part(", Dice %.3f", result.dice().mean())
        + part(", of volumes %.3f", Measure.VOLUME_DICE.applyAsDouble(result))
        + String.format(
            Locale.ROOT,
            ", %5.1f s, %2.0f %% waiting for data",
            result.time().seconds(),
            100 * result.time().waitShare());
  }

  private static String part(String format, double value) {
    return Double.isNaN(value) ? "" : String.format(Locale.ROOT, format, value);
  }

  @Override
  public String toString() {
    return live ? "live lines of epochs" : "a line per epoch";
  }
}
