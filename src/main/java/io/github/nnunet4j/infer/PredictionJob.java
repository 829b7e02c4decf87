package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.internal.Checks;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/**
 * How many cases are predicted into a folder; an immutable value.
 *
 * @param format writes the label maps
 * @param fileEnding of the label maps, with its dot, such as .nii.gz
 * @param skipExisting whether cases whose label map is already there are left out (resume)
 * @param listener hears of each case that is written or was there, on a thread of the job
 * @param cancelled asked between tiles and cases, by several threads; true ends the job with a
 *     {@link io.github.nnunet4j.error.CancelledException}
 */
public record PredictionJob(
    ImageFormat format,
    String fileEnding,
    boolean skipExisting,
    CaseListener listener,
    BooleanSupplier cancelled) {
  /** Checks that every part is there. */
  public PredictionJob {
    Objects.requireNonNull(format, "format");
    Checks.argument(
        fileEnding.startsWith(".") && fileEnding.length() > 1 && !fileEnding.contains("/"),
        "a file ending starts with a dot, was \"%s\"",
        fileEnding);
    Objects.requireNonNull(listener, "listener");
    Objects.requireNonNull(cancelled, "cancelled");
  }

  /**
   * A job that replaces existing label maps, tells nobody and is never cancelled.
   *
   * @param format writes the label maps
   * @param fileEnding with its dot, such as .nii.gz
   * @return the job
   */
  public static PredictionJob of(ImageFormat format, String fileEnding) {
    return new PredictionJob(format, fileEnding, false, (id, done, all) -> {}, () -> false);
  }

  /**
   * Whether to leave out cases whose label map is already there.
   *
   * @param value true to resume
   * @return a changed copy
   */
  public PredictionJob withSkipExisting(boolean value) {
    return new PredictionJob(format, fileEnding, value, listener, cancelled);
  }

  /**
   * Another listener.
   *
   * @param value hears of each finished case; a failure of it ends the job
   * @return a changed copy
   */
  public PredictionJob withListener(CaseListener value) {
    return new PredictionJob(format, fileEnding, skipExisting, value, cancelled);
  }

  /**
   * A way to end the job early.
   *
   * @param value true once the job shall end
   * @return a changed copy
   */
  public PredictionJob withCancelled(BooleanSupplier value) {
    return new PredictionJob(format, fileEnding, skipExisting, listener, value);
  }
}
