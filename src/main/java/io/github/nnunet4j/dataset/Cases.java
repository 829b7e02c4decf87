package io.github.nnunet4j.dataset;

import io.github.nnunet4j.error.CancelledException;
import io.github.nnunet4j.error.DatasetException;
import io.github.nnunet4j.error.ImageException;
import io.github.nnunet4j.error.NnUNetException;
import io.github.nnunet4j.error.Problem;
import io.github.nnunet4j.error.StrategyException;
import io.github.nnunet4j.image.ImageFormat;
import io.github.nnunet4j.image.LabelMap;
import io.github.nnunet4j.image.Volume;
import io.github.nnunet4j.internal.Parallel;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Cases that do not come from a data set folder, and work over many cases. */
public final class Cases {
  private Cases() {}

  /** Loads something when it is asked for; may be asked repeatedly and by several threads. */
  @FunctionalInterface
  public interface Source<T> {
    /**
     * Loads it.
     *
     * @return the same content at each call
     * @throws IOException if it cannot be had
     */
    T load() throws IOException;
  }

  /**
   * A case in memory.
   *
   * @param id unique in its data set
   * @param image all channels
   * @param labels the reference
   * @return the case
   */
  public static Case of(String id, Volume image, LabelMap labels) {
    return new Supplied(id, () -> image, Optional.of(() -> labels));
  }

  /**
   * A case in memory without reference, to be predicted.
   *
   * @param id unique in its data set
   * @param image all channels
   * @return the case
   */
  public static Case of(String id, Volume image) {
    return new Supplied(id, () -> image, Optional.empty());
  }

  /**
   * A case that the application loads when it is needed.
   *
   * @param id unique in its data set
   * @param image loads all channels
   * @param labels loads the reference
   * @return the case
   */
  public static Case lazy(String id, Source<Volume> image, Source<LabelMap> labels) {
    return new Supplied(id, image, Optional.of(labels));
  }

  /**
   * A case without reference that the application loads when it is needed.
   *
   * @param id unique in its data set
   * @param image loads all channels
   * @return the case
   */
  public static Case lazy(String id, Source<Volume> image) {
    return new Supplied(id, image, Optional.empty());
  }

  /**
   * The images of a folder, to be predicted: one file per case and channel ({@code
   * CASE_0000.nii.gz}), or per case with all channels. No voxels are read yet.
   *
   * @param folder of the images
   * @param description of the data set with which the network was trained: channels, file ending
   * @param formats how files are read, most preferred first; none to go by the description and the
   *     file names
   * @return ascending by id, at least one, each read when it is asked for
   * @throws DatasetException if the folder cannot be read or holds no case
   */
  public static List<Case> inFolder(
      Path folder, DatasetDescription description, ImageFormat... formats) {
    return new DatasetFolder(folder, List.of(formats)).images(description);
  }

  private record Supplied(
      String id, Source<Volume> imageSource, Optional<Source<LabelMap>> reference) implements Case {
    @Override
    public Volume image() throws IOException {
      return imageSource.load();
    }

    @Override
    public Optional<LabelMap> labels() throws IOException {
      return reference.isPresent() ? Optional.of(reference.get().load()) : Optional.empty();
    }

    @Override
    public String toString() {
      return id;
    }
  }

  /** Work on one case. */
  @FunctionalInterface
  public interface Work {
    /**
     * Does the work.
     *
     * @param index position of the case in its list
     * @param of the case
     * @throws IOException if the case cannot be read
     */
    void run(int index, Case of) throws IOException;
  }

  /**
   * Works on each case once, on several threads. The first failure ends the work and is passed on.
   *
   * @param cases what to work on
   * @param threads how many work at the same time, at least 1
   * @param job what the threads are named after
   * @param listener hears of each case that is done
   * @param work run once per case
   * @throws DatasetException if a case cannot be read
   * @throws io.github.nnunet4j.error.CancelledException if the calling thread is interrupted
   */
  public static void forEach(
      List<? extends Case> cases, int threads, String job, CaseListener listener, Work work) {
    List<String> ids = cases.stream().map(Case::id).toList();
    forEachId(ids, threads, job, listener, (i, id) -> work.run(i, cases.get(i)));
  }

  /** Work on one case of which the id is known. */
  @FunctionalInterface
  public interface IdWork {
    /**
     * Does the work of one case.
     *
     * @param index of the id
     * @param id of the case
     * @throws IOException if the case cannot be read
     */
    void run(int index, String id) throws IOException;
  }

  /**
   * As {@link #forEach}, for cases of which only the ids matter here.
   *
   * @param ids of the cases
   * @param threads at least 1
   * @param job for names of threads and messages
   * @param listener hears of every finished case, from several threads one at a time
   * @param work on one case
   * @throws io.github.nnunet4j.error.NnUNetException the first failure, naming the case
   */
  public static void forEachId(
      List<String> ids, int threads, String job, CaseListener listener, IdWork work) {
    AtomicInteger done = new AtomicInteger();
    Parallel.forEach(
        ids.size(),
        threads,
        job,
        i -> {
          String id = ids.get(i);
          try {
            work.run(i, id);
          } catch (IOException | RuntimeException e) {
            throw failure(id, job, e);
          } catch (OutOfMemoryError e) {
            throw new DatasetException(
                new Problem(
                    "case " + id + ", " + job,
                    "enough memory",
                    String.valueOf(e.getMessage()),
                    "Work with fewer threads, or give the JVM more heap (-Xmx)."),
                e);
          }
          synchronized (done) {
            tell(listener, job, id, done.incrementAndGet(), ids.size());
          }
        });
  }

  /** Tells a listener, whose own failure gets a name. */
  private static void tell(CaseListener listener, String job, String id, int done, int total) {
    try {
      listener.finished(id, done, total);
    } catch (CancelledException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new StrategyException(
          new Problem(
              "case " + id + ", listener of " + job,
              "a listener that does not throw",
              e.toString(),
              "Correct the listener, then call again; what was written so far is complete."),
          e);
    }
  }

  private static RuntimeException failure(String id, String job, Exception e) {
    if (e instanceof CancelledException cancelled) {
      return cancelled;
    }
    String where = "case " + id + ", " + job;
    if (Thread.currentThread().isInterrupted()) { // files close when their thread is interrupted
      return new CancelledException(
          new Problem(
              where,
              "to work to the end",
              "an interrupt",
              "Call again to go on; nothing half-written is left behind."),
          e);
    }
    if (e instanceof ImageException image) {
      return new DatasetException(image.within("case " + id), e);
    }
    if (e instanceof NnUNetException known) {
      return known;
    }
    if (e instanceof IOException unreadable) {
      return unreadable(id, unreadable);
    }
    return new DatasetException(
        new Problem(
            where,
            "a case that can be loaded",
            e.toString(),
            "This is a failure of what supplies or uses the case; see its cause."),
        e);
  }

  static DatasetException unreadable(String id, IOException cause) {
    if (cause instanceof NoSuchFileException missing) {
      return new DatasetException(
          new Problem(
              "case " + id + ": " + missing.getFile(),
              "a file",
              "no such file",
              "Add it, or correct its name, dataset.json or what supplies the case."),
          cause);
    }
    return new DatasetException(
        new Problem(
            "case " + id,
            "a readable case",
            cause.toString(),
            "Check that its files exist, are complete and may be read."),
        cause);
  }
}
