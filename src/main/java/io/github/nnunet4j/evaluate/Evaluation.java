package io.github.nnunet4j.evaluate;

import io.github.nnunet4j.dataset.Case;
import io.github.nnunet4j.dataset.CaseListener;
import io.github.nnunet4j.dataset.Cases;
import io.github.nnunet4j.dataset.Labels;
import io.github.nnunet4j.dataset.Region;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.evaluate.Summary.CaseScores;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.ImageFormats;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.internal.Folders;
import io.github.nnunet4j.internal.Parallel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Compares predicted label maps with references by the overlap metrics of nnU-Net v2. All labels of
 * a pair are counted in one pass.
 */
public final class Evaluation {
  private final List<Region> targets;
  private final OptionalInt ignore;
  private final int threads;
  private final CaseListener listener;

  private Evaluation(List<Region> targets, OptionalInt ignore, int threads, CaseListener listener) {
    this.targets = List.copyOf(targets);
    this.ignore = ignore;
    this.threads = threads;
    this.listener = listener;
  }

  /**
   * Evaluation of a data set's foreground labels, or regions if it has any; voxels with the ignore
   * label in the reference count nowhere.
   *
   * @param labels of the data set
   * @return an evaluation that uses all processors
   */
  public static Evaluation of(Labels labels) {
    return of(labels.targets(), labels.ignore());
  }

  /**
   * Evaluation of any labels or regions.
   *
   * @param targets what is scored, at least one
   * @param ignore label whose voxels in the reference count nowhere
   * @return an evaluation that uses all processors
   */
  public static Evaluation of(List<Region> targets, OptionalInt ignore) {
    return new Evaluation(targets, ignore, Parallel.processors(), CaseListener.silent());
  }

  /**
   * The same evaluation on another number of threads.
   *
   * @param count how many pairs are compared at the same time
   * @return an evaluation
   */
  public Evaluation threads(int count) {
    return new Evaluation(targets, ignore, count, listener);
  }

  /**
   * The same evaluation with a listener.
   *
   * @param newListener hears of each pair that is done
   * @return an evaluation
   */
  public Evaluation listener(CaseListener newListener) {
    return new Evaluation(targets, ignore, threads, newListener);
  }

  /**
   * Compares two label maps.
   *
   * @param prediction what a model says
   * @param reference what is true
   * @param labels of the data set
   * @return counts per label or region
   * @throws DatasetException if the extents differ
   */
  public static Scores compare(LabelMap prediction, LabelMap reference, Labels labels) {
    return of(labels).compare(prediction, reference);
  }

  /**
   * Compares two label maps.
   *
   * @param prediction what a model says
   * @param reference what is true
   * @return counts per label or region
   * @throws DatasetException if the extents differ
   */
  public Scores compare(LabelMap prediction, LabelMap reference) {
    if (!prediction.grid().extent().equals(reference.grid().extent())) {
      throw new DatasetException(
          new Problem(
              "prediction",
              "the reference's extent " + reference.grid().extent() + " (z, y, x)",
              prediction.grid().extent().toString(),
              "Compare maps of the same image."));
    }
    return new JointHistogram(prediction, reference, targets, ignore).scores(targets);
  }

  /**
   * Compares predictions with the references of cases, in parallel.
   *
   * @param cases with labels
   * @param prediction gives the predicted map of a case
   * @return the summary, keyed by case ids, in the order of the cases
   * @throws DatasetException if a case has no labels, cannot be read, or extents differ
   */
  public Summary cases(List<? extends Case> cases, Prediction prediction) {
    CaseScores[] scores = new CaseScores[cases.size()];
    Cases.forEach(
        cases,
        threads,
        "evaluate",
        listener,
        (i, one) -> {
          LabelMap reference =
              one.labels().orElseThrow(() -> missing("case " + one.id(), "reference labels"));
          scores[i] =
              new CaseScores(one.id(), one.id(), within(one.id(), prediction.of(one), reference));
        });
    return Summary.of(Arrays.asList(scores));
  }

  /** Gives the prediction of a case. */
  @FunctionalInterface
  public interface Prediction {
    /**
     * The predicted map.
     *
     * @param of the case
     * @return on the grid of its image
     * @throws IOException if it cannot be had
     */
    LabelMap of(Case of) throws IOException;
  }

  /**
   * Compares the files of two folders that have the same names, in parallel.
   *
   * @param predictions folder of predicted label maps
   * @param references folder of reference label maps; may hold more than the predictions
   * @param ending of the files, such as {@code .nii.gz}
   * @param formats how files are read; none for all formats that the library brings
   * @return the summary, with the paths of the files, ascending by name
   * @throws DatasetException if a folder cannot be read, there is no prediction, one has no
   *     reference, or extents differ
   */
  public Summary folders(Path predictions, Path references, String ending, ImageFormat... formats) {
    List<ImageFormat> readers = formats.length == 0 ? ImageFormats.all() : List.of(formats);
    List<String> names = names(predictions, ending);
    CaseScores[] scores = new CaseScores[names.size()];
    Cases.forEachId(
        names.stream().map(name -> name.substring(0, name.length() - ending.length())).toList(),
        threads,
        "evaluate",
        listener,
        (i, id) -> {
          Path prediction = predictions.resolve(names.get(i));
          Path reference = references.resolve(names.get(i));
          scores[i] =
              new CaseScores(
                  reference.toString(),
                  prediction.toString(),
                  within(id, read(prediction, readers), read(reference, readers)));
        });
    return Summary.of(Arrays.asList(scores));
  }

  private Scores within(String id, LabelMap prediction, LabelMap reference) {
    try {
      return compare(prediction, reference);
    } catch (DatasetException e) {
      throw new DatasetException(e.within("case " + id), e);
    }
  }

  private static List<String> names(Path folder, String ending) {
    List<String> names;
    try {
      names = new ArrayList<>(Folders.names(folder));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
    names.removeIf(name -> !name.endsWith(ending) || name.startsWith("."));
    if (names.isEmpty()) {
      throw missing(folder.toString(), "at least one file *" + ending);
    }
    return names;
  }

  private static LabelMap read(Path file, List<ImageFormat> formats) {
    if (!Files.exists(file)) {
      throw missing(file.toString(), "a label map for the prediction of this name");
    }
    try {
      return ImageFormats.forFile(file, formats).readLabels(file);
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (ImageException e) {
      throw new DatasetException(e.problems(), e);
    }
  }

  private static DatasetException missing(String where, String expected) {
    return new DatasetException(
        new Problem(where, expected, "none", "Add it, or evaluate other cases."));
  }

  private static DatasetException unreadable(Path where, IOException cause) {
    return new DatasetException(
        new Problem(
            where.toString(),
            "a readable file or folder",
            cause.toString(),
            "Check that it exists and may be read."),
        cause);
  }
}
