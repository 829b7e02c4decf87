package io.github.nnunet4j.infer;

import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.DatasetDescription;
import io.github.nnunet4j.error.PredictionException;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.internal.Checks;
import java.nio.file.Path;
import java.util.List;
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
   * A job that writes label maps in the format of the data set's own files, else as above.
   *
   * @param description of the data set with which the network was trained
   * @return the job
   * @throws PredictionException if the formats of the data set do not take its file ending
   * @throws io.github.nnunet4j.error.DatasetException if the data set names an unknown reader
   */
  public static PredictionJob of(DatasetDescription description) {
    String ending = description.fileEnding();
    Path example = Path.of("case" + ending);
    List<ImageFormat> formats = description.formats();
    ImageFormat format =
        formats.stream()
            .filter(candidate -> candidate.accepts(example))
            .findFirst()
            .orElseThrow(
                () ->
                    Predictor.failure(
                        "file ending of the data set",
                        "one that " + formats + " write",
                        ending,
                        "Pass a format of your own and its file ending."));
    return of(format, ending);
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
