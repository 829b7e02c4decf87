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
import org.jspecify.annotations.Nullable;

/** How many cases are predicted into a folder; an immutable value. */
public final class PredictionJob {
  private final ImageFormat format;
  private final String fileEnding;
  private final boolean probabilities;
  private final boolean skipExisting;
  private final CaseListener listener;
  private final BooleanSupplier cancelled;

  private PredictionJob(
      ImageFormat format,
      String fileEnding,
      boolean probabilities,
      boolean skipExisting,
      CaseListener listener,
      BooleanSupplier cancelled) {
    this.format = Objects.requireNonNull(format, "format");
    Checks.argument(
        fileEnding.startsWith(".") && fileEnding.length() > 1 && !fileEnding.contains("/"),
        "a file ending starts with a dot, was \"%s\"",
        fileEnding);
    Checks.argument(
        !probabilities || !fileEnding.equals(FolderPrediction.PROBABILITIES),
        "label maps must not end in \"%s\", as probabilities do",
        fileEnding);
    this.fileEnding = fileEnding;
    this.probabilities = probabilities;
    this.skipExisting = skipExisting;
    this.listener = Objects.requireNonNull(listener, "listener");
    this.cancelled = Objects.requireNonNull(cancelled, "cancelled");
  }

  /**
   * A job that writes label maps alone, replaces existing ones, tells nobody and is never
   * cancelled.
   *
   * @param format writes the label maps
   * @param fileEnding with its dot, such as .nii.gz
   * @return the job
   */
  public static PredictionJob of(ImageFormat format, String fileEnding) {
    return new PredictionJob(format, fileEnding, false, false, (id, done, all) -> {}, () -> false);
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
   * What writes the label maps.
   *
   * @return the format
   */
  public ImageFormat format() {
    return format;
  }

  /**
   * The ending of the label maps.
   *
   * @return with its dot, such as .nii.gz
   */
  public String fileEnding() {
    return fileEnding;
  }

  /**
   * Whether probabilities are written beside the label maps.
   *
   * @return true for {@code CASE.npz}
   */
  public boolean probabilities() {
    return probabilities;
  }

  /**
   * Whether cases are left out whose files are already there.
   *
   * @return true to resume
   */
  public boolean skipExisting() {
    return skipExisting;
  }

  /**
   * Who hears of each case that is written or was there, on a thread of the job.
   *
   * @return the listener
   */
  public CaseListener listener() {
    return listener;
  }

  /**
   * What is asked between tiles and cases, by several threads.
   *
   * @return true ends the job with a {@link io.github.nnunet4j.error.CancelledException}
   */
  public BooleanSupplier cancelled() {
    return cancelled;
  }

  /**
   * Whether to write, before each label map, the probabilities of its case into {@code CASE.npz},
   * as {@link Predictor#writeProbabilities} does.
   *
   * @param value true to write them
   * @return a changed copy
   */
  public PredictionJob withProbabilities(boolean value) {
    return new PredictionJob(format, fileEnding, value, skipExisting, listener, cancelled);
  }

  /**
   * Whether to leave out cases whose label map, and probabilities if asked for, are already there.
   *
   * @param value true to resume
   * @return a changed copy
   */
  public PredictionJob withSkipExisting(boolean value) {
    return new PredictionJob(format, fileEnding, probabilities, value, listener, cancelled);
  }

  /**
   * Another listener.
   *
   * @param value hears of each finished case; a failure of it ends the job
   * @return a changed copy
   */
  public PredictionJob withListener(CaseListener value) {
    return new PredictionJob(format, fileEnding, probabilities, skipExisting, value, cancelled);
  }

  /**
   * A way to end the job early.
   *
   * @param value true once the job shall end
   * @return a changed copy
   */
  public PredictionJob withCancelled(BooleanSupplier value) {
    return new PredictionJob(format, fileEnding, probabilities, skipExisting, listener, value);
  }

  private List<Object> all() {
    return List.of(format, fileEnding, probabilities, skipExisting, listener, cancelled);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PredictionJob that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return "PredictionJob" + all();
  }
}
